import { App, Duration, RemovalPolicy, Size, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { SpotAllocationStrategy } from 'aws-cdk-lib/aws-autoscaling';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as fc from 'fast-check';
import { BootstrapStage } from '../../src/delivery/bootstrap';
import { ManagedAddon } from '../../src/delivery/managed-addon';
import { NodeAmi } from '../../src/nodes/node-ami';
import { SelfManagedNodeGroup, SelfManagedNodeGroupOptions } from '../../src/nodes/self-managed-node-group';
import { markInstalled } from '../../src/private/installed';
import { text } from '../addons/fixtures';
import { importedCluster, newCluster } from '../clusters';
import { nodeConfig, parts } from './user-data';

let stack: Stack;
let cluster: eks.Cluster;
beforeEach(() => {
  stack = new Stack(new App(), 'Stack');
  cluster = newCluster(stack);
});

const types = (...names: string[]) => names.map(name => new ec2.InstanceType(name));
const nodeGroup = (options: Partial<SelfManagedNodeGroupOptions> = {}, id = 'Nodes') =>
  new SelfManagedNodeGroup(stack, id, { cluster, instanceTypes: types('m7i.large'), serviceCidr: '10.100.0.0/16', ...options });

const template = () => Template.fromStack(stack);
const the = (type: string) => Object.values(template().findResources(type))[0];
const group = () => the('AWS::AutoScaling::AutoScalingGroup');
const launchTemplateData = () => the('AWS::EC2::LaunchTemplate').Properties.LaunchTemplateData;
const tags = () => Object.fromEntries(group().Properties.Tags
  .map(({ Key, Value, PropagateAtLaunch }: any) => [text(Key), [text(Value), PropagateAtLaunch]]));

describe('a group with instance types alone', () => {
  test('has two nodes of Amazon Linux 2023 on demand, in the private subnets', () => {
    nodeGroup();
    expect(group().Properties).toMatchObject({
      MinSize: '2', MaxSize: '2', DesiredCapacity: '2',
      VPCZoneIdentifier: cluster.vpc.privateSubnets.map(subnet => stack.resolve(subnet.subnetId)),
      MixedInstancesPolicy: {
        LaunchTemplate: { Overrides: [{ InstanceType: 'm7i.large' }] },
        InstancesDistribution: { OnDemandPercentageAboveBaseCapacity: 100, OnDemandBaseCapacity: 0 },
      },
    });
    expect(launchTemplateData().ImageId)
      .toBe('{{resolve:ssm:/aws/service/eks/optimized-ami/1.34/amazon-linux-2023/x86_64/standard/recommended/image_id}}');
  });

  test('serves IMDSv2 to the host alone, and encrypts a gp3 root volume', () => {
    nodeGroup();
    expect(launchTemplateData()).toMatchObject({
      MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 1 },
      BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { Encrypted: true, VolumeType: 'gp3', VolumeSize: 50, DeleteOnTermination: true } }],
    });
  });

  test('has the cluster\'s security group, and a role that may join the cluster and no more', () => {
    nodeGroup();
    expect(launchTemplateData().SecurityGroupIds).toEqual([stack.resolve(cluster.clusterSecurityGroupId)]);
    const [[id, role]] = Object.entries(template().findResources('AWS::IAM::Role')).filter(([name]) => name.startsWith('Nodes'));
    expect(role.Properties.AssumeRolePolicyDocument.Statement[0].Principal).toEqual({ Service: 'ec2.amazonaws.com' });
    expect(text(role.Properties.ManagedPolicyArns).map((arn: string) => arn.split('/').pop())).toEqual(['AmazonEKSWorkerNodePolicy', 'AmazonEC2ContainerRegistryPullOnly']);
    expect(the('AWS::EKS::AccessEntry').Properties).toMatchObject({ Type: 'EC2_LINUX', PrincipalArn: { 'Fn::GetAtt': [id, 'Arn'] } });
    expect(the('AWS::IAM::InstanceProfile').Properties.Roles).toEqual([{ Ref: id }]);
    expect(launchTemplateData().IamInstanceProfile.Arn['Fn::GetAtt'][1]).toBe('Arn');
  });

  test('is known as the cluster\'s to EKS and the termination handler, and not to Cluster Autoscaler', () => {
    nodeGroup();
    expect(tags()).toEqual({
      [`kubernetes.io/cluster/${text(stack.resolve(cluster.clusterName))}`]: ['owned', true],
      [`aws-node-termination-handler/${text(stack.resolve(cluster.clusterName))}`]: ['managed', true],
    });
  });
});

