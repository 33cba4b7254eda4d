import { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { chartObjects, inlinePolicies, newStack, permissions, referenceYaml, releaseValues, unknownKeys, withHelm } from './fixtures';
import { Karpenter, KarpenterProps } from '../../src/addons/karpenter';
import { KarpenterNodePoolOptions } from '../../src/addons/karpenter-options';
import { CapacityType, NodeArchitecture, NodeRequirement } from '../../src/charts/node-requirement';
import { importedCluster, newCluster } from '../clusters';
import { describeWithReference } from '../reference';

let stack: Stack;
beforeEach(() => {
  stack = newStack();
});
const newKarpenter = (props: Partial<KarpenterProps> = {}) => new Karpenter(stack, 'Karpenter', { cluster: withHelm(newCluster(stack)), ...props });
const objectsOf = (options?: KarpenterNodePoolOptions) => {
  new Karpenter(stack, 'Karpenter', { cluster: withHelm(importedCluster(stack)) }).addNodePool('GeneralPurpose', options);
  const objects = chartObjects(Template.fromStack(stack));
  return { pool: objects.find(({ kind }) => kind === 'NodePool'), nodeClass: objects.find(({ kind }) => kind === 'EC2NodeClass') };
};

test('the definitions are a release of their own, installed before the controller', () => {
  newKarpenter();
  const template = Template.fromStack(stack);
  template.hasResourceProperties('Custom::EKSSlipway-HelmRelease', { Chart: 'karpenter-crd', Version: '1.14.1', Namespace: 'kube-system', Content: Match.absent() });
  template.hasResource('Custom::EKSSlipway-HelmRelease', {
    Properties: { Chart: 'karpenter', Version: '1.14.1', SkipCrds: 'true' },
    DependsOn: Match.arrayWith([
      Match.stringLikeRegexp('^KarpenterDefinitions'), Match.stringLikeRegexp('^KarpenterIdentityAssociation'), Match.stringLikeRegexp('^KarpenterIdentityRole'),
    ]),
  });
});

test('the controller knows cluster and queue, and does not need the DNS of the cluster', () => {
  newKarpenter();
  const values = releaseValues(Template.fromStack(stack), 'karpenter');
  expect(values).toMatchObject({
    settings: { clusterName: 'Stack-Cluster', interruptionQueue: expect.stringMatching(/^\$\{KarpenterInterruption.*QueueName\}$/) },
    dnsPolicy: 'Default',
    replicas: 2,
    serviceAccount: { name: 'karpenter', annotations: {} },
  });
  // the chart keeps it off its own nodes
  expect(values.affinity).toBeUndefined();
});

test('values of the user win, next to the others', () => {
  newKarpenter({ values: { settings: { featureGates: { nodeRepair: true } }, controller: { resources: { requests: { cpu: '250m' } } } } });
  expect(releaseValues(Template.fromStack(stack), 'karpenter')).toMatchObject({
    settings: { clusterName: 'Stack-Cluster', featureGates: { nodeRepair: true } },
    controller: { resources: { requests: { cpu: '250m', memory: '1Gi' }, limits: { memory: '1Gi' } } },
  });
});

test('interruptions reach a queue that takes them from EventBridge only, over TLS', () => {
  newKarpenter();
  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::SQS::Queue', { MessageRetentionPeriod: 300, SqsManagedSseEnabled: true });
  const [policy] = Object.values(template.findResources('AWS::SQS::QueuePolicy'));
  const [deny, ...allow] = policy.Properties.PolicyDocument.Statement;
  expect(deny).toMatchObject({ Effect: 'Deny', Action: 'sqs:*', Principal: { AWS: '*' }, Condition: { Bool: { 'aws:SecureTransport': 'false' } } });
  expect(allow).toHaveLength(5);
  for (const statement of allow) {
    expect(statement).toMatchObject({ Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Condition: { ArnEquals: { 'aws:SourceArn': expect.anything() } } });
    expect(statement.Action).toContain('sqs:SendMessage');
  }
});

test('nodes may join the cluster, pull images and be reached by SSM, and nothing else', () => {
  newKarpenter();
  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::EKS::AccessEntry', { Type: 'EC2_LINUX', PrincipalArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^KarpenterNodeRole'), 'Arn'] } });
  const [role] = Object.entries(template.findResources('AWS::IAM::Role')).filter(([id]) => id.startsWith('KarpenterNodeRole')).map(([, resource]) => resource);
  expect(role.Properties.ManagedPolicyArns.map((arn: any) => arn['Fn::Join'][1][2])).toEqual([
    ':iam::aws:policy/AmazonEKSWorkerNodePolicy', ':iam::aws:policy/AmazonEC2ContainerRegistryPullOnly', ':iam::aws:policy/AmazonSSMManagedInstanceCore',
  ]);
});

