import { CfnResource, CfnTag, Reference, Stack, Token, Tokenization } from 'aws-cdk-lib';
import { CfnAccessEntry } from 'aws-cdk-lib/aws-eks';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { checkNamespace } from '../private/kubernetes-names';
import { checkTags } from '../private/tags';

/**
 * Options of an AccessEntry.
 */
export interface AccessEntryOptions {
  /**
   * The role that gets access. Exactly one of `principal` and `principalArn`.
   *
   * @default - `principalArn`
   */
  readonly principal?: iam.IRole;

  /**
   * ARN of the role, or of a user, that gets access.
   *
   * @default - `principal`
   */
  readonly principalArn?: string;

  /**
   * What the principal may do in the cluster, such as `ClusterAccessPolicy.EDIT.inNamespaces('shop')`. CDK's `eks.AccessPolicy` fits too.
   * Each policy at most once.
   *
   * @default - nothing but what RBAC gives to `kubernetesGroups` and `username`
   */
  readonly policies?: eks.IAccessPolicy[];

  /**
   * Groups that the principal belongs to, for role bindings in the cluster. Only with type STANDARD.
   *
   * @default - none
   */
  readonly kubernetesGroups?: string[];

  /**
   * Name of the principal in the cluster, in its audit log for example. Only with type STANDARD.
   *
   * @default - EKS makes it from the principal and the session
   */
  readonly username?: string;

  /**
   * What the principal is: STANDARD for people and programs, the others for roles of nodes. EKS itself makes the entries of managed
   * node groups, Fargate profiles and the built-in node pools of Auto Mode. It cannot be changed later.
   *
   * @default eks.AccessEntryType.STANDARD
   */
  readonly type?: eks.AccessEntryType;

  /**
   * Tags of the entry.
   *
   * @default - those of the stack
   */
  readonly tags?: { [key: string]: string };
}

/**
 * Properties of an AccessEntry.
 */
export interface AccessEntryProps extends AccessEntryOptions {
  /**
   * The cluster. It may be in another stack, or imported.
   */
  readonly cluster: eks.ICluster;
}

/**
 * Lets an IAM role or user into a cluster. A principal has one entry in a cluster: a second one is refused at synth.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html
 */
export class AccessEntry extends Construct {
  /** ARN of the entry. */
  public readonly accessEntryArn: string;

  /** ARN of the role or user. */
  public readonly principalArn: string;

  constructor(scope: Construct, id: string, props: AccessEntryProps) {
    super(scope, id);
    this.principalArn = checkPrincipal(props);
    checkByType(props);
    checkNames(props);
    checkTags(props.tags);
    checkPolicies(props.policies ?? []);

    const resource = new CfnAccessEntry(this, 'Resource', {
      clusterName: props.cluster.clusterName,
      principalArn: this.principalArn,
      type: props.type,
      accessPolicies: props.policies?.map(({ policy, accessScope }) => ({
        policyArn: policy,
        accessScope: { type: accessScope.type, namespaces: accessScope.namespaces },
      })),
      kubernetesGroups: props.kubernetesGroups,
      username: props.username,
      tags: props.tags && Object.keys(props.tags).sort().map((key): CfnTag => ({ key, value: props.tags![key] })),
    });
    this.node.defaultChild = resource;
    this.accessEntryArn = resource.attrAccessEntryArn;
    this.node.addValidation({ validate: () => duplicateErrors(resource) });
  }
}

/** The types whose permissions EKS fixes. */
const FIXED_TYPES: eks.AccessEntryType[] = [
  eks.AccessEntryType.EC2_LINUX,
  eks.AccessEntryType.EC2_WINDOWS,
  eks.AccessEntryType.FARGATE_LINUX,
  eks.AccessEntryType.HYBRID_LINUX,
  eks.AccessEntryType.HYPERPOD_LINUX,
];

function checkPrincipal({ principal, principalArn }: AccessEntryOptions): string {
  if ((principal === undefined) === (principalArn === undefined)) {
    throw new Error(`"principal" and "principalArn" are ${principal ? 'both given' : 'both missing'}: give exactly one of them`);
  }
  const arn = principal?.roleArn ?? principalArn!;
  if (Token.isUnresolved(arn)) {
    return arn;
  }
  const what = /^arn:[^:]+:(iam|sts)::\d{12}:([^/]+)\/./.exec(arn);
  if (what?.[1] === 'sts') {
    throw new Error(`"principalArn" is "${arn}", a session: give the ARN of its role`);
  }
  if (!what || !['role', 'user'].includes(what[2])) {
    throw new Error(`"principalArn" is "${arn}": give the ARN of an IAM role or user, like arn:PARTITION:iam::ACCOUNT:role/NAME`);
  }
  if (arn.includes(':role/aws-service-role/')) {
    throw new Error(`"principalArn" is "${arn}", a service-linked role, which EKS refuses: give a role of your own`);
  }
  return arn;
}

