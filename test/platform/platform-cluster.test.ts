import { App, CfnResource, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as cdk8s from 'cdk8s';
import { PlatformCluster } from '../../src/cluster/platform-cluster';
import {
  AutoModeNodePool, ControlPlaneEgressMode, ControlPlaneScalingTier, NodeScoring, PlatformClusterProps, SupportType,
} from '../../src/cluster/platform-cluster-props';
import { Bootstrap, BootstrapStage } from '../../src/delivery/bootstrap';
import { FargateProfile } from '../../src/nodes/fargate-profile';
import { dependencies, findCycle } from '../../src/private/template-graph';

function platform(props: Partial<PlatformClusterProps> = {}) {
  const stack = new Stack(new App(), 'Shop');
  const admin = iam.Role.fromRoleArn(stack, 'Team', 'arn:aws:iam::111122223333:role/team');
  const cluster = new PlatformCluster(stack, 'Cluster', { version: eks.KubernetesVersion.V1_36, admins: [admin], ...props });
  return { stack, cluster };
}

const template = (stack: Stack) => Template.fromStack(stack);
const clusterOf = (stack: Stack) => Object.values<any>(template(stack).findResources('AWS::EKS::Cluster'))[0];

function types(stack: Stack): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { Type } of Object.values<any>(template(stack).toJSON().Resources)) {
    counts[Type] = (counts[Type] ?? 0) + 1;
  }
  return counts;
}

/** Whether one resource waits for another, directly or through others. */
function waits(stack: Stack, from: string, to: string): boolean {
  const graph = dependencies(template(stack).toJSON());
  const seen = new Set<string>();
  const visit = (id: string): boolean => id === to || (!seen.has(id) && (seen.add(id), [...graph.get(id)!].some(visit)));
  return visit(from);
}

const idOf = (stack: Stack, construct: { node: any }) => stack.resolve((construct.node.defaultChild ?? construct as any).logicalId) as string;

test('a cluster from one line is private, logs everything and trusts access entries only', () => {
  const { stack } = platform();
  expect(clusterOf(stack).Properties).toMatchObject({
    Version: '1.36',
    AccessConfig: { AuthenticationMode: 'API', BootstrapClusterCreatorAdminPermissions: false },
    BootstrapSelfManagedAddons: false,
    ResourcesVpcConfig: { EndpointPrivateAccess: true, EndpointPublicAccess: false },
    Logging: { ClusterLogging: { EnabledTypes: ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'].map(Type => ({ Type })) } },
    UpgradePolicy: { SupportType: 'STANDARD' },
  });
  expect(clusterOf(stack).Properties.DeletionProtection).toBeUndefined();
  expect(clusterOf(stack).Properties.EncryptionConfig).toBeUndefined();
});

test('the control plane stands in private subnets only', () => {
  const { stack, cluster } = platform();
  expect(clusterOf(stack).Properties.ResourcesVpcConfig.SubnetIds).toEqual(cluster.vpc.privateSubnets.map(subnet => stack.resolve(subnet.subnetId)));
});

test('the cluster adds few resources: itself, role, group, log group, barrier, six of the delivery, one an admin, four add-ons and a role, three of the teardown', () => {
  const stack = new Stack(new App(), 'Shop');
  const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-1', availabilityZones: ['a', 'b'], privateSubnetIds: ['subnet-1', 'subnet-2'], vpcCidrBlock: '10.0.0.0/16',
  });
  new PlatformCluster(stack, 'Cluster', { version: eks.KubernetesVersion.V1_36, vpc, admins: [iam.Role.fromRoleName(stack, 'Team', 'team')] });
  expect(types(stack)).toEqual({
    'AWS::EKS::Cluster': 1,
    'AWS::IAM::Role': 3,
    'AWS::EC2::SecurityGroup': 2,
    'AWS::EC2::SecurityGroupIngress': 1,
    'AWS::Logs::LogGroup': 2,
    'AWS::SSM::Parameter': 1,
    'AWS::Lambda::Function': 1,
    'AWS::EKS::AccessEntry': 2,
    'AWS::EKS::Addon': 4,
    'AWS::IAM::Policy': 1,
    'Custom::EKSSlipway-Drain': 1,
    'Custom::EKSSlipway-Sweep': 1,
  });
});

