import { Fn } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { addonConfiguration, inlinePolicies, newStack, permissions, referenceYaml, unknownKeys } from './fixtures';
import { NetworkPolicyEnforcingMode, PodSecurityGroupEnforcingMode, VpcCni, VpcCniOptions } from '../../src/addons/vpc-cni';
import { importedCluster, newCluster, withAgent } from '../clusters';
import { describeWithReference } from '../reference';

const configurationOf = (options: VpcCniOptions) => {
  const stack = newStack();
  new VpcCni(stack, 'Cni', { cluster: newCluster(stack), ...options });
  return addonConfiguration(Template.fromStack(stack), 'vpc-cni');
};
const making = (options: VpcCniOptions) => () => configurationOf(options);
const ipv6Cluster = (stack: any) => withAgent(new eks.Cluster(stack, 'Six', {
  version: eks.KubernetesVersion.V1_34,
  clusterName: 'six',
  ipFamily: eks.IpFamily.IP_V6,
  vpc: new ec2.Vpc(stack, 'Vpc', { ipProtocol: ec2.IpProtocol.DUAL_STACK }),
  defaultCapacityType: eks.DefaultCapacityType.NODEGROUP,
  defaultCapacity: 0,
}));

test('aws-node has the CNI policy on a role of its own, by Pod Identity', () => {
  const stack = newStack();
  new VpcCni(stack, 'Cni', { cluster: newCluster(stack) });

  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::EKS::Addon', {
    AddonName: 'vpc-cni',
    ConfigurationValues: Match.absent(),
    PodIdentityAssociations: [{ ServiceAccount: 'aws-node', RoleArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^CniRole'), 'Arn'] } }],
    ServiceAccountRoleArn: Match.absent(),
  });
  template.hasResourceProperties('AWS::IAM::Role', {
    AssumeRolePolicyDocument: { Statement: [{ Principal: { Service: 'pods.eks.amazonaws.com' } }] },
    ManagedPolicyArns: [{ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::aws:policy/AmazonEKS_CNI_Policy']] }],
  });
});

test('with IRSA the role trusts kube-system/aws-node', () => {
  const stack = newStack();
  new VpcCni(stack, 'Cni', { cluster: importedCluster(stack), identityType: eks.IdentityType.IRSA });

  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::EKS::Addon', { PodIdentityAssociations: Match.absent(), ServiceAccountRoleArn: Match.anyValue() });
  template.hasResourceProperties('AWS::IAM::Role', {
    AssumeRolePolicyDocument: { Statement: [{ Condition: { StringEquals: { 'oidc.example/id/1:sub': 'system:serviceaccount:kube-system:aws-node' } } }] },
  });
});

test('it is installed before there are nodes', () => {
  const stack = newStack();
  const cluster = newCluster(stack);
  new VpcCni(stack, 'Cni', { cluster });
  const [, addon] = Object.entries(Template.fromStack(stack).findResources('AWS::EKS::Addon')).find(([id]) => id.startsWith('Cni'))!;
  expect(addon.DependsOn).toEqual([stack.getLogicalId(cluster.node.defaultChild as any), expect.stringMatching(/^CniRole/)]);
});

test('numbers and switches become the strings that the add-on wants', () => {
  expect(configurationOf({ prefixDelegation: true, warmPrefixTarget: 2, externalSnat: true, securityGroupsForPods: false })).toEqual({
    env: { ENABLE_PREFIX_DELEGATION: 'true', WARM_PREFIX_TARGET: '2', AWS_VPC_K8S_CNI_EXTERNALSNAT: 'true', ENABLE_POD_ENI: 'false' },
  });
  expect(configurationOf({ warmIpTarget: 0, minimumIpTarget: 10 }).env).toEqual({ WARM_IP_TARGET: '0', MINIMUM_IP_TARGET: '10' });
  const networkPolicyEnforcingMode = NetworkPolicyEnforcingMode.STRICT;
  expect(configurationOf({ networkPolicy: true, networkPolicyEventLogs: true, networkPolicyEnforcingMode })).toEqual({
    enableNetworkPolicy: 'true', nodeAgent: { enablePolicyEventLogs: 'true' }, env: { NETWORK_POLICY_ENFORCING_MODE: 'strict' },
  });
});

test('a number that is known at deployment only is written as such', () => {
  expect(configurationOf({ warmIpTarget: Fn.ref('WarmIps') as any }).env).toEqual({ WARM_IP_TARGET: '${WarmIps}' });
});

test('security groups for pods let probes through where the pod interface is strict', () => {
  expect(configurationOf({ securityGroupsForPods: true }))
    .toEqual({ env: { ENABLE_POD_ENI: 'true' }, init: { env: { DISABLE_TCP_EARLY_DEMUX: 'true' } } });
  expect(configurationOf({ securityGroupsForPods: true, podSecurityGroupEnforcingMode: PodSecurityGroupEnforcingMode.STANDARD })).toEqual({
    env: { ENABLE_POD_ENI: 'true', POD_SECURITY_GROUP_ENFORCING_MODE: 'standard' },
  });
});

test('pods take addresses from the subnet of their own zone, also where zones are known at deployment only', () => {
  const stack = newStack();
  const cluster = newCluster(stack);
  const group = new ec2.SecurityGroup(stack, 'Pods', { vpc: cluster.vpc });
  new VpcCni(stack, 'Cni', { cluster, podSubnets: cluster.vpc.privateSubnets, podSubnetSecurityGroups: [group] });

  const { env, eniConfig } = addonConfiguration(Template.fromStack(stack), 'vpc-cni');
  expect(env).toEqual({ AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG: 'true', ENI_CONFIG_LABEL_DEF: 'topology.kubernetes.io/zone' });
  expect(eniConfig).toMatchObject({ create: true, region: '${AWS::Region}' });
  expect(Object.entries(eniConfig.subnets)).toEqual([0, 1].map(index => [
    `\${Fn Select ${index} Fn GetAZs}`,
    { id: expect.stringContaining(`PrivateSubnet${index + 1}`), securityGroups: [expect.stringContaining('Pods')] },
  ]));
});

test('zones that are known at synth are names of ENIConfigs', () => {
  const stack = newStack();
  const cluster = importedCluster(stack);
  new VpcCni(stack, 'Cni', { cluster, podSubnets: cluster.vpc.privateSubnets });
  expect(addonConfiguration(Template.fromStack(stack), 'vpc-cni').eniConfig.subnets).toEqual({ 'zone-a': { id: 'subnet-3' }, 'zone-b': { id: 'subnet-4' } });
});

test('contradictions are refused, with what to do', () => {
  const stack = newStack();
  const { vpc } = importedCluster(stack);
  expect(making({ warmPrefixTarget: 1 }))
    .toThrow('"warmPrefixTarget" is 1 but "prefixDelegation" is not on: give "prefixDelegation" too, or leave "warmPrefixTarget" out');
  expect(making({ warmEniTarget: 1, warmIpTarget: 5 })).toThrow('"warmEniTarget" is 1 but "warmIpTarget" is 5, which overrides it: give one of them');
  expect(making({ prefixDelegation: true, warmPrefixTarget: 1, minimumIpTarget: 5 })).toThrow('which overrides it');
  expect(making({ warmIpTarget: -1 })).toThrow('"warmIpTarget" is -1: give a whole number of at least 0');
  expect(making({ podSecurityGroupEnforcingMode: PodSecurityGroupEnforcingMode.STRICT })).toThrow('"securityGroupsForPods" is not on');
  expect(making({ networkPolicyEventLogs: true })).toThrow('"networkPolicy" is not on');
  expect(making({ podSubnets: [] })).toThrow('"podSubnets" is empty');
  expect(making({ podSubnetSecurityGroups: [] })).toThrow('"podSubnets" is not');
  expect(making({ podSubnets: [vpc.publicSubnets[0], vpc.privateSubnets[0]] })).toThrow('"podSubnets" has two subnets in zone "zone-a": give at most one a zone');
});

test('what only exists in IPv4 clusters is refused in an IPv6 cluster', () => {
  const stack = newStack();
  const cluster = ipv6Cluster(stack);
  expect(() => new VpcCni(stack, 'A', { cluster, podSubnets: cluster.vpc.privateSubnets })).toThrow('custom networking exists in IPv4 clusters only');
  expect(() => new VpcCni(stack, 'B', { cluster, prefixDelegation: false })).toThrow('where it is always on');
});

describeWithReference('compared with the project', dir => {
  test('an IPv6 cluster has the policy that the project documents', () => {
    const stack = newStack();
    new VpcCni(stack, 'Cni', { cluster: ipv6Cluster(stack) });

    const [policy] = Object.values(inlinePolicies(Template.fromStack(stack), 'CniRole'));
    const upstream = referenceYaml(dir, 'iam/aws-vpc-cni-v1.23.0/ipv6.json');
    expect(permissions(policy)).toEqual(permissions(upstream).map(permission => permission.replace('arn:aws:', 'arn:${AWS::Partition}:')));
  });

  test('every key of the configuration exists in the chart', () => {
    const stack = newStack();
    const { vpc } = importedCluster(stack);
    const configuration = configurationOf({
      prefixDelegation: true, podSubnets: vpc.privateSubnets, securityGroupsForPods: true, networkPolicy: true, networkPolicyEventLogs: true,
    });
    // "env" takes every variable of the CNI; the chart lists those with a default
    expect(unknownKeys(configuration, referenceYaml(dir, 'values/aws-vpc-cni-1.23.0.values.yaml'), ['env'])).toEqual([]);
  });
});
