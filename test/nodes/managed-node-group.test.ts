import { App, CfnResource, Duration, RemovalPolicy, Size, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as fc from 'fast-check';
import { BootstrapStage } from '../../src/delivery/bootstrap';
import { ManagedAddon } from '../../src/delivery/managed-addon';
import { ManagedNodeGroup, ManagedNodeGroupOptions, NodeUpdateStrategy } from '../../src/nodes/managed-node-group';
import { NodeAmi } from '../../src/nodes/node-ami';
import { NodeRepairAction } from '../../src/nodes/node-repair';
import { WarmPoolState } from '../../src/nodes/warm-pool';
import { importedCluster, newCluster } from '../clusters';

let stack: Stack;
let cluster: eks.Cluster;
beforeEach(() => {
  stack = new Stack(new App(), 'Stack');
  cluster = newCluster(stack);
});

const types = (...names: string[]) => names.map(name => new ec2.InstanceType(name));

function nodeGroup(options: Partial<ManagedNodeGroupOptions> = {}, id = 'Nodes'): ManagedNodeGroup {
  return new ManagedNodeGroup(stack, id, { cluster, instanceTypes: types('m7i.large'), ...options });
}

const template = () => Template.fromStack(stack);
const nodeGroupProperties = () => Object.values(template().findResources('AWS::EKS::Nodegroup'))[0].Properties;
const launchTemplateData = () => Object.values(template().findResources('AWS::EC2::LaunchTemplate'))[0].Properties.LaunchTemplateData;

/** The text of the user data: literal parts as they are, references as their JSON. */
function userData(): string {
  const text = launchTemplateData().UserData['Fn::Base64'];
  return typeof text === 'string' ? text : text['Fn::Join'][1].map((part: any) => typeof part === 'string' ? part : `<${JSON.stringify(part)}>`).join('');
}

describe('a node group with instance types alone', () => {
  test('has two nodes of Amazon Linux 2023 in the private subnets, with the cluster\'s version, repaired by EKS', () => {
    nodeGroup();
    const properties = nodeGroupProperties();
    expect(properties).toMatchObject({
      AmiType: 'AL2023_x86_64_STANDARD',
      InstanceTypes: ['m7i.large'],
      ScalingConfig: { MinSize: 2, MaxSize: 2, DesiredSize: 2 },
      Version: '1.34',
      NodeRepairConfig: { Enabled: true },
    });
    const privateSubnets = cluster.vpc.privateSubnets.map(subnet => stack.resolve(subnet.subnetId));
    expect(properties.Subnets).toEqual(privateSubnets);
    expect(Object.keys(properties).sort()).toEqual(
      ['AmiType', 'ClusterName', 'InstanceTypes', 'LaunchTemplate', 'NodeRepairConfig', 'NodeRole', 'ScalingConfig', 'Subnets', 'Version']);
  });

  test('serves IMDSv2 to the host alone, and encrypts a gp3 root volume', () => {
    nodeGroup();
    expect(launchTemplateData()).toEqual({
      MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 1 },
      BlockDeviceMappings: [{
        DeviceName: '/dev/xvda', Ebs: { Encrypted: true, VolumeType: 'gp3', VolumeSize: 50, DeleteOnTermination: true },
      }],
    });
  });

  test('follows its launch template, and keeps to it what EKS wants there', () => {
    nodeGroup();
    const properties = nodeGroupProperties();
    const [id] = Object.keys(template().findResources('AWS::EC2::LaunchTemplate'));
    expect(properties.LaunchTemplate).toEqual({ Id: { Ref: id }, Version: { 'Fn::GetAtt': [id, 'LatestVersionNumber'] } });
    expect(properties).not.toHaveProperty('DiskSize');
    expect(properties).not.toHaveProperty('RemoteAccess');
    expect(launchTemplateData()).not.toHaveProperty('InstanceType');
  });

  test('has a role that pulls images and knows the cluster, and nothing for the CNI', () => {
    nodeGroup();
    const role = template().findResources('AWS::IAM::Role', {
      Properties: { AssumeRolePolicyDocument: { Statement: [{ Principal: { Service: 'ec2.amazonaws.com' } }] } },
    });
    const policies = JSON.stringify(Object.values(role)[0].Properties.ManagedPolicyArns);
    expect(policies.match(/policy\/\w+/g)).toEqual(['policy/AmazonEKSWorkerNodePolicy', 'policy/AmazonEC2ContainerRegistryPullOnly']);
    expect(policies).toContain('AWS::Partition');
  });

  test('adds three resources', () => {
    const before = Object.keys(Template.fromStack(stack).toJSON().Resources).length;
    stack = new Stack(new App(), 'Stack');
    cluster = newCluster(stack);
    nodeGroup();
    expect(Object.keys(template().toJSON().Resources)).toHaveLength(before + 3);
  });
});