describe('the place in the order', () => {
  test('nodes come after the network and their access entry, and before what runs on them', () => {
    new ManagedAddon(stack, 'Cni', { cluster, addonName: 'vpc-cni', after: BootstrapStage.CONTROL_PLANE, stage: BootstrapStage.NETWORKING });
    nodeGroup();
    new ManagedAddon(stack, 'Dns', { cluster, addonName: 'coredns' });
    expect(group().DependsOn).toEqual(expect.arrayContaining([
      expect.stringMatching(/^Cni/), expect.stringMatching(/^NodesAccess/), expect.stringMatching(/^NodesNodeRole/), expect.stringMatching(/NATGateway|DefaultRoute/),
    ]));
    template().hasResource('AWS::EKS::Addon', { Properties: { AddonName: 'coredns' }, DependsOn: Match.arrayWith([Match.stringLikeRegexp('^Nodes')]) });
  });

  test('the drain of a teardown waits for them, so that they are there while it empties the cluster', () => {
    nodeGroup();
    new ManagedAddon(stack, 'Drain', { cluster, addonName: 'stands-for-it', after: BootstrapStage.CAPACITY });
    template().hasResource('AWS::EKS::Addon', { Properties: { AddonName: 'stands-for-it' }, DependsOn: Match.arrayWith([Match.stringLikeRegexp('^Nodes')]) });
  });
});

