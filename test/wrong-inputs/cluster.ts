import { App, Duration, Fn, Size, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { existing, layer, network, platform, wrong } from './wrong-input';
import { PlatformBlueprint, PlatformBlueprintProps } from '../../src/blueprints/platform-blueprint';
import { NodeScoring } from '../../src/cluster/platform-cluster-props';
import { Delivery } from '../../src/delivery/delivery';
import { DeliveryNetwork } from '../../src/delivery/delivery-network';
import { Teardown } from '../../src/delivery/teardown';
import { TeardownDisruptionBudgets } from '../../src/delivery/teardown-options';

const { PUBLIC_AND_PRIVATE } = eks.EndpointAccess;

const layerOf = (scope: any, kubectl: string) => new lambda.LayerVersion(scope, 'Layer', {
  code: lambda.Code.fromAsset(__dirname), description: `/opt/kubectl/kubectl ${kubectl}; /opt/helm/helm 4.2.3`,
});

const blueprint = (scope: Stack, props: PlatformBlueprintProps) =>
  new PlatformBlueprint(scope.node.root as App, 'Platform', { kubectlLayerArn: 'arn:aws:lambda:eu-west-1:111122223333:layer:kubectl:1', ...props });

/** PlatformCluster, its delivery and teardown, and the blueprint around it. */
export const CLUSTER = [
  // names
  wrong('clusterName', '-prod', (s, clusterName) => platform(s, { clusterName }),
    '"clusterName" is "-prod": give letters, digits, "-" and "_", beginning with a letter or digit, at most 100 characters', 'policies name the cluster in condition keys'),
  wrong('clusterName', 'my cluster', (s, clusterName) => platform(s, { clusterName }),
    '"clusterName" is "my cluster": give letters, digits, "-" and "_", beginning with a letter or digit, at most 100 characters', 'policies name the cluster in condition keys'),
  wrong('clusterName', 'c'.repeat(101), (s, clusterName) => platform(s, { clusterName }),
    `"clusterName" is "${'c'.repeat(101)}": give letters, digits, "-" and "_", beginning with a letter or digit, at most 100 characters`, 'policies name the cluster in condition keys'),
  wrong('clusterName', undefined, s => platform(s, { clusterName: Fn.importValue('Name') }),
    '"clusterName" is a token: give a name that is known at synth, or leave it out'),
  wrong('clusterName', undefined, s => platform(Object.defineProperty(s, 'stackName', { value: Fn.importValue('Stack') }), { clusterName: undefined }),
    '"clusterName" is missing, and the name of stack App is a token: give the cluster a name'),
  wrong('tags', 'aws:team', (s, key) => platform(s, { tags: { [key]: 'shop' } }),
    '"tags" has "aws:team": give keys of 1 to 128 characters that do not begin with "aws:"'),
  wrong('tags', 51, s => platform(s, { tags: Object.fromEntries([...Array(51).keys()].map(i => [`tag${i}`, ''])) }),
    '"tags" has 51 tags: give at most 50'),
  wrong('tags.note', undefined, s => platform(s, { tags: { note: 'x'.repeat(257) } }),
    '"tags.note" has 257 characters: give at most 256'),

  // versions
  wrong('version', '1.36.4', (s, version) => platform(s, { version: eks.KubernetesVersion.of(version) }),
    '"version" is "1.36.4": give a Kubernetes version such as "1.37", without a patch number'),
  wrong('version', 'latest', (s, version) => platform(s, { version: eks.KubernetesVersion.of(version) }),
    '"version" is "latest": give a Kubernetes version such as "1.37", without a patch number'),
  wrong('version', '1.30', (s, version) => platform(s, { version: eks.KubernetesVersion.of(version) }),
    '"version" is "1.30", which EKS does not offer any more: give one from 1.31 to 1.37'),
  wrong('kubectlLayer', '1.34', (s, version) => platform(s, { kubectlLayer: layerOf(s, `${version}.1`) }),
    '"kubectlLayer" is for Kubernetes 1.34 but "version" is 1.36: give KubectlV36Layer, or one that is at most one version older or three newer than the cluster'),
  wrong('kubectlLayer', '1.36', (s, version) => platform(s, { kubectlLayer: layerOf(s, `${version}.1`), version: eks.KubernetesVersion.V1_32 }),
    '"kubectlLayer" is for Kubernetes 1.36 but "version" is 1.32: give KubectlV32Layer, or one that is at most one version older or three newer than the cluster'),
  wrong('kubectlLayer', undefined, s => platform(s, { kubectlLayer: layer(s), deliveryOptions: { kubectlLayer: layer(s) } }),
    '"kubectlLayer" and "deliveryOptions.kubectlLayer" are both given: give one of them'),

  // who reaches the API server, and whom it reaches
  wrong('endpointAccess', undefined, s => platform(s, { endpointAccess: PUBLIC_AND_PRIVATE }),
    '"endpointAccess" is public without CIDR blocks, which lets everybody try: say from where, as in eks.EndpointAccess.PUBLIC_AND_PRIVATE.onlyFrom("203.0.113.0/24")'),
  wrong('endpointAccess', undefined, s => platform(s, { endpointAccess: eks.EndpointAccess.PUBLIC }),
    '"endpointAccess" is public without CIDR blocks, which lets everybody try: say from where, as in eks.EndpointAccess.PUBLIC_AND_PRIVATE.onlyFrom("203.0.113.0/24")'),
  wrong('endpointAccess', '203.0.113.7', (s, cidr) => platform(s, { endpointAccess: PUBLIC_AND_PRIVATE.onlyFrom(cidr) }),
    '"endpointAccess" has "203.0.113.7" without a prefix length: give "203.0.113.7/32" for this one address'),
  wrong('endpointAccess', '10.1.0.0/16', (s, cidr) => platform(s, { endpointAccess: PUBLIC_AND_PRIVATE.onlyFrom(cidr) }),
    '"endpointAccess" has "10.1.0.0/16", private addresses that never arrive at a public endpoint: leave it out, private access serves them'),
  wrong('endpointAccess', '2001:db8::/32', (s, cidr) => platform(s, { endpointAccess: PUBLIC_AND_PRIVATE.onlyFrom(cidr) }),
    '"endpointAccess" has "2001:db8::/32" but the cluster\'s IP family is ipv4, whose endpoint has no IPv6 address: leave it out'),
  wrong('endpointAccess', 41, s => platform(s, { endpointAccess: PUBLIC_AND_PRIVATE.onlyFrom(...[...Array(41).keys()].map(i => `203.0.113.${i}/32`)) }),
    '"endpointAccess" has 41 CIDR blocks: give at most 40'),

  // the network
  wrong('serviceIpv4Cidr', '203.0.113.0/24', (s, serviceIpv4Cidr) => platform(s, { serviceIpv4Cidr }),
    '"serviceIpv4Cidr" is "203.0.113.0/24": give a block from /12 to /24 within 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16'),
  wrong('serviceIpv4Cidr', '172.20.0.0/25', (s, serviceIpv4Cidr) => platform(s, { serviceIpv4Cidr }),
    '"serviceIpv4Cidr" is "172.20.0.0/25": give a block from /12 to /24 within 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16'),
  wrong('serviceIpv4Cidr', '10.0.0.0/8', (s, serviceIpv4Cidr) => platform(s, { serviceIpv4Cidr }),
    '"serviceIpv4Cidr" is "10.0.0.0/8": give a block from /12 to /24 within 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16'),
  wrong('serviceIpv4Cidr', '10.0.0.0/20', (s, serviceIpv4Cidr) => platform(s, { serviceIpv4Cidr }),
    '"serviceIpv4Cidr" is "10.0.0.0/20", which overlaps with the VPC, "10.0.0.0/16": give a block that no network uses'),
  wrong('serviceIpv4Cidr', '192.168.1.0/24', (s, serviceIpv4Cidr) => platform(s, { serviceIpv4Cidr, remoteNodeNetworks: [{ cidrs: ['192.168.0.0/16'] }] }),
    '"serviceIpv4Cidr" is "192.168.1.0/24", which overlaps with a remote network, "192.168.0.0/16": give a block that no network uses'),
  wrong('serviceIpv4Cidr', '172.20.0.0/16', (s, serviceIpv4Cidr) => platform(s, { serviceIpv4Cidr, ipFamily: eks.IpFamily.IP_V6 }),
    '"serviceIpv4Cidr" is "172.20.0.0/16" but "ipFamily" is ipv6, where EKS itself chooses the addresses of services: leave it out', 'it is given at all'),
  wrong('remoteNodeNetworks', undefined, s => platform(s, { ipFamily: eks.IpFamily.IP_V6, remoteNodeNetworks: [{ cidrs: ['192.168.0.0/16'] }] }),
    '"remoteNodeNetworks" is given but "ipFamily" is ipv6: hybrid nodes exist in IPv4 clusters only, leave it out'),
  wrong('remoteNodeNetworks', '10.0.128.0/24', (s, cidr) => platform(s, { remoteNodeNetworks: [{ cidrs: [cidr] }] }),
    '"remoteNodeNetworks" has "10.0.128.0/24", which overlaps with the VPC, "10.0.0.0/16": give a block outside of it'),
  wrong('remoteNodeNetworks', '203.0.113.0/24', (s, cidr) => platform(s, { remoteNodeNetworks: [{ cidrs: [cidr] }] }),
    '"remoteNodeNetworks" has "203.0.113.0/24": give a block within 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or 100.64.0.0/10'),
  wrong('remoteNodeNetworks', '192.168.1.0/24', (s, cidr) => platform(s, { remoteNodeNetworks: [{ cidrs: ['192.168.0.0/16', cidr] }] }),
    '"remoteNodeNetworks" has "192.168.1.0/24", which overlaps with "192.168.0.0/16" of "remoteNodeNetworks": give blocks that do not overlap'),
  wrong('remotePodNetworks', '192.168.1.0/24', (s, cidr) =>
    platform(s, { remoteNodeNetworks: [{ cidrs: ['192.168.0.0/16'] }], remotePodNetworks: [{ cidrs: [cidr] }] }), '"remotePodNetworks" has "192.168.1.0/24", which overlaps with "192.168.0.0/16" of "remoteNodeNetworks": give blocks that do not overlap'),
  wrong('remotePodNetworks', undefined, s => platform(s, { remotePodNetworks: [{ cidrs: ['192.168.0.0/16'] }] }),
    '"remotePodNetworks" is given but "remoteNodeNetworks" is not: give the networks of the nodes too, or leave it out'),
  wrong('vpcSubnets', 1, s => platform(s, {
    vpc: ec2.Vpc.fromVpcAttributes(s, 'Vpc', { vpcId: 'vpc-12345678', availabilityZones: ['a'], privateSubnetIds: ['subnet-1'] }),
  }), '"vpcSubnets" selects 1 subnet in one zone: give some in at least two zones, EKS needs them'),
  wrong('vpcSubnets', 2, s => platform(s, {
    vpc: ec2.Vpc.fromVpcAttributes(s, 'Vpc', { vpcId: 'vpc-12345678', availabilityZones: ['a'], privateSubnetIds: ['subnet-1', 'subnet-2'] }),
  }), '"vpcSubnets" selects 2 subnets in one zone: give some in at least two zones, EKS needs them'),

  // the control plane's own parameters
  wrong('serviceNodePortMax', 31000, (s, serviceNodePortMax) => platform(s, { kubeApiServer: { serviceNodePortMin: 32000, serviceNodePortMax } }),
    '"serviceNodePortMin" is 32000 but "serviceNodePortMax" is 31000: give a "serviceNodePortMax" of at least 32000'),
  wrong('serviceNodePortMax', undefined, s => platform(s, { kubeApiServer: { serviceNodePortMin: 32000 } }),
    '"serviceNodePortMin" is 32000 but "serviceNodePortMax" is missing: give both or none'),
  wrong('serviceNodePortMin', 0, (s, serviceNodePortMin) => platform(s, { kubeApiServer: { serviceNodePortMin, serviceNodePortMax: 32000 } }),
    '"serviceNodePortMin" is 0: give a whole number from 1 to 65535'),
  wrong('serviceNodePortMax', 70000, (s, serviceNodePortMax) => platform(s, { kubeApiServer: { serviceNodePortMin: 32000, serviceNodePortMax } }),
    '"serviceNodePortMax" is 70000: give a whole number from 1 to 65535'),
  wrong('eventTtl', Duration.seconds(0), (s, eventTtl) => platform(s, { kubeApiServer: { eventTtl } }),
    '"eventTtl" is 0 seconds: give whole seconds of at least 1'),
  wrong('horizontalPodAutoscalerSyncPeriod', Duration.millis(500), (s, horizontalPodAutoscalerSyncPeriod) =>
    platform(s, { kubeControllerManager: { horizontalPodAutoscalerSyncPeriod } }), '"horizontalPodAutoscalerSyncPeriod" is 0.5 seconds: give whole seconds of at least 1'),
  wrong('terminatedPodGcThreshold', 0, (s, terminatedPodGcThreshold) => platform(s, { kubeControllerManager: { terminatedPodGcThreshold } }),
    '"terminatedPodGcThreshold" is 0: give a whole number of at least 1'),
  wrong('resourceWeights', undefined, s => platform(s, { kubeScheduler: { resourceWeights: { cpu: 1 } } }),
    '"resourceWeights" is given but "nodeScoring" is not: give both, or leave "resourceWeights" out'),
  wrong('resourceWeights.cpu', 101, (s, cpu) => platform(s, { kubeScheduler: { nodeScoring: NodeScoring.MOST_ALLOCATED, resourceWeights: { cpu } } }),
    '"resourceWeights.cpu" is 101: give a whole number from 1 to 100'),
  wrong('rollbackTimeout', Duration.minutes(90), (s, rollbackTimeout) => platform(s, { rollbackTimeout }),
    '"rollbackTimeout" is 90 minutes: give whole minutes from 120 to 10080'),
  wrong('gatewayApiCrds', true, (s, gatewayApiCrds) => platform(s, { gatewayApiCrds }),
    '"gatewayApiCrds" is true but "autoMode" is not given: only Auto Mode manages them, deliver them with a chart instead'),

  // what contradicts what
  wrong('coreDns', undefined, s => platform(s, { autoMode: {}, coreDns: { replicaCount: 3 } }),
    '"coreDns" is given together with "autoMode", which has its own: leave it out'),
  wrong('autoMode.nodeRole', undefined, s => platform(s, { autoMode: { nodePools: [], nodeRole: iam.Role.fromRoleName(s, 'Role', 'nodes') } }),
    '"autoMode.nodeRole" is given but "autoMode.nodePools" is empty: the role is for nodes of built-in node pools, leave it out'),
  wrong('podIdentityAgent.enabled', false, (s, enabled) => platform(s, { podIdentityAgent: { enabled } }),
    '"podIdentityAgent.enabled" is false, but the VPC CNI gets its role by Pod Identity: give "vpcCni.identityType" eks.IdentityType.IRSA'),
  wrong('vpcCni.prefixDelegation', undefined, s => platform(s, { vpcCni: { enabled: false, prefixDelegation: true } }),
    '"vpcCni.prefixDelegation" is given but "vpcCni.enabled" is false: leave one of them out'),
  wrong('teardown.timeout', undefined, s => platform(s, { teardown: { enabled: false, timeout: Duration.minutes(30) } }),
    '"teardown.timeout" is given but "teardown.enabled" is false: leave one of them out'),
  wrong('logRetention', undefined, s => platform(s, { controlPlaneLogs: [], logRetention: logs.RetentionDays.ONE_WEEK }),
    '"logRetention" is given but "controlPlaneLogs" is empty: leave it out, or say which logs there are'),
  wrong('admins', undefined, s => {
    const role = iam.Role.fromRoleName(s, 'Team', 'team');
    return platform(s, { admins: [role, role] });
  }, '"admins" has App/Team twice: give it once'),

  // the delivery
  wrong('memory', Size.mebibytes(64), (s, memory) => platform(s, { deliveryOptions: { memory } }),
    '"memory" is 64 MiB: give whole MiB from 128 to 10240'),
  wrong('kubectlLayer', undefined, s => platform(s, { kubectlLayer: layer(s) }).useKubectlLayer(layer(s)),
    '"kubectlLayer" is given to App/Cluster, which has one already: give it once'),
  wrong('network', undefined, s => Delivery.of(eks.Cluster.fromClusterAttributes(s, 'Imported', { clusterName: 'existing', vpc: network(s) })),
    '"network" is missing for the imported cluster App/Imported, which does not say how its endpoint is reached: call Delivery.of(cluster, { network: DeliveryNetwork.privateSubnets() }) (or publicEndpoint()) before anything is delivered to it'),
  wrong('options', undefined, s => Delivery.of(existing(s), { network: DeliveryNetwork.publicEndpoint() }),
    '"options" are given, but the delivery of App/Existing exists already: give them before the first chart, add-on or release uses it'),

  // the teardown
  wrong('cluster', undefined, s => new Teardown(s, 'Teardown', { cluster: existing(s) as eks.Cluster }),
    '"cluster" is App/Existing, which is not made in stack App: a teardown goes with the stack of its cluster; leave it out'),
  wrong('timeout', Duration.seconds(30), (s, timeout) => platform(s, { teardown: { timeout } }),
    '"timeout" is 30 seconds: give whole seconds from 60 to 3300'),
  wrong('timeout', Duration.minutes(56), (s, timeout) => platform(s, { teardown: { timeout } }),
    '"timeout" is 3360 seconds: give whole seconds from 60 to 3300'),
  wrong('ignoreAfter', Duration.hours(1), (s, after) => platform(s, { teardown: { disruptionBudgets: TeardownDisruptionBudgets.ignoreAfter(after) } }),
    '"ignoreAfter" is 3600 seconds: give whole seconds from 0 to 3300'),

  // the blueprint
  wrong('adminRoleArns', 'platform-team', (s, arn) => blueprint(s, { adminRoleArns: [arn] }),
    '"adminRoleArns" has "platform-team": give ARNs of IAM roles, like arn:PARTITION:iam::ACCOUNT:role/NAME'),
  wrong('sampleNamespace', 'Sample', (s, sampleNamespace) => blueprint(s, { sampleNamespace }),
    '"sampleNamespace" is "Sample": give lower-case letters, digits and "-", beginning and ending with a letter or digit, at most 63 characters'),
  wrong('domain', undefined, s => blueprint(s, { sample: false, domain: 'shop.example.com' }),
    '"domain" is given but "sample" is false: leave one of them out'),
];