describe('order', () => {
  test('nodes start after networking, their role\'s policies and the way out; what needs capacity starts after them', () => {
    const nodes = nodeGroup();
    nodes.nodeRole.addToPrincipalPolicy(new iam.PolicyStatement({ actions: ['s3:ListAllMyBuckets'], resources: ['*'] }));
    new ManagedAddon(stack, 'Cni', { cluster, addonName: 'vpc-cni', after: BootstrapStage.CONTROL_PLANE, stage: BootstrapStage.NETWORKING });
    new ManagedAddon(stack, 'Dns', { cluster, addonName: 'coredns' });

    const resources = template().toJSON().Resources;
    const [nodesId] = Object.keys(resources).filter(id => resources[id].Type === 'AWS::EKS::Nodegroup');
    const addon = (name: string) => Object.keys(resources).find(id => resources[id].Properties?.AddonName === name)!;
    const waitsFor: string[] = resources[nodesId].DependsOn;
    expect(waitsFor).toContain(addon('vpc-cni'));
    expect(waitsFor).toContainEqual(expect.stringMatching(/^NodesNodeRoleDefaultPolicy/));
    expect(waitsFor.filter(id => resources[id].Type === 'AWS::EC2::Route')).toHaveLength(2);
    expect(resources[addon('coredns')].DependsOn).toContain(nodesId);
  });

  test('nodes without any networking add-on wait for the cluster', () => {
    nodeGroup();
    const [clusterId] = Object.keys(template().findResources('AWS::EKS::Cluster'));
    template().hasResource('AWS::EKS::Nodegroup', { DependsOn: Match.arrayWith([clusterId]) });
  });
});

describe('image and architecture', () => {
  test.each([
    ['m7i.large', 'AL2023_x86_64_STANDARD'],
    ['t4g.medium', 'AL2023_ARM_64_STANDARD'],
    ['c8gn.xlarge', 'AL2023_ARM_64_STANDARD'],
    ['u7i-12tb.224xlarge', 'AL2023_x86_64_STANDARD'],
    ['g6e.xlarge', 'AL2023_x86_64_NVIDIA'],
    ['p6-b200.48xlarge', 'AL2023_x86_64_NVIDIA'],
    ['p6e-gb200.36xlarge', 'AL2023_ARM_64_NVIDIA'],
    ['g5g.xlarge', 'AL2023_ARM_64_NVIDIA'],
    ['g4ad.xlarge', 'AL2023_x86_64_STANDARD'],
    ['inf2.xlarge', 'AL2023_x86_64_NEURON'],
    ['trn2.48xlarge', 'AL2023_x86_64_NEURON'],
  ])('%s gets %s', (name, amiType) => {
    nodeGroup({ instanceTypes: types(name) });
    expect(nodeGroupProperties().AmiType).toBe(amiType);
  });

  test('Bottlerocket keeps system and data on two encrypted volumes', () => {
    nodeGroup({ ami: NodeAmi.BOTTLEROCKET_X86_64, diskSize: Size.gibibytes(100) });
    expect(nodeGroupProperties().AmiType).toBe('BOTTLEROCKET_x86_64');
    expect(launchTemplateData().BlockDeviceMappings).toEqual([
      { DeviceName: '/dev/xvda', Ebs: { Encrypted: true, VolumeType: 'gp3', DeleteOnTermination: true } },
      { DeviceName: '/dev/xvdb', Ebs: { Encrypted: true, VolumeType: 'gp3', VolumeSize: 100, DeleteOnTermination: true } },
    ]);
  });

  test('Windows has its own root device', () => {
    nodeGroup({ ami: NodeAmi.WINDOWS_CORE_2022_X86_64 });
    expect(launchTemplateData().BlockDeviceMappings[0]).toMatchObject({ DeviceName: '/dev/sda1', Ebs: { VolumeSize: 50 } });
  });

  test('a GPU type with an image that has no drivers gets a warning', () => {
    nodeGroup({ instanceTypes: types('g6.xlarge'), ami: NodeAmi.AL2023_X86_64_STANDARD });
    Annotations.fromStack(stack).hasWarning('/Stack/Nodes', Match.stringLikeRegexp('no drivers for the accelerators of "g6.xlarge"'));
  });
});

