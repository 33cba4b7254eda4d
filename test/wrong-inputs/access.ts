import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { existing, platform, wrong } from './wrong-input';
import { AccessEntry, AccessEntryOptions } from '../../src/access/access-entry';
import { ClusterAccessPolicy } from '../../src/access/cluster-access-policy';

const TEAM = 'arn:aws:iam::111122223333:role/team';
const { EDIT, VIEW } = ClusterAccessPolicy;

const entry = (s: any, options: AccessEntryOptions) => new AccessEntry(s, 'Entry', { cluster: existing(s), ...options });

/** Access entries and their policies. */
export const ACCESS = [
  wrong('principal', undefined, s => entry(s, {}), '"principal" and "principalArn" are both missing: give exactly one of them'),
  wrong('principal', undefined, s => entry(s, { principal: iam.Role.fromRoleArn(s, 'Role', TEAM), principalArn: TEAM }),
    '"principal" and "principalArn" are both given: give exactly one of them'),
  wrong('principalArn', 'team', (s, principalArn) => entry(s, { principalArn }),
    '"principalArn" is "team": give the ARN of an IAM role or user, like arn:PARTITION:iam::ACCOUNT:role/NAME'),
  wrong('principalArn', 'arn:aws:iam::111122223333:root', (s, principalArn) => entry(s, { principalArn }),
    '"principalArn" is "arn:aws:iam::111122223333:root": give the ARN of an IAM role or user, like arn:PARTITION:iam::ACCOUNT:role/NAME'),
  wrong('principalArn', 'arn:aws:sts::111122223333:assumed-role/team/me', (s, principalArn) => entry(s, { principalArn }),
    '"principalArn" is "arn:aws:sts::111122223333:assumed-role/team/me", a session: give the ARN of its role'),
  wrong('principalArn', 'arn:aws:iam::111122223333:role/aws-service-role/x.amazonaws.com/X', (s, principalArn) => entry(s, { principalArn }),
    '"principalArn" is "arn:aws:iam::111122223333:role/aws-service-role/x.amazonaws.com/X", a service-linked role, which EKS refuses: give a role of your own'),
  wrong('principal', undefined, s => {
    const cluster = platform(s);
    cluster.addAccess('One', { principalArn: TEAM });
    cluster.addAccess('Two', { principalArn: 'arn:aws:iam::111122223333:role/some/path/team' });
  }, '"principal" has an access entry in this cluster already, App/Cluster/One/Resource, and EKS allows one: put their policies and groups into one entry'),
  wrong('policies', undefined, s => entry(s, { principalArn: TEAM, type: eks.AccessEntryType.EC2_LINUX, policies: [VIEW] }),
    '"policies" is given but "type" is EC2_LINUX, whose permissions EKS fixes: leave "policies" out'),
  wrong('policies', undefined, s => entry(s, { principalArn: TEAM, policies: [VIEW, VIEW.inNamespaces('shop')] }),
    '"policies" has AmazonEKSViewPolicy twice: give it once, with all its namespaces'),
  wrong('policies', undefined, s => entry(s, {
    principalArn: TEAM, policies: [{ policy: EDIT.policy, accessScope: { type: eks.AccessScopeType.NAMESPACE } }],
  }), '"policies" has AmazonEKSEditPolicy for namespaces without naming one: give its access scope "namespaces"'),
  wrong('policies.namespaces', 'Shop', (s, namespace) => entry(s, {
    principalArn: TEAM, policies: [{ policy: EDIT.policy, accessScope: { type: eks.AccessScopeType.NAMESPACE, namespaces: [namespace] } }],
  }), '"policies.namespaces" is "Shop": give lower-case letters, digits and "-", beginning and ending with a letter or digit, at most 63 characters'),
  wrong('namespaces', undefined, () => EDIT.inNamespaces(),
    '"namespaces" is empty for AmazonEKSEditPolicy: name at least one namespace, or leave inNamespaces() out for the whole cluster'),
  wrong('namespaces', 'Shop', (_, namespace) => EDIT.inNamespaces(namespace),
    '"namespaces" is "Shop": give lower-case letters, digits and "-", beginning and ending with a letter or digit, at most 63 characters'),
  wrong('policyName', 'arn:aws:iam::aws:policy/X', (_, name) => ClusterAccessPolicy.of(name),
    '"policyName" is "arn:aws:iam::aws:policy/X": give the name of an EKS access policy, such as "AmazonEKSViewPolicy", not an ARN'),
  wrong('kubernetesGroups', undefined, s => entry(s, { principalArn: TEAM, type: eks.AccessEntryType.EC2, kubernetesGroups: ['team'] }),
    '"kubernetesGroups" is given but "type" is EC2: leave it out, or give "type" STANDARD'),
  wrong('kubernetesGroups', 'system:masters', (s, group) => entry(s, { principalArn: TEAM, kubernetesGroups: [group] }),
    '"kubernetesGroups" has "system:masters": give a group of your own, without the prefix "system:"; ClusterAccessPolicy.CLUSTER_ADMIN in "policies" makes an administrator'),
  wrong('kubernetesGroups', '', (s, group) => entry(s, { principalArn: TEAM, kubernetesGroups: [group] }),
    '"kubernetesGroups" has "": give a group of your own, without the prefix "system:"'),
  wrong('username', undefined, s => entry(s, { principalArn: TEAM, type: eks.AccessEntryType.HYBRID_LINUX, username: 'me' }),
    '"username" is given but "type" is HYBRID_LINUX: leave it out, or give "type" STANDARD'),
  wrong('username', 'eks:me', (s, username) => entry(s, { principalArn: TEAM, username }),
    '"username" is "eks:me": give one that does not begin with "system:", "eks:", "aws:", "amazon:" or "iam:"'),
  wrong('username', 'me{{SessionName}}', (s, username) => entry(s, { principalArn: TEAM, username }),
    '"username" is "me{{SessionName}}": put a colon somewhere before {{SessionName}}, as in "team:{{SessionName}}"'),
  wrong('tags', 'aws:team', (s, key) => entry(s, { principalArn: TEAM, tags: { [key]: 'x' } }),
    '"tags" has "aws:team": give keys of 1 to 128 characters that do not begin with "aws:"'),
  wrong('tags.team', undefined, s => entry(s, { principalArn: TEAM, tags: { team: undefined as any } }),
    '"tags.team" is undefined: give text, or leave it out'),
];