function checkByType({ type = eks.AccessEntryType.STANDARD, policies, kubernetesGroups, username }: AccessEntryOptions) {
  if (FIXED_TYPES.includes(type) && policies?.length) {
    throw new Error(`"policies" is given but "type" is ${type}, whose permissions EKS fixes: leave "policies" out`);
  }
  if (type !== eks.AccessEntryType.STANDARD) {
    for (const [prop, value] of Object.entries({ kubernetesGroups, username })) {
      if (value !== undefined) {
        throw new Error(`"${prop}" is given but "type" is ${type}: leave it out, or give "type" STANDARD`);
      }
    }
  }
}

function checkNames({ kubernetesGroups = [], username }: AccessEntryOptions) {
  for (const group of kubernetesGroups) {
    if (group === '' || group.startsWith('system:')) {
      throw new Error(`"kubernetesGroups" has "${group}": give a group of your own, without the prefix "system:"${
        group === 'system:masters' ? '; ClusterAccessPolicy.CLUSTER_ADMIN in "policies" makes an administrator' : ''}`);
    }
  }
  if (username === undefined) {
    return;
  }
  if (/^(system|eks|aws|amazon|iam):/.test(username)) {
    throw new Error(`"username" is "${username}": give one that does not begin with "system:", "eks:", "aws:", "amazon:" or "iam:"`);
  }
  if (/^[^:]*\{\{SessionName(Raw)?\}\}/.test(username)) {
    throw new Error(`"username" is "${username}": put a colon somewhere before {{SessionName}}, as in "team:{{SessionName}}"`);
  }
}

function checkPolicies(policies: eks.IAccessPolicy[]) {
  const seen = new Set<string>();
  for (const { policy, accessScope } of policies) {
    const name = policy.split('/').pop()!;
    if (accessScope.type === eks.AccessScopeType.NAMESPACE && !accessScope.namespaces?.length) {
      throw new Error(`"policies" has ${name} for namespaces without naming one: give its access scope "namespaces"`);
    }
    accessScope.namespaces?.forEach(namespace => checkNamespace('policies.namespaces', namespace.replace(/\*$/, 'x')));
    if (seen.has(policy)) {
      throw new Error(`"policies" has ${name} twice: give it once, with all its namespaces`);
    }
    seen.add(policy);
  }
}

/** Entries for the same principal in the same cluster, whoever made them: this class, CDK's, or a bare resource. */
function duplicateErrors(entry: CfnAccessEntry): string[] {
  const isEntry = (child: unknown): child is CfnAccessEntry =>
    CfnResource.isCfnResource(child) && child.cfnResourceType === 'AWS::EKS::AccessEntry';
  const entries = entry.node.root.node.findAll().filter(isEntry);
  const place = entries.indexOf(entry);
  const [cluster, principal] = [clusterKey(entry), principalKey(entry)];
  // Of two that check themselves the later one speaks.
  const other = entries.find((candidate, index) => candidate !== entry && (index < place || !(candidate.node.scope instanceof AccessEntry))
    && clusterKey(candidate) === cluster && principalKey(candidate) === principal);
  return other ? [
    `"principal" has an access entry in this cluster already, ${other.node.path}, and EKS allows one: put their policies and groups into one entry`,
  ] : [];
}

/** Which cluster an entry is for, however it names it. Of stacks without an environment only the same one is surely in the same place. */
function clusterKey(entry: CfnAccessEntry): string {
  const target = referenced(entry.clusterName)?.target;
  const literal = target ? (target as any).name : entry.clusterName;
  const stack = Stack.of(target ?? entry);
  const place = /unknown/.test(stack.environment) ? stack.node.path : stack.environment;
  return typeof literal === 'string' && !Token.isUnresolved(literal) ? `${literal} ${place}` : textOf(entry, entry.clusterName);
}

function principalKey(entry: CfnAccessEntry): string {
  // The name of a role is unique in its account, whatever its path.
  return textOf(entry, entry.principalArn).replace(/^(arn:[^:]+:iam::\d+:role\/).*\//, '$1');
}

function textOf(entry: CfnAccessEntry, value: string): string {
  const reference = referenced(value);
  const resolved = reference ? `${reference.target.node.path}.${reference.displayName}` : Stack.of(entry).resolve(value);
  return typeof resolved === 'string' ? resolved : JSON.stringify(resolved);
}

function referenced(value: string): Reference | undefined {
  const token = Tokenization.reverse(value, { failConcat: false });
  return token && Reference.isReference(token) ? token : undefined;
}