describe('an image of yours', () => {
  test('made from Amazon Linux 2023 joins with a NodeConfig that has the cluster, labels and taints', () => {
    cluster = new eks.Cluster(stack, 'WithCidr', {
      version: eks.KubernetesVersion.V1_34, serviceIpv4Cidr: '10.200.0.0/16', defaultCapacityType: eks.DefaultCapacityType.NODEGROUP, defaultCapacity: 0,
    });
    nodeGroup({
      ami: NodeAmi.customAl2023('ami-0123456789abcdef0'), labels: { b: '2', a: '1' }, taints: [{ key: 'k', value: 'v', effect: eks.TaintEffect.NO_SCHEDULE }], maxPods: 20,
    });
    const config = JSON.parse(userData().split('\n').find(line => line.startsWith('{'))!.replace(/<(.*?)>/g, (_, ref) => JSON.stringify(ref).slice(1, -1)));
    expect(config).toEqual({
      apiVersion: 'node.eks.aws/v1alpha1',
      kind: 'NodeConfig',
      spec: {
        cluster: {
          name: expect.stringContaining('Ref'),
          apiServerEndpoint: expect.stringContaining('Endpoint'),
          certificateAuthority: expect.stringContaining('CertificateAuthorityData'),
          cidr: '10.200.0.0/16',
        },
        kubelet: { flags: ['--max-pods=20', '--node-labels=a=1,b=2', '--register-with-taints=k=v:NoSchedule'] },
      },
    });
    expect(launchTemplateData().ImageId).toBe('ami-0123456789abcdef0');
    for (const property of ['AmiType', 'Version', 'ReleaseVersion']) {
      expect(nodeGroupProperties()).not.toHaveProperty(property);
    }
  });

  test('made from Bottlerocket joins with the cluster\'s settings', () => {
    nodeGroup({
      ami: NodeAmi.customBottlerocket('ami-0123456789abcdef0'),
      labels: { 'team.example/name': 'a' },
      taints: [{ key: 'k', effect: eks.TaintEffect.NO_SCHEDULE }, { key: 'k', effect: eks.TaintEffect.NO_EXECUTE }],
    });
    expect(userData().replace(/<.*?>/g, 'REF')).toBe([
      '[settings.kubernetes]', 'api-server = "REF"', 'cluster-certificate = "REF"', 'cluster-name = "REF"',
      '[settings.kubernetes.node-labels]', '"team.example/name" = "a"',
      '[settings.kubernetes.node-taints]', 'k = [":NoSchedule", ":NoExecute"]',
    ].join('\n'));
  });

  test('of any other make joins with the user data that comes with it', () => {
    nodeGroup({ ami: NodeAmi.custom('ami-0123456789abcdef0', { rootDevice: '/dev/sda1' }), userData: ec2.UserData.custom('join me') });
    expect(userData()).toBe('join me');
    expect(launchTemplateData().BlockDeviceMappings[0].DeviceName).toBe('/dev/sda1');
  });
});

describe('what nodes do at their start', () => {
  test('Amazon Linux 2023 runs commands and takes a kubelet configuration; the number of pods is a flag, which EKS does not override', () => {
    nodeGroup({ preBootstrapCommands: ['echo hello'], kubeletConfig: { shutdownGracePeriod: '30s' }, maxPods: 110 });
    expect(userData()).toBe(`MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="NODE"

--NODE
Content-Type: text/x-shellscript; charset="us-ascii"

#!/bin/bash
set -e
echo hello

--NODE
Content-Type: application/node.eks.aws

{"apiVersion":"node.eks.aws/v1alpha1","kind":"NodeConfig","spec":{"kubelet":{"config":{"shutdownGracePeriod":"30s"},"flags":["--max-pods=110"]}}}

--NODE--
`);
  });

  test('Bottlerocket takes settings, and those of the user win', () => {
    nodeGroup({
      ami: NodeAmi.BOTTLEROCKET_X86_64, maxPods: 10, bottlerocketSettings: { motd: 'hello', kubernetes: { 'max-pods': 20, 'system-reserved': { cpu: '10m' } } },
    });
    expect(userData()).toBe(
      '[settings]\nmotd = "hello"\n[settings.kubernetes]\nmax-pods = 20\n[settings.kubernetes.system-reserved]\ncpu = "10m"');
  });

  test('Windows runs PowerShell', () => {
    nodeGroup({ ami: NodeAmi.WINDOWS_CORE_2025_X86_64, preBootstrapCommands: ['Write-Host hello'] });
    expect(userData()).toBe('<powershell>\nWrite-Host hello\n</powershell>');
  });
});