describe('the name', () => {
  const nameOf = (stack: Stack) => clusterOf(stack).Properties.Name;

  test('is made of the stack and the ids below it', () => {
    expect(nameOf(platform().stack)).toBe('Shop-Cluster');
  });

  test('leaves out what EKS does not allow in names', () => {
    const stack = new Stack(new App(), 'Shop');
    const cluster = new PlatformCluster(stack, 'My Cluster (1)', { version: eks.KubernetesVersion.V1_36 });
    expect(stack.resolve((cluster.node.defaultChild as any).name)).toBe('Shop-MyCluster1');
  });

  test('is cut to 100 characters and stays unique when it is too long', () => {
    const name = (id: string) => {
      const stack = new Stack(new App(), 'Shop');
      return (new PlatformCluster(stack, id, { version: eks.KubernetesVersion.V1_36 }).node.defaultChild as any).name as string;
    };
    const [one, other] = [name('x'.repeat(120) + '1'), name('x'.repeat(120) + '2')];
    expect(one).toMatch(/^[0-9A-Za-z][0-9A-Za-z_-]{0,99}$/);
    expect(one).not.toBe(other);
  });

  test('can be given', () => {
    expect(nameOf(platform({ clusterName: 'prod_1' }).stack)).toBe('prod_1');
  });
});

describe('control plane logs', () => {
  test('go to a group that exists, with retention, before the cluster writes to it', () => {
    const { stack, cluster } = platform({ clusterName: 'prod' });
    template(stack).hasResource('AWS::Logs::LogGroup', {
      Properties: { LogGroupName: '/aws/eks/prod/cluster', RetentionInDays: 90 },
      DeletionPolicy: 'Delete',
    });
    expect(clusterOf(stack).DependsOn).toContain(idOf(stack, cluster.controlPlaneLogGroup!));
  });

  test('are kept, encrypted and chosen as asked', () => {
    const stack = new Stack(new App(), 'Shop');
    const logEncryptionKey = new kms.Key(stack, 'Key');
    new PlatformCluster(stack, 'Cluster', {
      version: eks.KubernetesVersion.V1_36,
      controlPlaneLogs: [eks.ClusterLoggingTypes.AUDIT],
      logRetention: 365,
      logEncryptionKey,
      logRemovalPolicy: RemovalPolicy.RETAIN,
    });
    template(stack).hasResource('AWS::Logs::LogGroup', {
      Properties: { LogGroupName: '/aws/eks/Shop-Cluster/cluster', RetentionInDays: 365, KmsKeyId: stack.resolve(logEncryptionKey.keyArn) },
      DeletionPolicy: 'Retain',
    });
    expect(clusterOf(stack).Properties.Logging.ClusterLogging.EnabledTypes).toEqual([{ Type: 'audit' }]);
  });

  test('can be turned off, which says so to EKS and makes no group', () => {
    const { stack, cluster } = platform({ controlPlaneLogs: [] });
    expect(cluster.controlPlaneLogGroup).toBeUndefined();
    expect(clusterOf(stack).Properties.Logging).toEqual({ ClusterLogging: { EnabledTypes: [] } });
  });
});

