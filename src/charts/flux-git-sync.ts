import { Duration } from 'aws-cdk-lib';
import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { checkSeconds } from '../private/check-number';
import { goDuration } from '../private/duration-text';
import { checkDnsSubdomain, checkNamespace, checkServiceAccount } from '../private/kubernetes-names';

/** What a `FluxGitSync` can be given. */
export interface FluxGitSyncOptions {
  /**
   * Address of the repository: `https://` or `ssh://`.
   */
  readonly url: string;

  /**
   * Branch to follow. Not together with `tag`.
   *
   * @default 'main'
   */
  readonly branch?: string;

  /**
   * Tag to stay at. Not together with `branch`.
   *
   * @default - `branch` is followed
   */
  readonly tag?: string;

  /**
   * Folder in the repository.
   *
   * @default './'
   */
  readonly path?: string;

  /**
   * Name of the Secret, in the namespace of these objects, with which the repository is read.
   *
   * @default - anybody may read it
   */
  readonly secretName?: string;

  /**
   * Name of both objects.
   *
   * @default 'platform'
   */
  readonly name?: string;

  /**
   * Namespace of both objects.
   *
   * @default 'flux-system'
   */
  readonly namespace?: string;

  /**
   * How often the repository is looked at, and the cluster held against it. Whole seconds, at least 60.
   *
   * @default Duration.minutes(5)
   */
  readonly interval?: Duration;

  /**
   * Whether objects that leave the repository are deleted. They are also deleted with this one then, unless it is suspended first, as a teardown
   * of the platform does.
   *
   * @default false
   */
  readonly prune?: boolean;

  /**
   * Namespace of every object, whatever namespace it names.
   *
   * @default - as the objects say
   */
  readonly targetNamespace?: string;

  /**
   * Service account, in the namespace of these objects, with whose permissions objects are delivered.
   *
   * @default - that of Flux, or with `multiTenancy` the one called `default`
   */
  readonly serviceAccountName?: string;

  /**
   * Whether it waits until what it delivered is ready.
   *
   * @default true
   */
  readonly wait?: boolean;
}

/** Properties of a `FluxGitSync`. */
export interface FluxGitSyncProps extends FluxGitSyncOptions {}

/**
 * A Git repository and the folder in it that Flux delivers: a GitRepository and a Kustomization. Needs Flux in the cluster.
 *
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/
 */
export class FluxGitSync extends Construct {
  /** The repository. */
  public readonly gitRepository: ApiObject;

  /** What of it is delivered. */
  public readonly kustomization: ApiObject;

  constructor(scope: Construct, id: string, props: FluxGitSyncProps) {
    super(scope, id);
    if (props.branch !== undefined && props.tag !== undefined) {
      throw new Error(`"branch" is "${props.branch}" and "tag" is "${props.tag}": give one of them`);
    }
    if (!/^(https|http|ssh):\/\/|^\$\{Token/.test(props.url)) {
      throw new Error(`"url" is "${props.url}": give an address that begins with https:// or ssh://`);
    }
    const name = checkDnsSubdomain('name', props.name ?? 'platform');
    const metadata = { name, namespace: checkNamespace('namespace', props.namespace ?? 'flux-system') };
    const interval = goDuration(checkSeconds('interval', props.interval ?? Duration.minutes(5), 60));

    this.gitRepository = new ApiObject(this, 'GitRepository', {
      apiVersion: 'source.toolkit.fluxcd.io/v1',
      kind: 'GitRepository',
      metadata,
      spec: {
        url: props.url,
        interval,
        ref: props.tag === undefined ? { branch: props.branch ?? 'main' } : { tag: props.tag },
        secretRef: props.secretName === undefined ? undefined : { name: checkDnsSubdomain('secretName', props.secretName) },
      },
    });
    this.kustomization = new ApiObject(this, 'Kustomization', {
      apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
      kind: 'Kustomization',
      metadata,
      spec: {
        interval,
        path: props.path ?? './',
        prune: props.prune ?? false,
        wait: props.wait ?? true,
        sourceRef: { kind: 'GitRepository', name },
        targetNamespace: checkNamespace('targetNamespace', props.targetNamespace),
        serviceAccountName: checkServiceAccount('serviceAccountName', props.serviceAccountName),
      },
    });
  }
}
