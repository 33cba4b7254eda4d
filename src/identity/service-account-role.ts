import { Arn, ArnFormat, CfnResource, Stack, Token } from 'aws-cdk-lib';
import { CfnPodIdentityAssociation } from 'aws-cdk-lib/aws-eks';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { podIdentityAgentErrors } from './pod-identity-agent-errors';
import { workloadRole } from './workload-role';
import { checkText } from '../private/check-text';
import { checkNamespace, checkServiceAccount } from '../private/kubernetes-names';
import { onlyOne } from '../private/only-one';

/**
 * Properties of a ServiceAccountRole.
 */
export interface ServiceAccountRoleProps {
  /**
   * The cluster whose pods get the role.
   */
  readonly cluster: eks.ICluster;

  /**
   * The service account's namespace.
   *
   * @default 'default'
   */
  readonly namespace?: string;

  /**
   * The service account's name. It need not exist yet: a chart or a manifest makes it.
   */
  readonly serviceAccount: string;

  /**
   * How pods get the role's credentials.
   *
   * Pod Identity needs the pod identity agent on the nodes (PlatformCluster has it) and nothing on the service account. It does
   * not exist on Fargate and on Windows: choose IRSA there, and put `annotations` on the service account.
   *
   * @default eks.IdentityType.POD_IDENTITY
   */
  readonly identityType?: eks.IdentityType;

  /**
   * An existing role to give to the pods. With Pod Identity its trust policy must name `pods.eks.amazonaws.com` for
   * `sts:AssumeRole` and `sts:TagSession`; with IRSA the cluster's OIDC provider.
   *
   * @default - a new role that trusts this service account only
   */
  readonly role?: iam.IRole;

  /**
   * Managed policies of the new role.
   *
   * @default - none
   */
  readonly managedPolicies?: iam.IManagedPolicy[];

  /**
   * A session policy: what pods may do is what both it and the role allow. Only with Pod Identity, and only with `sessionTags` off.
   *
   * @default - the role's own permissions
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-eks-podidentityassociation.html
   */
  readonly sessionPolicy?: iam.PolicyDocument;

  /**
   * ARN of a role, usually in another account, that Pod Identity assumes from `role` (role chaining). Pods get its credentials. Its trust
   * policy must name the role of this construct. Only with Pod Identity.
   *
   * @default - pods get the credentials of `role`
   */
  readonly targetRoleArn?: string;

  /**
   * Whether Pod Identity tags the session with cluster, namespace, service account and pod. Only with Pod Identity.
   *
   * @default true
   */
  readonly sessionTags?: boolean;

  /**
   * What the role is for.
   *
   * @default - names the service account
   */
  readonly description?: string;
}

/**
 * An IAM role for the pods of a Kubernetes service account. It can be granted to like any other grantable.
 *
 * Give it to the `HelmRelease` or `AttachedChart` that runs with the service account, as one of its `serviceAccountRoles`. Whatever else runs
 * with it should depend on this construct: pods that start before the association exists never get credentials.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-identities.html
 * @see https://docs.aws.amazon.com/eks/latest/userguide/iam-roles-for-service-accounts.html
 */
export class ServiceAccountRole extends Construct implements iam.IGrantable {
  /** The role. */
  public readonly role: iam.IRole;

  /** What grants apply to: the role. */
  public readonly grantPrincipal: iam.IPrincipal;

  /** The service account's namespace. */
  public readonly namespace: string;

  /** The service account's name. */
  public readonly serviceAccount: string;

  /** How pods get the role's credentials. */
  public readonly identityType: eks.IdentityType;

  /** Annotations that the service account must carry: one with IRSA, none with Pod Identity. */
  public readonly annotations: { [key: string]: string };