test('what the L2 of CDK lacks reaches the cluster', () => {
  const { stack } = platform({
    deletionProtection: true,
    supportType: SupportType.EXTENDED,
    zonalShift: true,
    rollbackTimeout: Duration.hours(3),
    controlPlaneEgressMode: ControlPlaneEgressMode.CUSTOMER_ROUTED,
    controlPlaneScalingTier: ControlPlaneScalingTier.XL,
    kubeApiServer: { eventTtl: Duration.minutes(90), serviceNodePortMin: 30000, serviceNodePortMax: 31000 },
    kubeControllerManager: { horizontalPodAutoscalerSyncPeriod: Duration.seconds(30), terminatedPodGcThreshold: 500 },
    kubeScheduler: { nodeScoring: NodeScoring.MOST_ALLOCATED, resourceWeights: { memory: 1, cpu: 2 } },
    serviceIpv4Cidr: '172.20.0.0/16',
    remoteNodeNetworks: [{ cidrs: ['192.168.0.0/17'] }],
    remotePodNetworks: [{ cidrs: ['192.168.128.0/17'] }],
    tags: { team: 'platform', cost: '1' },
  });
  expect(clusterOf(stack).Properties).toMatchObject({
    DeletionProtection: true,
    UpgradePolicy: { SupportType: 'EXTENDED' },
    ZonalShiftConfig: { Enabled: true },
    RollbackConfig: { TimeoutMinutes: 180 },
    ControlPlaneScalingConfig: { Tier: 'tier-xl' },
    ResourcesVpcConfig: { ControlPlaneEgressMode: 'CUSTOMER_ROUTED', EndpointPrivateAccess: true },
    KubeApiServerConfig: { EventTtl: '90m', ServiceNodePortRange: { MinPort: 30000, MaxPort: 31000 } },
    KubeControllerManagerConfig: {
      HorizontalPodAutoscalerControllerConfig: { HorizontalPodAutoscalerSyncPeriod: '30s' },
      PodGcControllerConfig: { TerminatedPodGcThreshold: 500 },
    },
    KubeSchedulerConfig: {
      NodeResourcesFit: { ScoringStrategy: { Type: 'MostAllocated', Resources: [{ Name: 'cpu', Weight: 2 }, { Name: 'memory', Weight: 1 }] } },
    },
    KubernetesNetworkConfig: { IpFamily: 'ipv4', ServiceIpv4Cidr: '172.20.0.0/16' },
    RemoteNetworkConfig: { RemoteNodeNetworks: [{ Cidrs: ['192.168.0.0/17'] }], RemotePodNetworks: [{ Cidrs: ['192.168.128.0/17'] }] },
    Tags: [{ Key: 'cost', Value: '1' }, { Key: 'team', Value: 'platform' }],
  });
});

test('a key encrypts what Kubernetes stores, without the list of resources that EKS has deprecated', () => {
  const stack = new Stack(new App(), 'Shop');
  const secretsEncryptionKey = new kms.Key(stack, 'Key');
  new PlatformCluster(stack, 'Cluster', { version: eks.KubernetesVersion.V1_36, secretsEncryptionKey });
  expect(clusterOf(stack).Properties.EncryptionConfig).toEqual([{ Provider: { KeyArn: stack.resolve(secretsEncryptionKey.keyArn) } }]);
});

test('an IPv6 cluster without a VPC gets one with IPv6 addresses', () => {
  const { stack } = platform({ ipFamily: eks.IpFamily.IP_V6 });
  expect(clusterOf(stack).Properties.KubernetesNetworkConfig.IpFamily).toBe('ipv6');
  template(stack).resourceCountIs('AWS::EC2::VPCCidrBlock', 1);
});

