import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CfnAccessEntry } from 'aws-cdk-lib/aws-eks';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { AccessEntry, AccessEntryOptions } from '../../src/access/access-entry';
import { ClusterAccessPolicy } from '../../src/access/cluster-access-policy';
import { importedCluster, newCluster } from '../clusters';

const TEAM = 'arn:aws:iam::111122223333:role/team';

let app: App;
let stack: Stack;
beforeEach(() => {
  app = new App();
  stack = new Stack(app, 'Stack');
});

const entryOf = () => Object.values<any>(Template.fromStack(stack).findResources('AWS::EKS::AccessEntry'))[0].Properties;
const policyArn = (name: string) => ({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:eks::aws:cluster-access-policy/${name}`]] });

test('a role gets policies, in the whole cluster or in namespaces', () => {
  const cluster = importedCluster(stack);
  new AccessEntry(stack, 'Team', {
    cluster,
    principal: iam.Role.fromRoleArn(stack, 'Role', TEAM),
    policies: [ClusterAccessPolicy.VIEW, ClusterAccessPolicy.EDIT.inNamespaces('shop', 'shop-*')],
    tags: { team: 'shop' },
  });
  expect(entryOf()).toEqual({
    ClusterName: 'existing',
    PrincipalArn: TEAM,
    AccessPolicies: [
      { PolicyArn: policyArn('AmazonEKSViewPolicy'), AccessScope: { Type: 'cluster' } },
      { PolicyArn: policyArn('AmazonEKSEditPolicy'), AccessScope: { Type: 'namespace', Namespaces: ['shop', 'shop-*'] } },
    ],
    Tags: [{ Key: 'team', Value: 'shop' }],
  });
});

test('a user gets groups and a name', () => {
  new AccessEntry(stack, 'Bot', {
    cluster: importedCluster(stack),
    principalArn: 'arn:aws:iam::111122223333:user/bot',
    kubernetesGroups: ['bots'],
    username: 'team:{{SessionName}}',
  });
  expect(entryOf()).toMatchObject({ KubernetesGroups: ['bots'], Username: 'team:{{SessionName}}' });
});

test('the role of nodes that Auto Mode makes gets the policy for them', () => {
  new AccessEntry(stack, 'Nodes', {
    cluster: importedCluster(stack), principalArn: TEAM, type: eks.AccessEntryType.EC2, policies: [ClusterAccessPolicy.AUTO_NODE],
  });
  expect(entryOf()).toMatchObject({ Type: 'EC2', AccessPolicies: [{ PolicyArn: policyArn('AmazonEKSAutoNodePolicy') }] });
});

test('CDK takes the policies too', () => {
  newCluster(stack).grantAccess('Team', TEAM, [ClusterAccessPolicy.EDIT.inNamespaces('shop')]);
  expect(entryOf().AccessPolicies).toEqual([{ PolicyArn: policyArn('AmazonEKSEditPolicy'), AccessScope: { Type: 'namespace', Namespaces: ['shop'] } }]);
});

const view = [ClusterAccessPolicy.VIEW];
const mistakes: [what: string, options: () => AccessEntryOptions, error: string][] = [
  ['no principal', () => ({}), '"principal" and "principalArn" are both missing'],
  ['two principals', () => ({ principal: iam.Role.fromRoleArn(stack, 'Role', TEAM), principalArn: TEAM }), 'both given'],
  ['the account itself', () => ({ principalArn: 'arn:aws:iam::111122223333:root' }), 'give the ARN of an IAM role or user'],
  ['a session', () => ({ principalArn: 'arn:aws:sts::111122223333:assumed-role/team/me' }), 'a session: give the ARN of its role'],
  ['a service-linked role', () => ({ principalArn: 'arn:aws:iam::111122223333:role/aws-service-role/x.amazonaws.com/X' }), 'a service-linked role'],
  ['a name instead of an ARN', () => ({ principalArn: 'team' }), '"principalArn" is "team"'],
  ['policies for nodes', () => ({ principalArn: TEAM, type: eks.AccessEntryType.EC2_LINUX, policies: view }), 'whose permissions EKS fixes'],
  ['groups for nodes', () => ({ principalArn: TEAM, type: eks.AccessEntryType.EC2, kubernetesGroups: ['x'] }), '"kubernetesGroups" is given but "type" is EC2'],
  ['a name for nodes', () => ({ principalArn: TEAM, type: eks.AccessEntryType.HYBRID_LINUX, username: 'x' }), '"username" is given but "type" is HYBRID_LINUX'],
  ['a group of the system', () => ({ principalArn: TEAM, kubernetesGroups: ['system:masters'] }), 'ClusterAccessPolicy.CLUSTER_ADMIN in "policies"'],
  ['a name of the system', () => ({ principalArn: TEAM, username: 'eks:me' }), '"username" is "eks:me"'],
  ['a session name without a colon', () => ({ principalArn: TEAM, username: 'me{{SessionName}}' }), 'put a colon somewhere before {{SessionName}}'],
  ['a policy twice', () => ({ principalArn: TEAM, policies: [...view, ClusterAccessPolicy.VIEW.inNamespaces('x')] }), '"policies" has AmazonEKSViewPolicy twice'],
  ['namespaces without one', () => ({ principalArn: TEAM, policies: [{ policy: 'p/P', accessScope: { type: eks.AccessScopeType.NAMESPACE } }] }),
    '"policies" has P for namespaces without naming one'],
  ['no namespace', () => ({ principalArn: TEAM, policies: [ClusterAccessPolicy.VIEW.inNamespaces()] }), '"namespaces" is empty for AmazonEKSViewPolicy'],
  ['a namespace that is none', () => ({ principalArn: TEAM, policies: [ClusterAccessPolicy.VIEW.inNamespaces('Shop')] }), '"namespaces" is "Shop"'],
  ['the ARN of a policy', () => ({ principalArn: TEAM, policies: [ClusterAccessPolicy.of('arn:aws:iam::aws:policy/X')] }), 'not an ARN'],
];

test.each(mistakes)('%s is refused', (_, options, error) => {
  const cluster = importedCluster(stack);
  expect(() => new AccessEntry(stack, 'Entry', { cluster, ...options() })).toThrow(error);
});

describe('a second entry for a principal', () => {
  const refused = (first: string, second: string) => new RegExp(`${second}] "principal" has an access entry in this cluster already, ${first}`);

  test('is refused, under whatever path of the role', () => {
    const cluster = importedCluster(stack);
    new AccessEntry(stack, 'One', { cluster, principalArn: TEAM });
    new AccessEntry(stack, 'Two', { cluster, principalArn: 'arn:aws:iam::111122223333:role/some/path/team' });
    expect(() => app.synth()).toThrow(refused('Stack/One/Resource', 'Stack/Two'));
  });

  test('is reported once', () => {
    const cluster = importedCluster(stack);
    new AccessEntry(stack, 'One', { cluster, principalArn: TEAM });
    new AccessEntry(stack, 'Two', { cluster, principalArn: TEAM });
    expect(() => app.synth()).toThrow(/^(?!.*Stack\/One\] )/s);
  });

  test.each([['before', 'A'], ['after', 'Z']])('is refused where CDK made the other one, %s it in the tree', (_, id) => {
    const cluster = newCluster(stack);
    const role = new iam.Role(stack, 'Role', { assumedBy: new iam.AccountRootPrincipal() });
    const cdk = () => new eks.AccessEntry(stack, id, { cluster, principal: role.roleArn, accessPolicies: view });
    const ours = () => new AccessEntry(stack, 'Ours', { cluster, principal: role });
    (id === 'A' ? [cdk, ours] : [ours, cdk]).forEach(make => make());
    expect(() => app.synth()).toThrow(refused(`Stack/${id}/Resource`, 'Stack/Ours'));
  });

  test('is refused in another stack', () => {
    const cluster = newCluster(stack);
    const role = new iam.Role(stack, 'Role', { assumedBy: new iam.AccountRootPrincipal() });
    new AccessEntry(stack, 'One', { cluster, principal: role });
    new AccessEntry(new Stack(app, 'Other'), 'Two', { cluster, principal: role });
    expect(() => app.synth()).toThrow(refused('Stack/One/Resource', 'Other/Two'));
  });

  test('is refused where a bare resource names the same cluster', () => {
    const cluster = newCluster(stack);
    new CfnAccessEntry(stack, 'Bare', { clusterName: 'Stack-Cluster', principalArn: TEAM });
    new AccessEntry(stack, 'Ours', { cluster, principalArn: TEAM });
    expect(() => app.synth()).toThrow(refused('Stack/Bare', 'Stack/Ours'));
  });

  test('is allowed in another cluster, and for another principal', () => {
    const cluster = importedCluster(stack);
    new AccessEntry(stack, 'One', { cluster, principalArn: TEAM });
    new AccessEntry(stack, 'Two', { cluster, principalArn: 'arn:aws:iam::111122223333:role/other' });
    new AccessEntry(stack, 'Three', { cluster: newCluster(stack), principalArn: TEAM });
    new AccessEntry(new Stack(app, 'Elsewhere'), 'Four', { cluster: importedCluster(new Stack(app, 'Import')), principalArn: TEAM });
    expect(() => app.synth()).not.toThrow();
  });
});