  constructor(scope: Construct, id: string, props: ServiceAccountRoleProps) {
    super(scope, id);

    this.namespace = checkNamespace('namespace', props.namespace ?? 'default');
    this.serviceAccount = checkServiceAccount('serviceAccount', props.serviceAccount);
    const { cluster, identityType = eks.IdentityType.POD_IDENTITY } = props;
    this.identityType = identityType;

    if (props.role && props.managedPolicies?.length) {
      throw new Error('"managedPolicies" cannot be given together with "role": add the policies to the role itself');
    }
    // https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html
    checkText('description', props.description, /^[\t\n\r\x20-\x7e\xa1-\xff]{0,1000}$/, 'at most 1000 characters of Latin-1, IAM takes no others');
    this.role = props.role ?? workloadRole(this, 'Role', {
      cluster,
      identityType,
      namespace: this.namespace,
      serviceAccount: this.serviceAccount,
      managedPolicies: props.managedPolicies,
      description: props.description ?? `Pods of service account ${this.namespace}/${this.serviceAccount}`,
    });
    this.grantPrincipal = this.role;

    if (identityType === eks.IdentityType.IRSA) {
      for (const prop of ['sessionPolicy', 'targetRoleArn', 'sessionTags'] as const) {
        if (props[prop] !== undefined) {
          throw new Error(`"${prop}" exists with Pod Identity only: leave it out, or "identityType" at eks.IdentityType.POD_IDENTITY`);
        }
      }
      this.annotations = { 'eks.amazonaws.com/role-arn': this.role.roleArn };
      return;
    }

    if (props.sessionPolicy && props.sessionTags !== false) {
      throw new Error('"sessionPolicy" needs "sessionTags: false", since EKS refuses it together with session tags: give both, or leave it out');
    }
    checkTargetRole(props.targetRoleArn);
    this.annotations = {};
    const association = new CfnPodIdentityAssociation(this, 'Association', {
      clusterName: cluster.clusterName,
      namespace: this.namespace,
      serviceAccount: this.serviceAccount,
      roleArn: this.role.roleArn,
      targetRoleArn: props.targetRoleArn,
      disableSessionTags: props.sessionTags === false ? true : undefined,
      policy: props.sessionPolicy && Stack.of(this).toJsonString(props.sessionPolicy.toJSON()),
    });
    onlyOne(this, association, cluster, { namespace: this.namespace, serviceAccount: this.serviceAccount }, other =>
      `"serviceAccount" is "${this.serviceAccount}" in namespace "${this.namespace}", which has a role by ${other} already: put the permissions into one role`);
    this.node.addValidation({
      validate: () => [
        ...fargateErrors(this, cluster),
        ...podIdentityAgentErrors(`service account "${this.namespace}/${this.serviceAccount}"`, cluster),
      ],
    });
  }
}

function checkTargetRole(arn?: string) {
  if (arn === undefined || Token.isUnresolved(arn)) {
    return;
  }
  const isRole = /^arn:[^:]+:iam::/.test(arn) && Arn.split(arn, ArnFormat.SLASH_RESOURCE_NAME).resource === 'role';
  if (!isRole) {
    throw new Error(`"targetRoleArn" is "${arn}", which is not the ARN of an IAM role: give one like arn:PARTITION:iam::ACCOUNT:role/NAME`);
  }
}

/** Pods on Fargate never get Pod Identity credentials; a profile that selects the whole namespace says that they run there. */
function fargateErrors(role: ServiceAccountRole, cluster: eks.ICluster): string[] {
  const stack = Stack.of(cluster);
  const clusterName = JSON.stringify(stack.resolve(cluster.clusterName));
  const profiles = stack.node.findAll().filter((c): c is CfnResource => CfnResource.isCfnResource(c) && c.cfnResourceType === 'AWS::EKS::FargateProfile');
  for (const profile of profiles) {
    const { selectors, clusterName: name } = stack.resolve({ selectors: (profile as any).selectors, clusterName: (profile as any).clusterName });
    if (JSON.stringify(name) !== clusterName) {
      continue;
    }
    for (const selector of selectors ?? []) {
      if (typeof selector.namespace === 'string' && !selector.labels?.length && globMatches(selector.namespace, role.namespace)) {
        return [`pods of "${role.namespace}/${role.serviceAccount}" run on Fargate (profile ${profile.node.path} selects namespace "${selector.namespace}"), `
          + 'where Pod Identity does not exist: give "identityType: eks.IdentityType.IRSA"'];
      }
    }
  }
  return [];
}

function globMatches(pattern: string, text: string): boolean {
  const expression = pattern.split('*').map(literal => literal.split('?').map(s => s.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('.')).join('.*');
  return new RegExp(`^${expression}$`).test(text);
}