describe('access', () => {
  test('admins get cluster admin by access entries', () => {
    const { stack } = platform();
    template(stack).hasResourceProperties('AWS::EKS::AccessEntry', {
      PrincipalArn: 'arn:aws:iam::111122223333:role/team',
      AccessPolicies: [{
        AccessScope: { Type: 'cluster' },
        PolicyArn: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy']] },
      }],
    });
  });

  test('an admin put before the others does not change their entries', () => {
    const entries = (...names: string[]) => {
      const stack = new Stack(new App(), 'Shop');
      const admins = names.map((name, index) => iam.Role.fromRoleArn(stack, `Admin${index}`, `arn:aws:iam::111122223333:role/${name}`));
      new PlatformCluster(stack, 'Cluster', { version: eks.KubernetesVersion.V1_36, admins });
      return template(stack).findResources('AWS::EKS::AccessEntry', { Properties: { PrincipalArn: Match.stringLikeRegexp('role/team') } });
    };
    expect(entries('first', 'team')).toEqual(entries('team'));
  });

  test('a cluster without admins says that nobody gets in', () => {
    const { stack } = platform({ admins: [] });
    Annotations.fromStack(stack).hasWarning('/Shop/Cluster', Match.stringLikeRegexp('Nobody gets into this cluster'));
    expect(Annotations.fromStack(platform().stack).findWarning('*', Match.stringLikeRegexp('Nobody'))).toEqual([]);
  });

  test('the public endpoint takes the blocks that are given, and everybody only with a warning', () => {
    const some = platform({ endpointAccess: eks.EndpointAccess.PUBLIC_AND_PRIVATE.onlyFrom('203.0.113.0/24') }).stack;
    expect(clusterOf(some).Properties.ResourcesVpcConfig.PublicAccessCidrs).toEqual(['203.0.113.0/24']);
    expect(Annotations.fromStack(some).findWarning('*', Match.stringLikeRegexp('whole internet'))).toEqual([]);
    const all = platform({ endpointAccess: eks.EndpointAccess.PUBLIC_AND_PRIVATE.onlyFrom('0.0.0.0/0') }).stack;
    Annotations.fromStack(all).hasWarning('/Shop/Cluster', Match.stringLikeRegexp('whole internet'));
  });
});

describe('Auto Mode', () => {
  test('has its own add-ons and nodes with the smallest policies', () => {
    const { stack, cluster } = platform({ autoMode: {} });
    expect(clusterOf(stack).Properties).toMatchObject({
      BootstrapSelfManagedAddons: false,
      ComputeConfig: { Enabled: true, NodePools: ['system', 'general-purpose'], NodeRoleArn: stack.resolve(cluster.autoModeNodeRole!.roleArn) },
      StorageConfig: { BlockStorage: { Enabled: true } },
      KubernetesNetworkConfig: { ElasticLoadBalancing: { Enabled: true } },
    });
    template(stack).resourceCountIs('AWS::EKS::Addon', 0);
    const { vpcCni, kubeProxy, coreDns, podIdentityAgent, eksPodIdentityAgent } = cluster;
    expect([vpcCni, kubeProxy, coreDns, podIdentityAgent, eksPodIdentityAgent]).toEqual(Array(5).fill(undefined));
    const policies = JSON.stringify(stack.resolve((cluster.autoModeNodeRole!.node.defaultChild as iam.CfnRole).managedPolicyArns));
    expect(policies.match(/policy\/\w+/g)).toEqual(['policy/AmazonEKSWorkerNodeMinimalPolicy', 'policy/AmazonEC2ContainerRegistryPullOnly']);
  });

  test('takes a role and pools, or none', () => {
    const stack = new Stack(new App(), 'Shop');
    const nodeRole = iam.Role.fromRoleArn(stack, 'Nodes', 'arn:aws:iam::111122223333:role/nodes');
    new PlatformCluster(stack, 'Cluster', { version: eks.KubernetesVersion.V1_36, autoMode: { nodePools: [AutoModeNodePool.SYSTEM], nodeRole } });
    expect(clusterOf(stack).Properties.ComputeConfig).toEqual({ Enabled: true, NodePools: ['system'], NodeRoleArn: nodeRole.roleArn });

    const bare = platform({ autoMode: { nodePools: [] }, gatewayApiCrds: true }).stack;
    expect(clusterOf(bare).Properties.ComputeConfig).toEqual({ Enabled: true, NodePools: [] });
    const { ElasticLoadBalancing } = clusterOf(bare).Properties.KubernetesNetworkConfig;
    expect(ElasticLoadBalancing).toEqual({ Enabled: true, GatewayApi: { Crds: { Managed: true } } });
  });

  test('lets charts wait for the control plane', () => {
    const { stack, cluster } = platform({ autoMode: {} });
    const chart = cluster.addChart('Shop', chartOf('shop'));
    expect(waits(stack, idOf(stack, chart.node.findChild('Resource') as any), idOf(stack, cluster))).toBe(true);
  });
});