test('a pool is Linux on demand on x86 unless told otherwise, in a class with subnets and group by id', () => {
  const { pool, nodeClass } = objectsOf({ limits: { cpu: '100' } });
  expect(pool).toMatchObject({
    metadata: { name: 'general-purpose' },
    spec: {
      limits: { cpu: '100' },
      template: {
        spec: {
          nodeClassRef: { group: 'karpenter.k8s.aws', kind: 'EC2NodeClass', name: 'general-purpose' },
          requirements: [
            { key: 'karpenter.sh/capacity-type', operator: 'In', values: ['on-demand'] },
            { key: 'kubernetes.io/arch', operator: 'In', values: ['amd64'] },
            { key: 'kubernetes.io/os', operator: 'In', values: ['linux'] },
          ],
        },
      },
    },
  });
  expect(nodeClass).toMatchObject({
    metadata: { name: 'general-purpose' },
    spec: {
      role: expect.stringMatching(/^\$\{KarpenterNodeRole/),
      amiSelectorTerms: [{ alias: 'al2023@latest' }],
      subnetSelectorTerms: [{ id: 'subnet-3' }, { id: 'subnet-4' }],
      securityGroupSelectorTerms: [{ id: 'sg-cluster' }],
    },
  });
});

test('a requirement takes the place of the default for the same label', () => {
  const { pool } = objectsOf({
    architectures: [NodeArchitecture.ARM64],
    requirements: [NodeRequirement.capacityTypes(CapacityType.SPOT), NodeRequirement.instanceCategories('m')],
  });
  expect(pool.spec.template.spec.requirements.map(({ key, values }: any) => [key, ...values])).toEqual([
    ['kubernetes.io/arch', 'arm64'], ['kubernetes.io/os', 'linux'], ['karpenter.sh/capacity-type', 'spot'], ['karpenter.k8s.aws/instance-category', 'm'],
  ]);
});

test('a pool is delivered after controller and access of nodes, and so removed before them', () => {
  newKarpenter().addNodePool('General');
  const template = Template.fromStack(stack);
  template.hasResource('Custom::EKSSlipway-Chart', {
    DependsOn: Match.arrayWith([
      Match.stringLikeRegexp('^KarpenterNodeAccess'), Match.stringLikeRegexp('^KarpenterNodeRole'), Match.stringLikeRegexp('^KarpenterRelease'),
    ]),
  });
});

test('several pools can share a class', () => {
  const karpenter = newKarpenter();
  const nodeClassRef = karpenter.addNodeClass('Bottlerocket', { amiSelectorTerms: [{ alias: 'bottlerocket@latest' }], subnets: { subnetType: ec2.SubnetType.PUBLIC } });
  karpenter.addNodePool('Spot', { nodeClassRef, capacityTypes: [CapacityType.SPOT] });

  const template = Template.fromStack(stack);
  expect(chartObjects(template, 'KarpenterSpot').map(({ kind, spec }) => [kind, spec.template.spec.nodeClassRef.name])).toEqual([['NodePool', 'bottlerocket']]);
  const [nodeClass] = chartObjects(template, 'KarpenterBottlerocket');
  expect(nodeClass.spec.subnetSelectorTerms).toEqual([{ id: expect.stringContaining('PublicSubnet1') }, { id: expect.stringContaining('PublicSubnet2') }]);
});

test('contradictions are refused', () => {
  const karpenter = newKarpenter();
  expect(() => karpenter.addNodePool('A', { nodeClass: {}, nodeClassRef: { name: 'shared' } })).toThrow('"nodeClass" and "nodeClassRef" ("shared") are both given for pool "A"');
  expect(() => karpenter.addNodePool('B', { capacityTypes: [CapacityType.SPOT], requirements: [NodeRequirement.capacityTypes(CapacityType.ON_DEMAND)] }))
    .toThrow('"capacityTypes" is spot and "requirements" has "karpenter.sh/capacity-type" too: give one of them');
});

test('a cluster without a name that is known at synth is refused, with what to do', () => {
  const cluster = withHelm(new eks.Cluster(stack, 'Unnamed', { version: eks.KubernetesVersion.V1_34 }));
  expect(() => new Karpenter(stack, 'Karpenter', { cluster })).toThrow('give the cluster Stack/Unnamed a "clusterName"');
});

test('its policies fit into a role for the longest names', () => {
  const cluster = withHelm(eks.Cluster.fromClusterAttributes(stack, 'Long', { clusterName: 'x'.repeat(100), vpc: importedCluster(stack).vpc }));
  new Karpenter(stack, 'Karpenter', { cluster });
  const sizes = Object.values(inlinePolicies(Template.fromStack(stack), 'KarpenterIdentityRole')).map(policy => JSON.stringify(policy)
    .replaceAll('${AWS::Partition}', 'aws-us-gov').replaceAll('${AWS::Region}', 'ap-southeast-1').replaceAll('${AWS::AccountId}', '123456789012')
    .replaceAll(/\$\{\w+\.Arn\}/g, `arn:aws-us-gov:sqs:ap-southeast-1:123456789012:${'x'.repeat(80)}`).length);
  expect(sizes).toHaveLength(6);
  expect(Math.max(...sizes)).toBeLessThan(6_144);
  expect(sizes.reduce((sum, size) => sum + size)).toBeLessThan(8_200);
});

describeWithReference('compared with the project', dir => {
  const upstream = (policy: string) => {
    const names: Record<string, string> = { '${ClusterName}': 'Stack-Cluster', '${KarpenterNodeRole.Arn}': 'NODE_ROLE', '${KarpenterInterruptionQueue.Arn}': 'QUEUE' };
    return permissions(JSON.parse(Object.entries(names).reduce((json, [name, value]) => json.replaceAll(name, value),
      JSON.stringify(referenceYaml(dir, `iam/karpenter-v1.14.1/${policy}Policy.json`)))));
  };

  test('it may do what the project asks for, neither more nor less', () => {
    newKarpenter();
    const own = inlinePolicies(Template.fromStack(stack), 'KarpenterIdentityRole');
    expect(Object.keys(own).sort()).toEqual(['EKSIntegration', 'IAMIntegration', 'Interruption', 'NodeLifecycle', 'ResourceDiscovery', 'ZonalShift']);
    for (const [name, policy] of Object.entries(own)) {
      const document = JSON.parse(JSON.stringify(policy)
        .replaceAll(/\$\{KarpenterNodeRole\w+\.Arn\}/g, 'NODE_ROLE')
        .replaceAll(/\$\{KarpenterInterruption\w+\.Arn\}/g, 'QUEUE')
        .replaceAll(/\$\{Cluster\w+\.Arn\}/g, 'arn:${AWS::Partition}:eks:${AWS::Region}:${AWS::AccountId}:cluster/Stack-Cluster'));
      expect(permissions(document)).toEqual(upstream(name));
    }
  });

  test('the queue gets the events that the project asks for', () => {
    newKarpenter();
    const patterns = (values: any[]) => values.map(value => JSON.stringify([value.source, value['detail-type']])).sort();
    const own = Object.values(Template.fromStack(stack).findResources('AWS::Events::Rule')).map(rule => rule.Properties.EventPattern);
    expect(patterns(own)).toEqual(patterns(Object.values(referenceYaml(dir, 'iam/karpenter-v1.14.1/eventbridge-rules.json'))));
  });

  test('every value exists in the chart', () => {
    newKarpenter();
    expect(unknownKeys(releaseValues(Template.fromStack(stack), 'karpenter'), referenceYaml(dir, 'values/karpenter-1.14.1.values.yaml'))).toEqual([]);
  });
});
