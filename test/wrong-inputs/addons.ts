import { mkdtempSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { Duration, RemovalPolicy, Size, Stack } from 'aws-cdk-lib';
import * as acmpca from 'aws-cdk-lib/aws-acmpca';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as efs from 'aws-cdk-lib/aws-efs';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as opensearch from 'aws-cdk-lib/aws-opensearchservice';
import * as route53 from 'aws-cdk-lib/aws-route53';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { layer, network, platform, wrong } from './wrong-input';
import { Amp, AmpOptions } from '../../src/addons/amp';
import { AmpRule } from '../../src/addons/amp-rules';
import { ArgoCd } from '../../src/addons/argo-cd';
import { AwsPrivateCaIssuer } from '../../src/addons/aws-private-ca-issuer';
import { Capability } from '../../src/addons/capability';
import { ArgoCdRole, CapabilityOptions, CapabilityType } from '../../src/addons/capability-options';
import { CertManager } from '../../src/addons/cert-manager';
import { ClusterAutoscaler } from '../../src/addons/cluster-autoscaler';
import { ClusterAutoscalerExpander, ClusterAutoscalerOptions } from '../../src/addons/cluster-autoscaler-options';
import { ContainerInsights } from '../../src/addons/container-insights';
import { EbsCsiDriver } from '../../src/addons/ebs-csi-driver';
import { EfsCsiDriver } from '../../src/addons/efs-csi-driver';
import { ExternalDns } from '../../src/addons/external-dns';
import { ExternalSecrets } from '../../src/addons/external-secrets';
import { FargateLogging } from '../../src/addons/fargate-logging';
import { FluentBit } from '../../src/addons/fluent-bit';
import { FluentBitOutput } from '../../src/addons/fluent-bit-output';
import { GatewayApi } from '../../src/addons/gateway-api';
import { GuardDutyAgent } from '../../src/addons/guard-duty-agent';
import { Karpenter } from '../../src/addons/karpenter';
import { KarpenterOptions } from '../../src/addons/karpenter-options';
import { KarpenterNodeClassOptions, KarpenterNodePoolOptions } from '../../src/addons/karpenter-pool-options';
import { KubePrometheusStack } from '../../src/addons/kube-prometheus-stack';
import { PrometheusWorkspace } from '../../src/addons/prometheus-workspace';
import { VpcCniOptions } from '../../src/addons/vpc-cni';
import { AmiFamily } from '../../src/charts/ami-family';
import { CapacityType, NodeRequirement } from '../../src/charts/node-requirement';
import { PlatformClusterProps } from '../../src/cluster/platform-cluster-props';
import { HelmSecretValue } from '../../src/delivery/helm-release';
import { FargateProfile } from '../../src/nodes/fargate-profile';

/** A cluster that takes charts of Helm too. */
const ours = (s: Stack, props: Partial<PlatformClusterProps> = {}) => platform(s, { kubectlLayer: layer(s), ...props });
/** A cluster of CDK's own, whose name is not known at synth. */
const stock = (s: Stack, props: Partial<eks.ClusterProps> = {}) => new eks.Cluster(s, 'Stock', { version: eks.KubernetesVersion.V1_36, vpc: network(s), ...props });
const role = (s: Stack) => s.node.tryFindChild('Given') as iam.IRole ?? iam.Role.fromRoleName(s, 'Given', 'given');
const key = (s: Stack) => kms.Key.fromKeyArn(s, 'Key', s.formatArn({ service: 'kms', account: '111122223333', resource: 'key', resourceName: '1' }));
const zone = (s: Stack, id = 'Z1') => route53.HostedZone.fromHostedZoneId(s, id, id);
const domain = (s: Stack) => opensearch.Domain.fromDomainEndpoint(s, 'Domain', 'https://search-logs-1.eu-west-1.es.amazonaws.com');
const group = (s: Stack) => logs.LogGroup.fromLogGroupName(s, 'Group', 'group');

const FILE = join(mkdtempSync(join(tmpdir(), 'wrong-inputs-')), 'definitions.yaml');
const file = (text: string) => {
  writeFileSync(FILE, text);
  return FILE;
};
const definition = (version: string) => JSON.stringify({
  apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition',
  metadata: { name: 'gateways.gateway.networking.k8s.io', annotations: { 'gateway.networking.k8s.io/bundle-version': version } },
});

const amp = (s: Stack, options: AmpOptions = {}, cluster: eks.Cluster = ours(s)) => new Amp(s, 'Amp', { cluster, ...options });
const rules = (s: Stack, ...given: AmpRule[]) => amp(s).addRuleGroups('Rules', [{ name: 'shop', rules: given }]);
const WORKSPACE = 'arn:aws:aps:eu-west-1:111122223333:workspace/ws-1';
const workspace = PrometheusWorkspace.fromWorkspaceAttributes({ workspaceArn: WORKSPACE, prometheusEndpoint: 'https://aps/' });
const cni = (s: Stack, vpcCni: VpcCniOptions, more: Partial<PlatformClusterProps> = {}) => platform(s, { vpcCni, ...more });
const autoscaler = (s: Stack, options: ClusterAutoscalerOptions) => new ClusterAutoscaler(s, 'Autoscaler', { cluster: ours(s), ...options });
const capability = (s: Stack, options: CapabilityOptions) => new Capability(s, 'Capability', { cluster: ours(s), ...options });

const IDC = 'arn:aws:sso:::instance/ssoins-1';

/** Add-ons. Managed node groups, charts and roles in them have rows of their own. */
export const ADDONS = [
  // networking
  wrong('warmIpTarget', -1, (s, warmIpTarget) => cni(s, { warmIpTarget }),
    '"warmIpTarget" is -1: give a whole number of at least 0'),
  wrong('warmEniTarget', 1, (s, warmEniTarget) => cni(s, { warmEniTarget, warmIpTarget: 2 }),
    '"warmEniTarget" is 1 but "warmIpTarget" is 2, which overrides it: give one of them', 'it is given at all'),
  wrong('warmPrefixTarget', 1, (s, warmPrefixTarget) => cni(s, { warmPrefixTarget }),
    '"warmPrefixTarget" is 1 but "prefixDelegation" is not on: give "prefixDelegation" too, or leave "warmPrefixTarget" out', 'it is given at all'),
  wrong('networkPolicyEventLogs', true, (s, networkPolicyEventLogs) => cni(s, { networkPolicyEventLogs }),
    '"networkPolicyEventLogs" is true but "networkPolicy" is not on: give "networkPolicy" too, or leave "networkPolicyEventLogs" out'),
  wrong('podSubnets', undefined, s => cni(s, { podSubnets: [] }),
    '"podSubnets" is empty: give one subnet for every zone with nodes, or leave it out'),
  wrong('podSubnets', 'eu-west-1a', s => cni(s, { podSubnets: [network(s).privateSubnets[0], network(s).privateSubnets[0]] }),
    '"podSubnets" has two subnets in zone "eu-west-1a": give at most one a zone'),
  wrong('podSubnets', undefined, s => cni(s, { podSubnets: network(s).privateSubnets }, { ipFamily: eks.IpFamily.IP_V6 }),
    '"podSubnets" is given but the cluster\'s IP family is ipv6: custom networking exists in IPv4 clusters only, leave it out'),
  wrong('podSubnetSecurityGroups', undefined, s => cni(s, { podSubnetSecurityGroups: [] }),
    '"podSubnetSecurityGroups" is given but "podSubnets" is not: give the subnets too, or leave the groups out'),
  wrong('prefixDelegation', false, (s, prefixDelegation) => cni(s, { prefixDelegation }, { ipFamily: eks.IpFamily.IP_V6 }),
    '"prefixDelegation" is false but the cluster\'s IP family is ipv6, where it is always on: leave it out'),
  wrong('replicaCount', 0, (s, replicaCount) => platform(s, { coreDns: { replicaCount } }),
    '"replicaCount" is 0: give a whole number of at least 1'),
  wrong('replicaCount', 3, (s, replicaCount) => platform(s, { coreDns: { replicaCount, minReplicas: 2 } }),
    '"replicaCount" is 3 but EKS is told to scale CoreDNS: leave it out, or "minReplicas" and "maxReplicas"', 'it is given at all'),
  wrong('maxReplicas', 1, (s, maxReplicas) => platform(s, { coreDns: { maxReplicas } }),
    '"maxReplicas" is 1 but "minReplicas" is 2 by default: give a "maxReplicas" of at least 2, or a lower "minReplicas"'),
  wrong('hostedZones', undefined, s => new ExternalDns(s, 'Dns', { cluster: ours(s), hostedZones: [] }),
    '"hostedZones" is empty: give at least one, ExternalDNS may change records in them only'),
  wrong('domainFilters', undefined, s => new ExternalDns(s, 'Dns', { cluster: ours(s), hostedZones: [zone(s)] }),
    '"domainFilters" is missing, and hosted zone App/Z1 was imported without its name: give "domainFilters", or import the zone by HostedZone.fromHostedZoneAttributes'),
  wrong('definitions', '/no/such/file.yaml', (s, definitions) => new GatewayApi(s, 'Gateways', { cluster: ours(s), definitions }), '"definitions" is "/no/such/file.yaml", where there is no file: download standard-install.yaml of a release of the Gateway API to there',
    'the file is read at synth'),

  wrong('definitions', undefined, s => new GatewayApi(s, 'Gateways', { cluster: ours(s), definitions: file('kind: Secret\napiVersion: v1\nmetadata: { name: a }') }),
    `"definitions" is "${FILE}", whose Secret "a" is not of the Gateway API: give standard-install.yaml of one of its releases`),
  wrong('definitions', undefined, s => new GatewayApi(s, 'Gateways', { cluster: ours(s), definitions: file(definition('v1.5.1')) }),
    `"definitions" is "${FILE}", which is of version v1.5.1: give 1.6.0 or later, the AWS Load Balancer Controller needs it`),
  wrong('domainFilters', '', (s, name) => new ExternalDns(s, 'Dns', { cluster: ours(s), hostedZones: [zone(s)], domainFilters: [name] }),
    '"domainFilters" is [""]: give at least one, none of them empty, or leave it out'),
  wrong('sources', undefined, s => new ExternalDns(s, 'Dns', { cluster: ours(s), hostedZones: [zone(s)], domainFilters: ['example.com'], sources: [] }),
    '"sources" is []: give at least one, none of them empty, or leave it out'),
  wrong('txtOwnerId', '', (s, txtOwnerId) => new ExternalDns(s, 'Dns', { cluster: ours(s), hostedZones: [zone(s)], domainFilters: ['example.com'], txtOwnerId }),
    '"txtOwnerId" is "": give text by which ExternalDNS knows its records, or leave it out'),

  // capacity
  wrong('expanders', undefined, s => autoscaler(s, { expanders: [ClusterAutoscalerExpander.PRIORITY] }),
    '"expanders" is priority and "priorities" has 0 entries: give both or neither, priorities and their expander go together'),
  wrong('priorities', 10, (s, priority) => autoscaler(s, { priorities: [{ priority, groups: ['a'] }, { priority, groups: ['b'] }] }),
    '"priorities" has 10 twice: give it once, with all its groups', 'it is given twice'),
  wrong('priorities[0].priority', 0, (s, priority) => autoscaler(s, { priorities: [{ priority, groups: ['a'] }] }),
    '"priorities[0].priority" is 0: give a whole number of at least 1'),
  wrong('priorities[0].groups', '', (s, expression) => autoscaler(s, { priorities: [{ priority: 10, groups: [expression] }] }),
    '"priorities[0].groups" is [""]: give at least one expression, none of them empty; ".*" stands for all groups'),

  // storage, secrets, certificates
  wrong('encryptionKey', undefined, s => new EbsCsiDriver(s, 'Ebs', { cluster: ours(s), encryptionKey: key(s), defaultStorageClass: false }),
    '"encryptionKey" is given but "defaultStorageClass" is false: leave it out, or give the key to a storage class of your own'),
  wrong('fileSystem', undefined, s => {
    const files = (id: string) => efs.FileSystem.fromFileSystemAttributes(s, id, { fileSystemId: 'fs-1', securityGroup: ec2.SecurityGroup.fromSecurityGroupId(s, `${id}Group`, 'sg-1') });
    new EfsCsiDriver(s, 'Efs', { cluster: ours(s), fileSystems: [files('One')] }).addStorageClass('Data', files('Two'));
  }, '"fileSystem" of storage class "Data" is App/Two, which is not among "fileSystems": add it to them, the driver may make access points in them only'),
  wrong('secretPrefixes', '*', (s, prefix) => new ExternalSecrets(s, 'Secrets', { cluster: ours(s), secretPrefixes: [prefix] }),
    '"secretPrefixes" has "*": give the beginning of a name without "*", such as "shop/"'),
  wrong('parameterPrefixes', '/', (s, prefix) => new ExternalSecrets(s, 'Secrets', { cluster: ours(s), parameterPrefixes: [prefix] }),
    '"parameterPrefixes" has "/": give the beginning of a name without "*", such as "shop/"'),
  wrong('hostedZones', undefined, s => new CertManager(s, 'Certs', { cluster: ours(s) }).addAcmeIssuer('Public', { hostedZones: [] }),
    '"hostedZones" of issuer "Public" is empty: give at least one'),
  wrong('certificateAuthorities', undefined, s => new AwsPrivateCaIssuer(s, 'Issuer', { cluster: ours(s), certificateAuthorities: [] }),
    '"certificateAuthorities" is empty: give at least one, the add-on may use them only'),
  wrong('certificateAuthority', undefined, s => {
    const authority = (id: string) => acmpca.CertificateAuthority.fromCertificateAuthorityArn(s, id,
      s.formatArn({ service: 'acm-pca', region: 'eu-west-1', account: '111122223333', resource: 'certificate-authority', resourceName: id }));
    new AwsPrivateCaIssuer(s, 'Issuer', { cluster: ours(s), certificateAuthorities: [authority('One')] }).addClusterIssuer('Private', authority('Two'));
  }, '"certificateAuthority" of issuer "Private" is App/Two, which is not among "certificateAuthorities": add it to them, the add-on may use them only'),

  // observability
  wrong('applicationSignalsDiscovery', true, (s, applicationSignalsDiscovery) => new ContainerInsights(s, 'Insights', { cluster: ours(s), applicationSignalsDiscovery }),
    '"applicationSignalsDiscovery" is true but "applicationSignals" is not: give "applicationSignals" too, or leave it out'),
  wrong('logRemovalPolicy', undefined, s => new ContainerInsights(s, 'Insights', { cluster: ours(s), logRemovalPolicy: RemovalPolicy.DESTROY }),
    '"logRemovalPolicy" is RemovalPolicy.DESTROY but "logRetention" is missing: give it, or no log group is made here'),
  wrong('outputs', undefined, s => new FluentBit(s, 'Logs', { cluster: ours(s), outputs: [] }),
    '"outputs" is empty: give at least one, or leave it out'),
  wrong('outputs', undefined, s => new FluentBit(s, 'Logs', { cluster: ours(s), outputs: [FluentBitOutput.cloudWatchLogs(), FluentBitOutput.cloudWatchLogs()] }),
    '"outputs" has two of the kind "cloudWatchLogs": the chart has one of each, give others as text, in "additionalOutputs" among the "values"'),
  wrong('retention', undefined, s => FluentBitOutput.cloudWatchLogs({ logGroup: group(s), retention: logs.RetentionDays.ONE_DAY }),
    '"retention" is given together with "logGroup", which exists already: leave one of them out'),
  wrong('region', 'eu-west-1a', (s, region) => FluentBitOutput.s3(s3.Bucket.fromBucketName(s, 'Bucket', 'logs'), { region }),
    '"region" is "eu-west-1a": give the name of a region, such as "eu-west-1"'),
  wrong('region', 'Frankfurt', (s, region) => FluentBitOutput.openSearch(domain(s), { region }),
    '"region" is "Frankfurt": give the name of a region, such as "eu-west-1"'),
  wrong('indexPrefix', 'Pods', (s, indexPrefix) => FluentBitOutput.openSearch(domain(s), { indexPrefix }),
    '"indexPrefix" is "Pods": give the beginning of an index name: no capitals, spaces and special characters, not beginning with "_" or "-"'),
  wrong('podExecutionRoles', undefined, s => new FargateLogging(s, 'Logs', { cluster: ours(s), podExecutionRoles: [] }),
    '"podExecutionRoles" is empty: give those of the Fargate profiles whose pods log'),
  wrong('retention', undefined, s =>
    new FargateLogging(s, 'Logs', { cluster: ours(s), podExecutionRoles: [role(s)], logGroup: group(s), retention: logs.RetentionDays.ONE_DAY }), '"retention" is given together with "logGroup", which exists already: leave one of them out'),
  wrong('vpcEndpointSubnets', undefined, s => new GuardDutyAgent(s, 'GuardDuty', { cluster: ours(s), vpcEndpoint: false, vpcEndpointSubnets: {} }),
    '"vpcEndpointSubnets" is given but "vpcEndpoint" is false: leave it out, or let the endpoint be made here'),
  wrong('grafanaAdminPassword', undefined, s => new KubePrometheusStack(s, 'Prometheus', {
    cluster: ours(s), grafana: false, grafanaAdminPassword: HelmSecretValue.fromSecretsManager(secretsmanager.Secret.fromSecretNameV2(s, 'Secret', 'grafana')),
  }), '"grafanaAdminPassword" is given but "grafana" is false: leave it out, or let Grafana be installed'),
  wrong('retention', Duration.hours(12), (s, retention) => amp(s, { retention }),
    '"retention" is 0.5: give a whole number from 1 to 1095'),
  wrong('retention', undefined, s => amp(s, { workspace, retention: Duration.days(30) }),
    '"retention" is given together with "workspace", which exists already: leave one of them out'),
  wrong('scraperSubnets', undefined, s => amp(s, { scraper: false, scraperSubnets: {} }),
    '"scraperSubnets" is given but "scraper" is false: leave it out, or let the scraper be made'),
  wrong('scraperSubnets', 1, s => amp(s, { scraperSubnets: { availabilityZones: ['eu-west-1a'] } }),
    '"scraperSubnets" selects 1 of the subnets of App/Network: give two in different zones'),
  wrong('scraper', undefined, s => amp(s, {}, stock(s, { endpointAccess: eks.EndpointAccess.PUBLIC })),
    '"scraper" needs private access to the endpoint of App/Stock, which is public only: turn private access on, or give "scraper: false" and send metrics from the cluster'),
  wrong('alias', 'my metrics', (s, alias) => amp(s, { alias }),
    '"alias" is "my metrics": give at most 100 letters, digits, "-", "." and "_", beginning with a letter or digit'),
  wrong('alias', '', (s, alias) => amp(s, { scraper: false, alias }),
    '"alias" is "": give at most 100 letters, digits, "-", "." and "_", beginning with a letter or digit'),
  wrong('id', 'My rules', s => amp(s).addRuleGroups('My rules', [{ name: 'shop', rules: [{ record: 'a', expr: 'b' }] }]),
    '"id" is "My rules": give at most 128 letters, digits, "-", "." and "_", beginning with a letter or digit'),
  wrong('name', '', (s, name) => amp(s).addRuleGroups('Rules', [{ name, rules: [{ record: 'a', expr: 'b' }] }]), '"name" is "": give every group a name'),
  wrong('expr', ' ', (s, expr) => rules(s, { record: 'a', expr }), '"expr" is " ": give every rule a query'),
  wrong('alert', '', (s, alert) => rules(s, { alert, expr: 'up == 0' }), '"alert" is "": give the alert a name'),
  wrong('record', 'up-rate', (s, record) => rules(s, { record, expr: 'rate(up[5m])' }),
    '"record" is "up-rate": give the name of a metric: letters, digits, "_" and ":", not beginning with a digit'),
  wrong('labels', 'my-team', (s, label) => rules(s, { alert: 'Down', expr: 'up == 0', labels: { [label]: 'shop' } }),
    '"labels" is "my-team": give names of labels: letters, digits and "_", not beginning with a digit'),
  wrong('annotations', '', (s, name) => rules(s, { alert: 'Down', expr: 'up == 0', annotations: { [name]: 'x' } }),
    '"annotations" is "": give names of labels: letters, digits and "_", not beginning with a digit'),
  wrong('workspaceArn', 'ws-1', (_, workspaceArn) => PrometheusWorkspace.fromWorkspaceAttributes({ workspaceArn, prometheusEndpoint: 'https://aps/' }),
    '"workspaceArn" is "ws-1": give arn:PARTITION:aps:REGION:ACCOUNT:workspace/ID'),
  wrong('prometheusEndpoint', 'https://aps.example/workspaces/ws-1', (_, prometheusEndpoint) => PrometheusWorkspace.fromWorkspaceAttributes({ workspaceArn: WORKSPACE, prometheusEndpoint }),
    '"prometheusEndpoint" is "https://aps.example/workspaces/ws-1": give an address that begins with https:// and ends with "/"'),
  wrong('groups', undefined, s => amp(s).addRuleGroups('Rules', []), '"groups" is empty: give at least one'),
  wrong('groups', 'shop', (s, name) => amp(s).addRuleGroups('Rules', Array(2).fill({ name, rules: [{ record: 'a', expr: 'b' }] })),
    '"groups" has two groups with the name "shop": give one of them another name', 'it is given twice'),
  wrong('rules', undefined, s => rules(s), '"rules" of group "shop" is empty: give at least one'),
  wrong('alert', undefined, s => rules(s, { expr: 'up == 0' }), 'rule "up == 0" of group "shop" has neither of "alert" and "record": give exactly one'),
  wrong('forDuration', undefined, s => rules(s, { record: 'up', expr: 'up', forDuration: Duration.minutes(5) }),
    '"forDuration" is given for "up" of group "shop", which is a recording rule: leave it out, or give "alert"'),

  wrong('interval', Duration.millis(500), (s, interval) => amp(s).addRuleGroups('Rules', [{ name: 'shop', interval, rules: [{ record: 'a', expr: 'b' }] }]),
    '"interval" is 0.5 seconds: give whole seconds of at least 1'),
  wrong('storage', Size.mebibytes(500), (s, storage) => new KubePrometheusStack(s, 'Prometheus', { cluster: ours(s), storage }),
    '"storage" is 0.48828125 GiB: give whole GiB of at least 1'),
  wrong('storageClass', 'GP3', (s, storageClass) => new KubePrometheusStack(s, 'Prometheus', { cluster: ours(s), storageClass }),
    '"storageClass" is "GP3": give lower-case letters, digits, "-" and ".", beginning and ending with a letter or digit, at most 253 characters'),
  wrong('domain', 'https://argo.example.com', (s, domainName) => new ArgoCd(s, 'Argo', { cluster: ours(s), domain: domainName }),
    '"domain" is "https://argo.example.com": give lower-case letters, digits, "-" and ".", beginning and ending with a letter or digit, at most 253 characters'),

  // one of each, in a version that works
  wrong('capabilityName', 'my capability', (s, capabilityName) => capability(s, { type: CapabilityType.KRO, capabilityName }),
    '"capabilityName" is "my capability": give at most 100 letters, digits, "-" and "_", beginning with a letter or digit'),
  wrong('argoCd', undefined, s => capability(s, { type: CapabilityType.ARGO_CD }),
    '"argoCd" is missing but "type" is ARGOCD: give it, it goes with ARGOCD and with nothing else'),
  wrong('argoCd.roleMappings[0]', undefined, s => capability(s, {
    type: CapabilityType.ARGO_CD, argoCd: { idcInstanceArn: IDC, roleMappings: [{ role: ArgoCdRole.VIEWER }] },
  }), '"argoCd.roleMappings[0]" gives VIEWER to nobody: give "users" or "groups"'),
  wrong('argoCd.idcInstanceArn', 'ssoins-1', (s, idcInstanceArn) => capability(s, { type: CapabilityType.ARGO_CD, argoCd: { idcInstanceArn } }),
    '"argoCd.idcInstanceArn" is "ssoins-1": give arn:PARTITION:sso:::instance/ID'),
  wrong('argoCd.idcRegion', 'EU', (s, idcRegion) => capability(s, { type: CapabilityType.ARGO_CD, argoCd: { idcInstanceArn: IDC, idcRegion } }),
    '"argoCd.idcRegion" is "EU": give the name of a region, such as "eu-west-1"'),
  wrong('argoCd.namespace', 'Argo', (s, namespace) => capability(s, { type: CapabilityType.ARGO_CD, argoCd: { idcInstanceArn: IDC, namespace } }),
    '"argoCd.namespace" is "Argo": give lower-case letters, digits and "-", beginning and ending with a letter or digit, at most 63 characters'),
  wrong('argoCd.vpcEndpointIds', 'vpc-1', (s, id) => capability(s, { type: CapabilityType.ARGO_CD, argoCd: { idcInstanceArn: IDC, vpcEndpointIds: [id] } }),
    '"argoCd.vpcEndpointIds" is "vpc-1": give ids of VPC endpoints, which begin with "vpce-"'),
  wrong('ack', undefined, s => capability(s, { type: CapabilityType.KRO, ack: {} }),
    '"ack" is given but "type" is KRO: leave it out, it goes with ACK and with nothing else'),
  wrong('ack.disabledServices', 'Amazon S3', (s, service) => capability(s, { type: CapabilityType.ACK, ack: { disabledServices: [service] } }),
    '"ack.disabledServices" has "Amazon S3": give names as ACK has them, lower-case letters and digits, such as "s3"'),
  wrong('cluster', undefined, s => {
    const cluster = ours(s);
    new FluentBit(s, 'One', { cluster });
    new FluentBit(s, 'Two', { cluster });
  }, '"cluster" is App/Cluster, where App/One installs FluentBit already: leave one of them out'),
  wrong('version', '1.37', (s, version) => new Karpenter(s, 'Karpenter', { cluster: ours(s, { version: eks.KubernetesVersion.of(version) }) }),
    '"version" of cluster App/Cluster is "1.37", but chart "karpenter-crd" 1.14.1 works with Kubernetes 1.30 to 1.36: change the cluster\'s, or give the add-on a "version" of the chart that works with 1.37'),
  wrong('clusterName', undefined, s => new Karpenter(s, 'Karpenter', { cluster: stock(s) }),
    'the policies of App/Karpenter name the cluster in condition keys, which must be known at synth: give the cluster App/Stock a "clusterName" (PlatformCluster always has one)'),
];

const karpenter = (s: Stack, options: KarpenterOptions = {}) => new Karpenter(s, 'Karpenter', { cluster: ours(s), ...options });
const pool = (s: Stack, options: KarpenterNodePoolOptions) => karpenter(s).addNodePool('General', options);
const nodeClass = (s: Stack, options: KarpenterNodeClassOptions) => karpenter(s).addNodeClass('Default', options);

/** Karpenter itself. Its pools and classes have rows of their own. */
export const KARPENTER = [
  wrong('replicas', 0, (s, replicas) => karpenter(s, { replicas }), '"replicas" is 0: give a whole number of at least 1'),
  wrong('cpu', 'one', (s, cpu) => karpenter(s, { cpu }),
    '"cpu" is "one": give a quantity that is not negative, such as "250m", "2" or "512Mi"'),
  wrong('memory', '1 Gi', (s, memory) => karpenter(s, { memory }),
    '"memory" is "1 Gi": give a quantity that is not negative, such as "250m", "2" or "512Mi"'),
  wrong('vmMemoryOverhead', 7.5, (s, vmMemoryOverhead) => karpenter(s, { vmMemoryOverhead }),
    '"vmMemoryOverhead" is 7.5: give a share from 0 to below 1, such as 0.075 for 7.5 percent'),
  wrong('reservedEnis', -1, (s, reservedEnis) => karpenter(s, { reservedEnis }),
    '"reservedEnis" is -1: give a whole number of at least 0'),
  wrong('reservedEnis', NaN, (s, reservedEnis) => karpenter(s, { reservedEnis }),
    '"reservedEnis" is NaN: give a whole number of at least 0'),
  wrong('batchIdleDuration', Duration.millis(500), (s, batchIdleDuration) => karpenter(s, { batchIdleDuration }),
    '"batchIdleDuration" is 0.5 seconds: give whole seconds of at least 1'),
  wrong('amiRefreshInterval', Duration.seconds(30), (s, amiRefreshInterval) => karpenter(s, { amiRefreshInterval }),
    '"amiRefreshInterval" is 30 seconds: give whole seconds of at least 60'),
  wrong('serviceMonitorLabels', undefined, s => karpenter(s, { serviceMonitor: false, serviceMonitorLabels: { team: 'shop' } }),
    '"serviceMonitorLabels" is {"team":"shop"} but "serviceMonitor" is false: give "serviceMonitor: true", or leave the labels out'),
  wrong('nodeRole', undefined, s => karpenter(s, { nodeRole: role(s) }),
    '"nodeRole" is given without "nodeAccessEntry": give it, true makes the access entry with which its nodes join the cluster, false says that it has one already (the role of a managed node group has)'),
  wrong('zonalShift', true, (s, zonalShift) => karpenter(s, { zonalShift }),
    '"zonalShift" is true, but cluster App/Cluster has no zonal shift, and Karpenter would not start: switch it on (PlatformCluster has a prop for it), or leave this out'),
  wrong('identityType', undefined, s => {
    const cluster = ours(s);
    new FargateProfile(s, 'Profile', { cluster, selectors: [{ namespace: 'kube-system' }] });
    new Karpenter(s, 'Karpenter', { cluster });
  }, '"identityType" is POD_IDENTITY, but Karpenter runs on Fargate (profile App/Profile/Resource selects its pods), where Pod Identity does not exist: '
    + 'give eks.IdentityType.IRSA'),
  wrong('nodeClass', undefined, s => pool(s, { nodeClass: {}, nodeClassRef: { name: 'default' } }),
    '"nodeClass" and "nodeClassRef" ("default") are both given for pool "General": give one of them'),
  wrong('capacityTypes', undefined, s => pool(s, { capacityTypes: [CapacityType.SPOT], requirements: [NodeRequirement.capacityTypes(CapacityType.ON_DEMAND)] }),
    '"capacityTypes" is spot and "requirements" has "karpenter.sh/capacity-type" too: give one of them'),
  wrong('subnets', undefined, s => nodeClass(s, { subnets: {}, subnetSelectorTerms: [{ id: 'subnet-1' }] }),
    '"subnets" and "subnetSelectorTerms" are both given for node class "Default": give one of them'),
  wrong('amiSelectorTerms', undefined, s => nodeClass(s, { amiFamily: AmiFamily.BOTTLEROCKET }),
    '"amiSelectorTerms" is missing for node class "Default" of the family Bottlerocket: say which images its nodes start from'),
  wrong('staticCapacity', undefined, s => karpenter(s, { featureGates: { staticCapacity: false } }).addNodePool('Fixed', { replicas: 3 }), 'pool "Fixed" needs Karpenter\'s feature gate "staticCapacity", but "featureGates.staticCapacity" is false: leave it out, or what needs it'),
];