function chartOf(name: string): cdk8s.Chart {
  const chart = new cdk8s.Chart(new cdk8s.App(), name);
  new cdk8s.ApiObject(chart, 'Config', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } });
  return chart;
}

describe('add-ons', () => {
  const addonNames = (stack: Stack) => Object.values<any>(template(stack).findResources('AWS::EKS::Addon')).map(addon => addon.Properties.AddonName).sort();

  test('come with the cluster, each shaped by one prop', () => {
    const { stack } = platform({ coreDns: { replicaCount: 3 }, kubeProxy: { addonVersion: 'v1.36.0-eksbuild.1' }, vpcCni: { prefixDelegation: true } });
    expect(addonNames(stack)).toEqual(['coredns', 'eks-pod-identity-agent', 'kube-proxy', 'vpc-cni']);
    template(stack).hasResourceProperties('AWS::EKS::Addon', { AddonName: 'coredns', ConfigurationValues: '{"replicaCount":3}' });
    template(stack).hasResourceProperties('AWS::EKS::Addon', { AddonName: 'kube-proxy', AddonVersion: 'v1.36.0-eksbuild.1' });
    template(stack).hasResourceProperties('AWS::EKS::Addon', { AddonName: 'vpc-cni', ConfigurationValues: Match.stringLikeRegexp('ENABLE_PREFIX_DELEGATION') });
  });

  test('are dropped by one prop', () => {
    const off = { enabled: false };
    expect(addonNames(platform({ vpcCni: off, kubeProxy: off, coreDns: off, podIdentityAgent: off }).stack)).toEqual([]);
    expect(addonNames(platform({ coreDns: off }).stack)).toEqual(['eks-pod-identity-agent', 'kube-proxy', 'vpc-cni']);
  });

  test('without the Pod Identity agent the CNI takes its role by IRSA, through a provider that is no custom resource', () => {
    const { stack } = platform({ podIdentityAgent: { enabled: false }, vpcCni: { identityType: eks.IdentityType.IRSA } });
    template(stack).resourceCountIs('AWS::IAM::OIDCProvider', 1);
    template(stack).resourceCountIs('AWS::Lambda::Function', 1);
  });
});