describe('props', () => {
  test('arrive at the node group', () => {
    nodeGroup({
      nodeGroupName: 'system',
      capacityType: eks.CapacityType.SPOT,
      instanceTypes: types('m7i.large', 'm6i.large'),
      minSize: 1,
      maxSize: 5,
      desiredSize: 3,
      labels: { b: '2', a: '1' },
      taints: [{ key: 'CriticalAddonsOnly', effect: eks.TaintEffect.NO_SCHEDULE, value: '' }],
      version: eks.KubernetesVersion.V1_33,
      releaseVersion: '1.33.2-20260105',
      forceUpdate: true,
      maxUnavailablePercentage: 33,
      updateStrategy: NodeUpdateStrategy.MINIMAL,
      nodeRepair: {
        maxUnhealthyNodeThresholdPercentage: 10,
        maxParallelNodesRepairedCount: 2,
        overrides: [{
          nodeMonitoringCondition: 'AcceleratedHardwareReady',
          nodeUnhealthyReason: 'NvidiaXID31Error',
          minRepairWaitTime: Duration.minutes(15),
          repairAction: NodeRepairAction.NO_ACTION,
        }],
      },
    });
    const properties = nodeGroupProperties();
    expect(properties).toMatchObject({
      NodegroupName: 'system',
      CapacityType: 'SPOT',
      InstanceTypes: ['m7i.large', 'm6i.large'],
      ScalingConfig: { MinSize: 1, MaxSize: 5, DesiredSize: 3 },
      Taints: [{ Key: 'CriticalAddonsOnly', Effect: 'NO_SCHEDULE' }],
      Version: '1.33',
      ReleaseVersion: '1.33.2-20260105',
      ForceUpdateEnabled: true,
      UpdateConfig: { MaxUnavailablePercentage: 33, UpdateStrategy: 'MINIMAL' },
      NodeRepairConfig: {
        Enabled: true,
        MaxUnhealthyNodeThresholdPercentage: 10,
        MaxParallelNodesRepairedCount: 2,
        NodeRepairConfigOverrides: [{
          NodeMonitoringCondition: 'AcceleratedHardwareReady', NodeUnhealthyReason: 'NvidiaXID31Error', MinRepairWaitTimeMins: 15, RepairAction: 'NoAction',
        }],
      },
    });
    expect(properties.Taints[0]).not.toHaveProperty('Value');
    expect(JSON.stringify(properties.Labels)).toBe('{"a":"1","b":"2"}');
  });

  test('a group that is autoscaled leaves the number of nodes to the autoscaler', () => {
    nodeGroup({ minSize: 1, maxSize: 10, autoscaled: true });
    expect(nodeGroupProperties().ScalingConfig).toEqual({ MinSize: 1, MaxSize: 10 });
  });

  test('a warm pool is kept by EKS, and taken away by saying so', () => {
    nodeGroup({ warmPool: { minSize: 1, poolState: WarmPoolState.RUNNING, reuseOnScaleIn: true } });
    nodeGroup({ warmPool: { enabled: false } }, 'Without');
    template().hasResourceProperties('AWS::EKS::Nodegroup', { WarmPoolConfig: { Enabled: true, MinSize: 1, PoolState: 'RUNNING', ReuseOnScaleIn: true } });
    template().hasResourceProperties('AWS::EKS::Nodegroup', { WarmPoolConfig: { Enabled: false } });
  });

  test('tags reach the node group, the instances and the volumes', () => {
    nodeGroup({ tags: { team: 'a', cost: 'b' } });
    const tags = [{ Key: 'cost', Value: 'b' }, { Key: 'team', Value: 'a' }];
    expect(nodeGroupProperties().Tags).toEqual({ cost: 'b', team: 'a' });
    expect(launchTemplateData().TagSpecifications).toEqual([{ ResourceType: 'instance', Tags: tags }, { ResourceType: 'volume', Tags: tags }]);
  });

  test('a key of this app encrypts the volumes and lets EC2 do so in this account', () => {
    const key = new kms.Key(stack, 'Key');
    nodeGroup({ diskEncryptionKey: key });
    nodeGroup({ diskEncryptionKey: key }, 'More');
    const statements = Object.values(template().findResources('AWS::KMS::Key'))[0].Properties.KeyPolicy.Statement;
    expect(statements).toHaveLength(2);
    expect(statements[1]).toMatchObject({
      Action: expect.arrayContaining(['kms:CreateGrant', 'kms:Decrypt']),
      Condition: { StringEquals: { 'kms:CallerAccount': { Ref: 'AWS::AccountId' }, 'kms:ViaService': expect.anything() } },
    });
    expect(launchTemplateData().BlockDeviceMappings[0].Ebs.KmsKeyId).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^Key/), 'Arn'] });
  });

  test('security groups come with that of the cluster, and both are the node group\'s connections', () => {
    const more = new ec2.SecurityGroup(stack, 'More', { vpc: cluster.vpc });
    const nodes = nodeGroup({ securityGroups: [more] });
    expect(launchTemplateData().SecurityGroupIds).toEqual([
      { 'Fn::GetAtt': [expect.stringMatching(/^Cluster/), 'ClusterSecurityGroupId'] }, { 'Fn::GetAtt': [expect.stringMatching(/^More/), 'GroupId'] },
    ]);
    expect(nodes.connections.securityGroups).toHaveLength(2);
  });

  test('pods can be let at the metadata service, instances at Session Manager, metrics at every minute', () => {
    nodeGroup({ metadataHopLimit: 2, sessionManager: true, detailedMonitoring: true });
    expect(launchTemplateData()).toMatchObject({ MetadataOptions: { HttpPutResponseHopLimit: 2 }, Monitoring: { Enabled: true } });
    expect(JSON.stringify(template().findResources('AWS::IAM::Role'))).toContain('AmazonSSMManagedInstanceCore');
  });

  test('a role that exists is used as it is', () => {
    nodeGroup({ nodeRole: iam.Role.fromRoleName(stack, 'Existing', 'nodes') });
    expect(JSON.stringify(nodeGroupProperties().NodeRole)).toContain(':role/nodes');
    expect(JSON.stringify(template().toJSON())).not.toContain('AmazonEKSWorkerNodePolicy');
  });

  test('what is retained is retained whole', () => {
    nodeGroup({ removalPolicy: RemovalPolicy.RETAIN });
    const retained = Object.values<any>(template().toJSON().Resources).filter(resource => resource.DeletionPolicy === 'Retain').map(resource => resource.Type);
    expect(retained.sort()).toEqual(['AWS::EC2::LaunchTemplate', 'AWS::EKS::Nodegroup', 'AWS::IAM::Role']);
  });

  test('a capacity block has its type, market and reservation in the launch template, where EKS wants them', () => {
    nodeGroup({
      capacityType: eks.CapacityType.CAPACITY_BLOCK,
      capacityReservationId: 'cr-0123456789abcdef0',
      instanceTypes: types('p5.48xlarge'),
      minSize: 0,
      subnets: { subnets: [cluster.vpc.privateSubnets[0]] },
    });
    expect(launchTemplateData()).toMatchObject({
      InstanceType: 'p5.48xlarge',
      InstanceMarketOptions: { MarketType: 'capacity-block' },
      CapacityReservationSpecification: { CapacityReservationTarget: { CapacityReservationId: 'cr-0123456789abcdef0' } },
    });
    expect(nodeGroupProperties()).not.toHaveProperty('InstanceTypes');
    expect(nodeGroupProperties().ScalingConfig).toEqual({ MinSize: 0, MaxSize: 1, DesiredSize: 0 });
  });

  test('Spot with a single instance type gets a warning', () => {
    nodeGroup({ capacityType: eks.CapacityType.SPOT });
    Annotations.fromStack(stack).hasWarning('/Stack/Nodes', Match.stringLikeRegexp('"m7i.large" alone'));
  });
});

