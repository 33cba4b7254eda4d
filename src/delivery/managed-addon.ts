import { CfnTag, RemovalPolicy, Stack, Token } from 'aws-cdk-lib';
import { CfnAddon } from 'aws-cdk-lib/aws-eks';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { Bootstrap, BootstrapStage } from './bootstrap';
import { podIdentityAgentErrors } from '../identity/pod-identity-agent-errors';
import { checkNamespace, checkServiceAccount } from '../private/kubernetes-names';
import { onlyOne } from '../private/only-one';
import { sortKeys } from '../private/sort-keys';
import { checkTags } from '../private/tags';

/**
 * What EKS does with fields of an add-on's objects that somebody else has set.
 *
 * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateAddon.html
 */
export enum ResolveConflicts {
  /** Fail when a field conflicts. */
  NONE = 'NONE',

  /** Set every field to the add-on's own value. */
  OVERWRITE = 'OVERWRITE',

  /** Keep what somebody else has set. */
  PRESERVE = 'PRESERVE',
}

/**
 * A service account of an add-on and the role that its pods get by Pod Identity.
 */
export interface AddonPodIdentity {
  /**
   * Name of the add-on's service account.
   */
  readonly serviceAccount: string;

  /**
   * The role. It must trust `pods.eks.amazonaws.com`.
   */
  readonly role: iam.IRole;
}

/**
 * What every managed add-on can be given.
 */
export interface ManagedAddonOptions {
  /**
   * The add-on's version, such as 'v1.23.0-eksbuild.1'.
   *
   * @default - EKS's default for the cluster's Kubernetes version
   */
  readonly addonVersion?: string;

  /**
   * Configuration of the add-on, by the keys of its own schema (`aws eks describe-addon-configuration`). Merged deeply over
   * what the typed properties say; these win.
   *
   * @default - the add-on's own
   */
  readonly configurationValues?: { [key: string]: any };

  /**
   * What EKS does with fields that somebody else has set.
   *
   * @default ResolveConflicts.PRESERVE
   */
  readonly resolveConflicts?: ResolveConflicts;

  /**
   * Whether the software stays in the cluster when the add-on is removed.
   *
   * @default false
   */
  readonly preserveOnDelete?: boolean;

  /**
   * What CloudFormation does with the add-on when it leaves the stack.
   *
   * @default RemovalPolicy.DESTROY
   */
  readonly removalPolicy?: RemovalPolicy;

  /**
   * Tags of the add-on.
   *
   * @default - those of the stack
   */
  readonly tags?: { [key: string]: string };
}

/**
 * Properties of a ManagedAddon.
 */
export interface ManagedAddonProps extends ManagedAddonOptions {
  /**
   * The cluster. It may be in another stack, or imported.
   */
  readonly cluster: eks.ICluster;

  /**
   * The add-on's name, such as 'vpc-cni'.
   *
   * @see https://docs.aws.amazon.com/eks/latest/userguide/workloads-add-ons-available-eks.html
   */
  readonly addonName: string;

  /**
   * Roles that the add-on's pods get by Pod Identity.
   *
   * @default - none
   */
  readonly podIdentities?: AddonPodIdentity[];

  /**
   * Role that the add-on's pods get through the cluster's OIDC provider. Not together with `podIdentities`.
   *
   * @default - none
   */
  readonly serviceAccountRole?: iam.IRole;

  /**
   * Namespace to install the add-on in. It cannot be changed later.
   *
   * @default - the add-on's own
   */
  readonly namespace?: string;

  /**
   * The floor that must stand before the add-on is installed.
   *
   * @default BootstrapStage.CAPACITY
   */
  readonly after?: BootstrapStage;

  /**
   * The floor that the add-on is part of, and that others wait for.
   *
   * @default BootstrapStage.SYSTEM
   */
  readonly stage?: BootstrapStage;
}

/**
 * An EKS add-on: software that EKS installs in the cluster and keeps patched.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/eks-add-ons.html
 */
export class ManagedAddon extends Construct {
  /** The add-on's name. */
  public readonly addonName: string;

  /** ARN of the add-on. */
  public readonly addonArn: string;

  constructor(scope: Construct, id: string, props: ManagedAddonProps) {
    super(scope, id);
    this.addonName = checkAddonName(props.addonName);
    if (props.podIdentities?.length && props.serviceAccountRole) {
      throw new Error(`"podIdentities" and "serviceAccountRole" are both given for add-on "${props.addonName}": give one of them`);
    }

    checkTags(props.tags);
    const { configurationValues = {} } = props;
    const resource = new CfnAddon(this, 'Resource', {
      clusterName: props.cluster.clusterName,
      addonName: props.addonName,
      addonVersion: checkAddonVersion(props.addonVersion),
      configurationValues: Object.keys(configurationValues).length > 0 ? Stack.of(this).toJsonString(sortKeys(configurationValues)) : undefined,
      resolveConflicts: props.resolveConflicts ?? ResolveConflicts.PRESERVE,
      preserveOnDelete: props.preserveOnDelete,
      namespaceConfig: props.namespace === undefined ? undefined : { namespace: checkNamespace('namespace', props.namespace) },
      podIdentityAssociations: props.podIdentities?.map(({ serviceAccount, role }) => ({
        serviceAccount: checkServiceAccount('serviceAccount', serviceAccount),
        roleArn: role.roleArn,
      })),
      serviceAccountRoleArn: props.serviceAccountRole?.roleArn,
      tags: props.tags && Object.keys(props.tags).sort().map((key): CfnTag => ({ key, value: props.tags![key] })),
    });
    // With the roles and all their policies, also those that are granted later: an add-on that starts without them stays degraded.
    for (const role of [props.serviceAccountRole, ...(props.podIdentities ?? []).map(identity => identity.role)]) {
      if (role) {
        resource.node.addDependency(role);
      }
    }
    if (props.removalPolicy) {
      resource.applyRemovalPolicy(props.removalPolicy);
    }
    if (props.podIdentities?.length) {
      this.node.addValidation({ validate: () => podIdentityAgentErrors(`add-on "${props.addonName}"`, props.cluster) });
    }
    this.node.defaultChild = resource;
    onlyOne(this, resource, props.cluster, { addonName: props.addonName }, other =>
      `"addonName" is "${props.addonName}", which ${other} installs in the same cluster already: leave one of them out`);
    this.addonArn = resource.attrArn;

    const bootstrap = Bootstrap.of(props.cluster);
    bootstrap.require(props.after ?? BootstrapStage.CAPACITY, resource);
    bootstrap.add(props.stage ?? BootstrapStage.SYSTEM, resource);
  }
}

function checkAddonName(name: string): string {
  if (!Token.isUnresolved(name) && !/^[a-z0-9][a-z0-9_-]*$/.test(name)) {
    throw new Error(`"addonName" is "${name}": give the name of an EKS add-on, such as "vpc-cni" (\`aws eks describe-addon-versions\` lists them)`);
  }
  return name;
}

function checkAddonVersion(version?: string): string | undefined {
  if (version !== undefined && !Token.isUnresolved(version) && !/^v\d+\.\d+\.\d+(-[a-z]+\.\d+)?$/.test(version)) {
    throw new Error(`"addonVersion" is "${version}": give one like "v1.23.0-eksbuild.1", or leave it out for EKS's default`);
  }
  return version;
}