describe('the order', () => {
  /** A platform with nodes of every kind, in which a user depends on the cluster wherever that is possible. */
  function busyPlatform() {
    const { stack, cluster } = platform();
    const nodes = cluster.addManagedNodeGroup('System', { instanceTypes: [new ec2.InstanceType('m7g.large')] });
    const cdkNodes = cluster.addNodegroupCapacity('Old', { amiType: eks.NodegroupAmiType.AL2023_X86_64_STANDARD });
    const fargate = new FargateProfile(stack, 'Fargate', { cluster, selectors: [{ namespace: 'batch' }] });
    const cdkFargate = cluster.addFargateProfile('OldFargate', { selectors: [{ namespace: 'old' }] });
    const chart = cluster.addChart('Shop', chartOf('shop'));
    const manifest = cluster.addManifest('Old', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'old' } });
    const queue = new sqs.Queue(stack, 'Queue');
    for (const construct of [nodes, cdkNodes, fargate, cdkFargate, chart, manifest, queue]) {
      construct.node.addDependency(cluster);
    }
    return { stack, cluster, nodes, cdkNodes, fargate, cdkFargate, chart, manifest, queue };
  }

  test('has no cycle, whatever is made to wait for the cluster', () => {
    const { stack } = busyPlatform();
    expect(findCycle(dependencies(template(stack).toJSON()))).toBeUndefined();
  });

  test('what waits for the cluster waits for the control plane and nothing else', () => {
    const { stack, cluster, queue } = busyPlatform();
    expect(template(stack).toJSON().Resources[idOf(stack, queue)].DependsOn).toEqual([idOf(stack, cluster)]);
  });

  test('nodes, CDK\'s own too, wait for the CNI, and CoreDNS waits for nodes', () => {
    const { stack, cluster, nodes, cdkNodes, fargate, cdkFargate } = busyPlatform();
    const cni = idOf(stack, cluster.vpcCni!.addon);
    const dns = idOf(stack, cluster.coreDns!.addon);
    for (const capacity of [nodes, cdkNodes, fargate, cdkFargate]) {
      const id = idOf(stack, capacity.node.findChild('Resource') as any);
      expect(waits(stack, id, cni)).toBe(true);
      expect(waits(stack, dns, id)).toBe(true);
    }
  });

  test('the network stays until the cluster is gone', () => {
    const { stack, cluster } = busyPlatform();
    const routes = Object.keys(template(stack).findResources('AWS::EC2::Route'));
    const gateways = Object.keys(template(stack).findResources('AWS::EC2::NatGateway'));
    for (const id of [...routes, ...gateways]) {
      expect(waits(stack, idOf(stack, cluster), id)).toBe(true);
    }
  });

  test('a construct may wait for a floor of the platform', () => {
    const { stack, cluster, nodes } = busyPlatform();
    const late = new CfnResource(stack, 'Late', { type: 'Test::Late' });
    Bootstrap.of(cluster).require(BootstrapStage.SYSTEM, late);
    expect(waits(stack, 'Late', idOf(stack, nodes.node.findChild('Resource') as any))).toBe(true);
  });
});

describe('the methods of eks.Cluster', () => {
  test('go through the delivery function', () => {
    const { stack, cluster } = platform();
    cluster.addManifest('Config', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x' } });
    cluster.addHelmChart('Chart', { chart: 'x', repository: 'https://charts.example.com', version: '1.0.0' });
    cluster.addCdk8sChart('Cdk8s', chartOf('y'));
    const token = stack.resolve(cluster.delivery.serviceToken);
    for (const type of ['Custom::AWSCDK-EKS-KubernetesResource', 'Custom::AWSCDK-EKS-HelmChart']) {
      template(stack).allResourcesProperties(type, { ServiceToken: token });
    }
    template(stack).resourceCountIs('AWS::Lambda::Function', 1);
  });

  test('leave the labels of objects alone', () => {
    const { stack, cluster } = platform();
    cluster.addManifest('Config', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x' } });
    template(stack).hasResourceProperties('Custom::AWSCDK-EKS-KubernetesResource', {
      Manifest: '[{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"x"}}]',
    });
  });

  test('addServiceAccount does not install the Pod Identity agent a second time', () => {
    const { stack, cluster } = platform();
    cluster.addServiceAccount('Pod', { identityType: eks.IdentityType.POD_IDENTITY });
    cluster.addServiceAccount('Other', { identityType: eks.IdentityType.POD_IDENTITY });
    const agents = template(stack).findResources('AWS::EKS::Addon', { Properties: { AddonName: 'eks-pod-identity-agent' } });
    expect(Object.keys(agents)).toHaveLength(1);
  });
});

test('the kubectl layer can come later, and goes to the function', () => {
  const { stack, cluster } = platform();
  const layer = { layerVersionArn: 'arn:aws:lambda:eu-west-1:111122223333:layer:kubectl:1', node: stack.node } as any;
  cluster.useKubectlLayer(layer);
  template(stack).hasResourceProperties('AWS::Lambda::Function', { Layers: [layer.layerVersionArn] });
});

test('the same app gives the same template', () => {
  expect(template(platform().stack).toJSON()).toEqual(template(platform().stack).toJSON());
});