describe('clusters elsewhere', () => {
  test('an imported cluster gets nodes in its VPC, of the version it has when they are made', () => {
    stack = new Stack(new App(), 'Other');
    new ManagedNodeGroup(stack, 'Nodes', { cluster: importedCluster(stack), instanceTypes: types('m7g.large') });
    expect(nodeGroupProperties()).toMatchObject({ ClusterName: 'existing', Subnets: ['subnet-3', 'subnet-4'] });
    expect(nodeGroupProperties()).not.toHaveProperty('Version');
  });

  test('a cluster of another stack of the app gets nodes from this one', () => {
    const other = new Stack(stack.node.root, 'Other');
    new ManagedNodeGroup(other, 'Nodes', { cluster, instanceTypes: types('m7g.large') });
    Template.fromStack(other).hasResourceProperties('AWS::EKS::Nodegroup', { ClusterName: { 'Fn::ImportValue': Match.anyValue() }, Version: '1.34' });
  });

  test('an imported cluster without its VPC is refused with what to do', () => {
    const bare = eks.Cluster.fromClusterAttributes(stack, 'Bare', { clusterName: 'bare' });
    expect(() => new ManagedNodeGroup(stack, 'Nodes', { cluster: bare, instanceTypes: types('m7g.large') }))
      .toThrow('"cluster" is Stack/Bare, imported without "vpc": give it to eks.Cluster.fromClusterAttributes()');
  });
});