describe('user data', () => {
  const JOIN = { apiVersion: 'node.eks.aws/v1alpha1', kind: 'NodeConfig' };
  const config = () => nodeConfig(launchTemplateData());

  test('is a NodeConfig with all that nodeadm needs to join', () => {
    nodeGroup();
    expect(config()).toEqual({
      ...JOIN,
      spec: {
        cluster: {
          name: text(stack.resolve(cluster.clusterName)),
          apiServerEndpoint: text(stack.resolve(cluster.clusterEndpoint)),
          certificateAuthority: text(stack.resolve(cluster.clusterCertificateAuthorityData)),
          cidr: '10.100.0.0/16',
        },
      },
    });
  });

  test('gives nodes their labels and taints before any pod comes', () => {
    nodeGroup({
      labels: { 'team': 'shop', 'example.com/disk': 'fast' },
      taints: [{ key: 'dedicated', value: 'shop', effect: eks.TaintEffect.NO_SCHEDULE }],
      maxPods: 40,
      kubeletConfig: { podsPerCore: 10 },
      preBootstrapCommands: ['sysctl -w vm.max_map_count=262144'],
    });
    expect(config().spec.kubelet).toEqual({
      config: { podsPerCore: 10 },
      flags: ['--max-pods=40', '--node-labels=example.com/disk=fast,team=shop', '--register-with-taints=dedicated=shop:NoSchedule'],
    });
    expect(parts(launchTemplateData())[0]).toMatchObject({ type: 'text/x-shellscript', body: expect.stringContaining('vm.max_map_count') });
  });

  test('says so where the cluster\'s service CIDR is not known', () => {
    expect(() => nodeGroup({ serviceCidr: undefined })).toThrow('"serviceCidr" is missing: nodes that EKS does not launch must be told');
    expect(() => nodeGroup({ serviceCidr: undefined, ami: NodeAmi.BOTTLEROCKET_X86_64 }, 'Bottlerocket')).not.toThrow();
  });

  test('of Bottlerocket is settings with which it joins', () => {
    nodeGroup({ ami: NodeAmi.BOTTLEROCKET_X86_64, serviceCidr: undefined, labels: { team: 'shop' } });
    const toml = text(launchTemplateData().UserData['Fn::Base64']);
    expect(toml).toMatch(/\[settings\.kubernetes\][^]*cluster-name = /);
    expect(toml).toContain('team = "shop"');
    expect(launchTemplateData().BlockDeviceMappings).toHaveLength(2);
  });

  test('whatever the labels and commands, each part decodes to what was given', () => {
    const label = fc.stringMatching(/^[a-z]([a-z0-9-]{0,20}[a-z0-9])?$/);
    const command = fc.string({ minLength: 1, maxLength: 40 });
    fc.assert(fc.property(fc.dictionary(label, label, { maxKeys: 4 }), fc.array(command, { maxLength: 3 }), (labels, commands) => {
      stack = new Stack(new App(), 'Stack');
      cluster = newCluster(stack);
      nodeGroup({ labels, preBootstrapCommands: commands.map(line => line.replace(/--NODE|\$\{/g, '')) });
      const flags = config().spec.kubelet?.flags ?? [];
      const given = flags.find(flag => flag.startsWith('--node-labels='))?.slice('--node-labels='.length).split(',') ?? [];
      expect(Object.fromEntries(given.map(pair => pair.split('=')))).toEqual({ ...labels });
    }), { numRuns: 15 });
  });
});

describe('images', () => {
  const image = (options: Partial<SelfManagedNodeGroupOptions>) => {
    nodeGroup(options);
    return launchTemplateData().ImageId;
  };

  test.each([
    [types('m7g.large'), 'amazon-linux-2023/arm64/standard/recommended'],
    [types('g6.xlarge'), 'amazon-linux-2023/x86_64/nvidia/recommended'],
    [types('trn1.2xlarge'), 'amazon-linux-2023/x86_64/neuron/recommended'],
  ])('for %s', (instanceTypes, path) => {
    expect(image({ instanceTypes })).toContain(path);
  });

  test.each([
    [NodeAmi.BOTTLEROCKET_X86_64, '/aws/service/bottlerocket/aws-k8s-1.34/x86_64/latest/image_id'],
    [NodeAmi.BOTTLEROCKET_X86_64_NVIDIA_FIPS, '/aws/service/bottlerocket/aws-k8s-1.34-nvidia-fips/x86_64/latest/image_id'],
  ])('of Bottlerocket', (ami, path) => {
    expect(image({ ami, serviceCidr: undefined })).toBe(`{{resolve:ssm:${path}}}`);
  });

  test('can be held at a version', () => {
    expect(image({ amiVersion: 'v20261105' }))
      .toBe('{{resolve:ssm:/aws/service/eks/optimized-ami/1.34/amazon-linux-2023/x86_64/standard/amazon-eks-node-al2023-x86_64-standard-1.34-v20261105/image_id}}');
    expect(() => nodeGroup({ amiVersion: '2026-11-05' }, 'Wrong')).toThrow('"amiVersion" is "2026-11-05": give one like "v20261105"');
  });

  test('of yours have their own version', () => {
    expect(image({ ami: NodeAmi.customAl2023('ami-0123456789abcdef0') })).toBe('ami-0123456789abcdef0');
    expect(() => nodeGroup({ ami: NodeAmi.customAl2023('ami-0123456789abcdef0'), amiVersion: 'v20261105' }, 'Wrong')).toThrow('"amiVersion" is given with an image of yours');
  });

  test('follow the Kubernetes version that is given, which must fit the cluster\'s', () => {
    expect(image({ version: eks.KubernetesVersion.V1_33 })).toContain('/1.33/');
    expect(() => nodeGroup({ version: eks.KubernetesVersion.V1_35 }, 'Newer')).toThrow('"version" is 1.35 but the cluster has 1.34: nodes cannot be newer');
  });
});

describe('instances', () => {
  test('some are on demand, the others Spot', () => {
    nodeGroup({ instanceTypes: types('m7i.large', 'm6i.large'), onDemandBaseCapacity: 1, onDemandPercentageAboveBaseCapacity: 25, capacityRebalance: true });
    expect(group().Properties).toMatchObject({
      CapacityRebalance: true,
      MixedInstancesPolicy: {
        InstancesDistribution: { OnDemandBaseCapacity: 1, OnDemandPercentageAboveBaseCapacity: 25, SpotAllocationStrategy: 'price-capacity-optimized' },
        LaunchTemplate: { Overrides: [{ InstanceType: 'm7i.large' }, { InstanceType: 'm6i.large' }] },
      },
    });
    Annotations.fromStack(stack).hasNoWarning('*', Match.stringLikeRegexp('Spot'));
  });

  test('Spot of one type alone gets a warning', () => {
    nodeGroup({ onDemandPercentageAboveBaseCapacity: 0 });
    Annotations.fromStack(stack).hasWarning('/Stack/Nodes', Match.stringLikeRegexp('"instanceTypes" has "m7i.large" alone'));
  });

  test.each([
    [{ spotAllocationStrategy: SpotAllocationStrategy.LOWEST_PRICE }, '"spotAllocationStrategy" is lowest-price, but all nodes are on demand'],
    [{ onDemandPercentageAboveBaseCapacity: 120 }, '"onDemandPercentageAboveBaseCapacity" is 120'],
    [{ instanceTypes: [] }, '"instanceTypes" has 0 types'],
    [{ instanceTypes: types('m7i.large', 'm7i.large') }, '"instanceTypes" has "m7i.large" twice'],
    [{ instanceTypes: types('m7i.large', 'm7g.large') }, 'of several architectures'],
    [{ instanceTypes: types('m7g.large'), ami: NodeAmi.AL2023_X86_64_STANDARD }, '"ami" is AL2023_x86_64_STANDARD for x86_64 but "instanceTypes" has "m7g.large" of arm64'],
    [{ ami: NodeAmi.WINDOWS_CORE_2022_X86_64 }, 'use a ManagedNodeGroup for Windows'],
    [{ minSize: 3, maxSize: 2 }, '"maxSize" is 2 but "minSize" is 3'],
    [{ autoscaled: true, desiredSize: 3 }, '"desiredSize" is 3 and "autoscaled" is true'],
    [{ maxInstanceLifetime: Duration.hours(12) }, '"maxInstanceLifetime" is 43200 seconds'],
    [{ drainTimeout: Duration.seconds(10) }, '"drainTimeout" is 10 seconds'],
    [{ updateBatchSize: 0 }, '"updateBatchSize" is 0'],
  ] as [Partial<SelfManagedNodeGroupOptions>, string][])('what cannot be is refused: %#', (options, message) => {
    expect(() => {
      nodeGroup(options);
      template();
    }).toThrow(message);
  });
});

describe('an update', () => {
  test('replaces a node at a time, and keeps the minimum where the maximum leaves room', () => {
    nodeGroup({ minSize: 2, maxSize: 4 });
    expect(group().UpdatePolicy.AutoScalingRollingUpdate).toMatchObject({ MaxBatchSize: 1, MinInstancesInService: 2, PauseTime: 'PT2M', SuspendProcesses: expect.arrayContaining(['AZRebalance']) });
  });

  test('goes below the minimum where it must', () => {
    nodeGroup({ updateBatchSize: 2, updatePause: Duration.minutes(5) });
    expect(group().UpdatePolicy.AutoScalingRollingUpdate).toMatchObject({ MaxBatchSize: 2, MinInstancesInService: 1, PauseTime: 'PT5M' });
  });
});

describe('together with others', () => {
  const hooks = () => group().Properties.LifecycleHookSpecificationList;

  test('nodes wait for a termination handler of the cluster, wherever it stands', () => {
    nodeGroup();
    markInstalled(new iam.Role(new Stack(stack.node.root as App, 'Other'), 'Handler', { assumedBy: new iam.AccountRootPrincipal() }), cluster, 'NodeTerminationHandler');
    expect(hooks()).toEqual([{ LifecycleHookName: 'drain', LifecycleTransition: 'autoscaling:EC2_INSTANCE_TERMINATING', HeartbeatTimeout: 300, DefaultResult: 'CONTINUE' }]);
  });

  test('nodes do not wait where there is none, or only one of another cluster', () => {
    nodeGroup();
    markInstalled(cluster, importedCluster(stack), 'NodeTerminationHandler');
    expect(hooks()).toBeUndefined();
  });

  test('nodes wait as long as they are told', () => {
    nodeGroup({ drainTimeout: Duration.minutes(10) });
    expect(hooks()).toMatchObject([{ HeartbeatTimeout: 600 }]);
  });

  test('Cluster Autoscaler finds the group and knows its nodes while there are none', () => {
    nodeGroup({
      autoscaled: true, minSize: 0, maxSize: 5, labels: { team: 'shop' }, diskSize: Size.gibibytes(80),
      taints: [{ key: 'dedicated', value: 'shop', effect: eks.TaintEffect.NO_SCHEDULE }, { key: 'spot', effect: eks.TaintEffect.PREFER_NO_SCHEDULE }],
    });
    expect(tags()).toMatchObject({
      'k8s.io/cluster-autoscaler/enabled': ['true', false],
      [`k8s.io/cluster-autoscaler/${text(stack.resolve(cluster.clusterName))}`]: ['owned', false],
      'k8s.io/cluster-autoscaler/node-template/label/team': ['shop', false],
      'k8s.io/cluster-autoscaler/node-template/taint/dedicated': ['shop:NoSchedule', false],
      'k8s.io/cluster-autoscaler/node-template/taint/spot': [':PreferNoSchedule', false],
      'k8s.io/cluster-autoscaler/node-template/resources/ephemeral-storage': ['80Gi', false],
    });
    expect(group().Properties.DesiredCapacity).toBeUndefined();
  });

  test('there can be a group a zone', () => {
    const groups = SelfManagedNodeGroup.perZone(stack, 'Nodes', { cluster, instanceTypes: types('m7i.large'), serviceCidr: '10.100.0.0/16', autoscaled: true });
    expect(groups.map(({ node }) => node.id)).toEqual(['NodesZone1', 'NodesZone2']);
    const subnets = Object.values(template().findResources('AWS::AutoScaling::AutoScalingGroup')).map(({ Properties }) => Properties.VPCZoneIdentifier);
    expect(subnets).toEqual(cluster.vpc.privateSubnets.map(subnet => [stack.resolve(subnet.subnetId)]));
  });

  test('groups can share a role, with one access entry', () => {
    const nodeRole = new iam.Role(stack, 'Shared', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') });
    nodeGroup({ nodeRole }, 'A');
    nodeGroup({ nodeRole, accessEntry: false }, 'B');
    template().resourceCountIs('AWS::EKS::AccessEntry', 1);
  });

  test('a key for volumes lets EC2 use it, tags reach volumes, and all of it can be retained', () => {
    nodeGroup({ diskEncryptionKey: new kms.Key(stack, 'Key'), tags: { cost: 'shop' }, removalPolicy: RemovalPolicy.RETAIN });
    expect(JSON.stringify(the('AWS::KMS::Key').Properties.KeyPolicy)).toContain('kms:ViaService');
    expect(launchTemplateData().TagSpecifications.map(({ ResourceType }: any) => ResourceType)).toEqual(['instance', 'volume']);
    expect(tags().cost).toEqual(['shop', true]);
    expect(group().DeletionPolicy).toBe('Retain');
  });

  test('the cluster may be imported, with what a node must know', () => {
    const imported = eks.Cluster.fromClusterAttributes(stack, 'Existing', {
      clusterName: 'existing', vpc: importedCluster(stack).vpc, clusterSecurityGroupId: 'sg-1',
      clusterEndpoint: 'https://eks.example', clusterCertificateAuthorityData: 'Q0E=',
    });
    expect(() => new SelfManagedNodeGroup(stack, 'Versionless', { cluster: imported, instanceTypes: types('m7i.large'), serviceCidr: '10.100.0.0/16' }))
      .toThrow('"version" is missing, and the cluster\'s is not known at synth');
    new SelfManagedNodeGroup(stack, 'Nodes', {
      cluster: imported, instanceTypes: types('m7i.large'), serviceCidr: '10.100.0.0/16', version: eks.KubernetesVersion.V1_34,
    });
    expect(nodeConfig(launchTemplateData()).spec.cluster).toEqual({
      name: 'existing', apiServerEndpoint: 'https://eks.example', certificateAuthority: 'Q0E=', cidr: '10.100.0.0/16',
    });
  });
});
