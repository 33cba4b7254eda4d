import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { objectMetadata } from './object-metadata';
import { checkText } from '../private/check-text';
import { checkDnsSubdomain, checkNamespace } from '../private/kubernetes-names';
import { sortKeys } from '../private/sort-keys';

/** What an `ArgoApplication` can be given. */
export interface ArgoApplicationOptions {
  /**
   * Address of the Git repository or, with `chart`, of the Helm repository.
   */
  readonly repoUrl: string;

  /**
   * Folder in the Git repository. Exactly one of `path` and `chart`.
   *
   * @default - `chart` is installed
   */
  readonly path?: string;

  /**
   * Name of a chart in the Helm repository.
   *
   * @default - what stands in `path` is delivered
   */
  readonly chart?: string;

  /**
   * Branch, tag or commit; of a chart its version, which must be given.
   *
   * @default 'HEAD'
   */
  readonly targetRevision?: string;

  /**
   * Values for the chart, or for the one in the folder.
   *
   * @default - the chart's own
   */
  readonly helmValues?: { [key: string]: any };

  /**
   * Name of the application.
   *
   * @default - made from the construct's path
   */
  readonly name?: string;

  /**
   * Namespace of the application: that of Argo CD, or one from which it takes applications.
   *
   * @default 'argocd'
   */
  readonly namespace?: string;

  /**
   * The project, which says what the application may do.
   *
   * @default 'default'
   */
  readonly project?: string;

  /**
   * Namespace of objects that name none.
   *
   * @default - every object must name its own
   */
  readonly destinationNamespace?: string;

  /**
   * Name of the cluster, as Argo CD knows it.
   *
   * @default - the one that Argo CD runs in
   */
  readonly destinationCluster?: string;

  /**
   * Whether the namespace is made if it does not exist. Needs `destinationNamespace`.
   *
   * @default false
   */
  readonly createNamespace?: boolean;

  /**
   * Whether changes in the repository are delivered by themselves.
   *
   * @default true
   */
  readonly automated?: boolean;

  /**
   * Whether objects that leave the repository are deleted. Needs `automated`.
   *
   * @default false
   */
  readonly prune?: boolean;

  /**
   * Whether changes that somebody makes in the cluster are put back. Needs `automated`.
   *
   * @default false
   */
  readonly selfHeal?: boolean;

  /**
   * Options of syncs, such as 'ServerSideApply=true'.
   *
   * @default - none
   * @see https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/
   */
  readonly syncOptions?: string[];

  /**
   * Whether what the application delivered is deleted with it.
   *
   * @default false
   */
  readonly cascade?: boolean;
}

/** Properties of an `ArgoApplication`. */
export interface ArgoApplicationProps extends ArgoApplicationOptions {}

/**
 * An application of Argo CD: what of a repository is delivered where. Needs Argo CD in the cluster, or EKS's capability.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/declarative-setup/#applications
 */
export class ArgoApplication extends Construct {
  /** The object. */
  public readonly apiObject: ApiObject;

  constructor(scope: Construct, id: string, props: ArgoApplicationProps) {
    super(scope, id);
    check(props);
    const { automated = true, destinationNamespace } = props;
    const syncOptions = [...props.createNamespace ? ['CreateNamespace=true'] : [], ...props.syncOptions ?? []];

    this.apiObject = new ApiObject(this, 'Resource', {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata: objectMetadata({
        name: checkDnsSubdomain('name', props.name),
        namespace: checkNamespace('namespace', props.namespace ?? 'argocd'),
        finalizers: props.cascade ? ['resources-finalizer.argocd.argoproj.io'] : undefined,
      }),
      spec: {
        project: props.project ?? 'default',
        source: {
          repoURL: props.repoUrl,
          path: props.path,
          chart: props.chart,
          targetRevision: props.targetRevision ?? 'HEAD',
          helm: props.helmValues && { valuesObject: sortKeys(props.helmValues) },
        },
        destination: {
          ...props.destinationCluster === undefined ? { server: 'https://kubernetes.default.svc' } : { name: props.destinationCluster },
          namespace: checkNamespace('destinationNamespace', destinationNamespace),
        },
        syncPolicy: {
          automated: automated ? { prune: props.prune ?? false, selfHeal: props.selfHeal ?? false } : undefined,
          syncOptions: syncOptions.length > 0 ? syncOptions : undefined,
        },
      },
    });
  }
}

function check(props: ArgoApplicationProps): void {
  const { path, chart, targetRevision } = props;
  if ((path === undefined) === (chart === undefined)) {
    throw new Error(`"path" and "chart" are ${path === undefined ? 'both missing' : 'both given'}: give exactly one of them`);
  }
  checkText('repoUrl', props.repoUrl, /^\S+$/, 'the address of a repository');
  checkText('path', path, /^[^/]/, 'a path relative to the root of the repository, "." for all of it');
  if (chart !== undefined && targetRevision === undefined) {
    throw new Error(`"targetRevision" is missing for chart "${chart}": pin its version`);
  }
  if (props.createNamespace && props.destinationNamespace === undefined) {
    throw new Error('"createNamespace" is true without a "destinationNamespace": give the namespace');
  }
  const needing = (['prune', 'selfHeal'] as const).find(prop => props[prop]);
  if (props.automated === false && needing) {
    throw new Error(`"${needing}" is true but "automated" is false: it is a part of automated syncs, leave one of them out`);
  }
}