const taint = (key: string, value?: string) => ({ key, value, effect: eks.TaintEffect.NO_SCHEDULE });
const customAmi = NodeAmi.customAl2023('ami-0123456789abcdef0');

test.each<[string, Partial<ManagedNodeGroupOptions>, string]>([
  ['a maximum below the minimum', { minSize: 3, maxSize: 2 }, '"maxSize" is 2 but "minSize" is 3: give a "maxSize" of at least 3'],
  ['a desired size above the maximum', { desiredSize: 4, maxSize: 2 }, '"maxSize" is 2 but "desiredSize" is 4'],
  ['a desired size below the minimum', { desiredSize: 1, minSize: 2 }, '"desiredSize" is 1 but "minSize" is 2: give a "desiredSize" of at least 2'],
  ['a maximum of zero', { minSize: 0, maxSize: 0 }, '"maxSize" is 0: give a whole number of at least 1'],
  ['half a node', { minSize: 0.5 }, '"minSize" is 0.5: give a whole number of at least 0'],
  ['a desired size that an autoscaler owns', { desiredSize: 2, autoscaled: true }, '"desiredSize" is 2 and "autoscaled" is true: leave one out'],
  ['no instance types', { instanceTypes: [] }, '"instanceTypes" has 0 types: give 1 to 20'],
  ['an instance type twice', { instanceTypes: types('m7i.large', 'm7i.large') }, '"instanceTypes" has "m7i.large" twice'],
  ['two architectures', { instanceTypes: types('m7i.large', 'm7g.large') }, '"instanceTypes" has "m7g.large" (arm64) and "m7i.large" (x86_64): give types of one architecture'],
  ['accelerators beside none', { instanceTypes: types('g6.xlarge', 'm7i.large') }, 'some with accelerators and some without'],
  ['an image of another architecture', { ami: NodeAmi.BOTTLEROCKET_ARM_64 }, '"ami" is BOTTLEROCKET_ARM_64 for arm64 but "instanceTypes" has "m7i.large" of x86_64'],
  ['Windows on Graviton', { ami: NodeAmi.WINDOWS_CORE_2022_X86_64, instanceTypes: types('m7g.large') }, '"ami" is WINDOWS_CORE_2022_x86_64 for x86_64'],
  ['Windows on old types', { ami: NodeAmi.WINDOWS_CORE_2022_X86_64, instanceTypes: types('m6a.large') }, '"m6a.large", which cannot run Windows nodes'],
  ['an NVIDIA image without a GPU', { ami: NodeAmi.AL2023_X86_64_NVIDIA }, '"ami" is AL2023_x86_64_NVIDIA but "instanceTypes" has "m7i.large", which has no such accelerator'],
  ['an NVIDIA image for Neuron', { ami: NodeAmi.AL2023_X86_64_NVIDIA, instanceTypes: types('inf2.xlarge') }, '"inf2.xlarge", which has no such accelerator'],
  ['a name with blanks', { nodeGroupName: 'my nodes' }, '"nodeGroupName" is "my nodes": give at most 63 letters'],
  ['a name of 64 characters', { nodeGroupName: 'n'.repeat(64) }, 'give at most 63 letters'],
  ['a label of EKS', { labels: { 'eks.amazonaws.com/nodegroup': 'x' } }, '"labels" has "eks.amazonaws.com/nodegroup": EKS and the kubelet keep the domain'],
  ['a role as a label', { labels: { 'node-role.kubernetes.io/worker': 'x' } }, '"labels" has "node-role.kubernetes.io/worker"'],
  ['a label with a blank', { labels: { team: 'a b' } }, '"labels.team" is "a b": give at most 63 letters'],
  ['a taint without effect', { taints: [{ key: 'a' }] }, '"taints[0]" has no "effect"'],
  ['a taint without key', { taints: [{ effect: eks.TaintEffect.NO_EXECUTE }] }, '"taints[0]" has no "key"'],
  ['a taint twice', { taints: [taint('a', '1'), taint('a', '2')] }, '"taints" has "a" with NO_SCHEDULE twice'],
  ['a taint with a bad value', { taints: [taint('a', 'b c')] }, '"taints[0].value" is "b c"'],
  ['fifty-one taints', { taints: Array.from({ length: 51 }, (_, i) => taint(`t${i}`)) }, '"taints" has 51 taints: give at most 50'],
  ['number and percentage for updates', { maxUnavailable: 1, maxUnavailablePercentage: 10 }, '"maxUnavailable" is 1 and "maxUnavailablePercentage" is 10: give one of them'],
  ['more than all', { maxUnavailablePercentage: 101 }, '"maxUnavailablePercentage" is 101: give a whole number from 1 to 100'],
  ['nothing to update', { maxUnavailable: 0 }, '"maxUnavailable" is 0: give a whole number from 1 to 100'],
  ['two limits of repair', { nodeRepair: { maxParallelNodesRepairedCount: 1, maxParallelNodesRepairedPercentage: 1 } }, 'give one of them'],
  ['repair after half a minute', {
    nodeRepair: {
      overrides: [{ nodeMonitoringCondition: 'c', nodeUnhealthyReason: 'r', minRepairWaitTime: Duration.seconds(30), repairAction: NodeRepairAction.REBOOT }],
    },
  }, '"nodeRepair.overrides[0].minRepairWaitTime" is 0.5 minutes: give whole minutes of at least 1'],
  ['a warm pool of Spot Instances', { warmPool: {}, capacityType: eks.CapacityType.SPOT }, '"warmPool" is given with "capacityType" SPOT'],
  ['a warm pool of images of yours', { warmPool: {}, ami: customAmi }, '"warmPool" is given with an image of yours'],
  ['a hibernated Bottlerocket', { ami: NodeAmi.BOTTLEROCKET_X86_64, warmPool: { poolState: WarmPoolState.HIBERNATED } }, '"warmPool.poolState" is HIBERNATED'],
  ['a reused Bottlerocket', { ami: NodeAmi.BOTTLEROCKET_X86_64, warmPool: { reuseOnScaleIn: true } }, '"warmPool.reuseOnScaleIn" is true'],
  ['a warm pool with more than all', { warmPool: { minSize: 5, maxGroupPreparedCapacity: 4 } }, '"warmPool.maxGroupPreparedCapacity" is 4 but "warmPool.minSize" is 5'],
  ['a small disk', { diskSize: Size.gibibytes(10) }, '"diskSize" is 10 GiB: give whole GiB from 20 to 65536'],
  ['a small disk for Windows', { ami: NodeAmi.WINDOWS_FULL_2025_X86_64, diskSize: Size.gibibytes(49) }, '"diskSize" is 49 GiB: give whole GiB from 50'],
  ['nodes newer than the cluster', { version: eks.KubernetesVersion.of('1.35') }, '"version" is 1.35 but the cluster has 1.34: nodes cannot be newer'],
  ['nodes much older than the cluster', { version: eks.KubernetesVersion.of('1.30') }, 'nodes can be three minor versions older at most, give 1.31 or newer'],
  ['a release of another version', { releaseVersion: '1.33.1-20260101' }, '"releaseVersion" is "1.33.1-20260101" but the nodes\' version is 1.34'],
  ['a release that is none', { releaseVersion: 'latest' }, '"releaseVersion" is "latest": give the release of an image'],
  ['a version of an image of yours', { ami: customAmi, version: eks.KubernetesVersion.V1_34 }, '"version" is given with an image of yours'],
  ['an image of yours without the service CIDR', { ami: customAmi }, '"serviceCidr" is missing'],
  ['an image of yours without user data', { ami: NodeAmi.custom('ami-0123456789abcdef0') }, '"userData" is missing for NodeAmi.custom()'],
  ['user data in two ways', { userData: ec2.UserData.custom('x'), maxPods: 10 }, '"maxPods" is given together with "userData"'],
  ['Bottlerocket\'s settings elsewhere', { bottlerocketSettings: {} }, '"bottlerocketSettings" is given, which nodes with the image AL2023_x86_64_STANDARD do not understand'],
  ['commands for Bottlerocket', { ami: NodeAmi.BOTTLEROCKET_X86_64, preBootstrapCommands: ['x'] }, '"preBootstrapCommands" is given, which nodes'],
  ['no pods', { maxPods: 0 }, '"maxPods" is 0: give a whole number of at least 1'],
  ['65 hops', { metadataHopLimit: 65 }, '"metadataHopLimit" is 65: give a whole number from 1 to 64'],
  ['a tag of AWS', { tags: { 'aws:x': 'y' } }, '"tags" has "aws:x"'],
  ['a capacity block without its id', { capacityType: eks.CapacityType.CAPACITY_BLOCK }, '"capacityReservationId" is missing'],
  ['a capacity block over zones', { capacityType: eks.CapacityType.CAPACITY_BLOCK, capacityReservationId: 'cr-1' }, '"subnets" selects 2 zones'],
  ['a capacity block of two types', {
    capacityType: eks.CapacityType.CAPACITY_BLOCK, capacityReservationId: 'cr-1', instanceTypes: types('p5.48xlarge', 'p5en.48xlarge'),
  }, 'has a single type: give the type of the block'],
  ['Spot in a reservation', { capacityType: eks.CapacityType.SPOT, capacityReservationId: 'cr-1' }, 'Spot Instances are not launched in reservations'],
  ['a reservation of no form', { capacityReservationId: 'block' }, '"capacityReservationId" is "block"'],
])('%s is refused, and nothing is made', (_, options, message) => {
  expect(() => nodeGroup(options)).toThrow(message);
  expect(stack.node.tryFindChild('Nodes')?.node.findAll().filter(CfnResource.isCfnResource)).toEqual([]);
});

test('an image id of no form is refused', () => {
  expect(() => NodeAmi.custom('my-image')).toThrow('"imageId" is "my-image": give the id of an image');
  expect(() => NodeAmi.of('AL2_x86_64')).toThrow('"amiType" is "AL2_x86_64": give a type of the EKS API that begins with AL2023, BOTTLEROCKET or WINDOWS');
});

describe('properties that hold for all values', () => {
  const size = fc.option(fc.integer({ min: 0, max: 6 }), { nil: undefined });

  test('sizes are either refused or in order, with those given unchanged', () => {
    let id = 0;
    fc.assert(fc.property(size, size, size, (minSize, maxSize, desiredSize) => {
      const inOrder = maxSize !== 0 && (minSize ?? 2) <= (desiredSize ?? minSize ?? 2)
        && Math.max(minSize ?? 2, desiredSize ?? 0) <= (maxSize ?? Infinity);
      const make = () => nodeGroup({ minSize, maxSize, desiredSize }, `Nodes${id++}`);
      if (!inOrder) {
        expect(make).toThrow(/^"(minSize|maxSize|desiredSize)" is \d/);
        return;
      }
      const { scalingConfig } = make().node.defaultChild as any;
      expect(scalingConfig.minSize).toBe(minSize ?? 2);
      expect(scalingConfig.minSize).toBeLessThanOrEqual(scalingConfig.desiredSize);
      expect(scalingConfig.desiredSize).toBeLessThanOrEqual(scalingConfig.maxSize);
      expect(scalingConfig.maxSize).toBe(maxSize ?? scalingConfig.maxSize);
      expect(scalingConfig.maxSize).toBeGreaterThan(0);
    }), { numRuns: 200 });
  });

  test('taints are kept as given, or refused when a pair of key and effect comes twice', () => {
    let id = 0;
    const anyTaint = fc.record({ key: fc.constantFrom('a', 'b', 'c.d/e'), effect: fc.constantFrom(...Object.values(eks.TaintEffect)), value: fc.constantFrom('x', 'y') });
    fc.assert(fc.property(fc.array(anyTaint, { maxLength: 5 }), taints => {
      const unique = new Set(taints.map(({ key, effect }) => `${key} ${effect}`)).size === taints.length;
      const make = () => nodeGroup({ taints }, `Nodes${id++}`);
      if (unique) {
        expect((make().node.defaultChild as any).taints ?? []).toEqual(taints);
      } else {
        expect(make).toThrow(/^"taints" has ".*" with .* twice/);
      }
    }), { numRuns: 100 });
  });
});
