import { Duration, RemovalPolicy, Size, Stack } from 'aws-cdk-lib';
import * as acmpca from 'aws-cdk-lib/aws-acmpca';
import * as efs from 'aws-cdk-lib/aws-efs';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as opensearch from 'aws-cdk-lib/aws-opensearchservice';
import * as route53 from 'aws-cdk-lib/aws-route53';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import * as addons from '../../src/addons';
import * as charts from '../../src/charts';
import { HelmSecretValue } from '../../src/delivery/helm-release';

/** An add-on with all that one can say of it, and with everything that its methods add. */
type Full = (scope: Construct, id: string, cluster: eks.ICluster) => Construct;

const arn = (scope: Construct, service: string, resource: string, resourceName: string) =>
  Stack.of(scope).formatArn({ service, account: '123456789012', resource, resourceName });
const workspace = (scope: Construct) => addons.PrometheusWorkspace.fromWorkspaceAttributes({
  workspaceArn: arn(scope, 'aps', 'workspace', 'ws-1'),
  prometheusEndpoint: `https://aps-workspaces.${Stack.of(scope).region}.amazonaws.com/workspaces/ws-1/`,
});
const zone = (scope: Construct, id: string) => route53.HostedZone.fromHostedZoneAttributes(scope, `${id}Zone`, { hostedZoneId: 'Z1', zoneName: 'example.com' });
const role = (scope: Construct, id: string) => iam.Role.fromRoleName(scope, `${id}Role`, 'Given');
const key = (scope: Construct, id: string) => kms.Key.fromKeyArn(scope, `${id}Key`, arn(scope, 'kms', 'key', '1'));
const logGroup = (scope: Construct, id: string) => logs.LogGroup.fromLogGroupName(scope, `${id}Group`, '/given');

/** Every add-on whose props change what is installed. Imported things only, and nothing that stays when the stack goes. */
export const FULL_ADDONS: Record<string, Full> = {
  Adot: (scope, id, cluster) => new addons.Adot(scope, id, {
    cluster, traces: true, metricsWorkspace: workspace(scope), containerLogGroup: logGroup(scope, id),
  }),

  Amp: (scope, id, cluster) => {
    const amp = new addons.Amp(scope, id, {
      cluster,
      alias: 'shop',
      retention: Duration.days(30),
      encryptionKey: key(scope, id),
      alertManagerDefinition: 'alertmanager_config: |\n  route:\n    receiver: default\n  receivers:\n    - name: default\n',
      removalPolicy: RemovalPolicy.DESTROY,
      scrapeConfiguration: { global: { scrape_interval: '30s' } },
    });
    amp.addRuleGroups('Alerts', [{
      name: 'nodes',
      interval: Duration.minutes(2),
      rules: [
        { alert: 'TargetDown', expr: 'up == 0', forDuration: Duration.minutes(10), labels: { severity: 'page' }, annotations: { summary: 'down' } },
        { record: 'up:sum', expr: 'sum(up)' },
      ],
    }]);
    amp.addRemoteWriteRole('Writer', { namespace: 'monitoring', serviceAccount: 'collector' });
    return amp;
  },

  ArgoCd: (scope, id, cluster) => {
    const argoCd = new addons.ArgoCd(scope, id, { cluster, domain: 'argocd.example.com', insecureServer: true, adminUser: false });
    argoCd.addApplication('Apps', { repoUrl: 'https://git.example/platform.git', path: 'apps', destinationNamespace: 'shop', createNamespace: true });
    return argoCd;
  },

  AwsPrivateCaIssuer: (scope, id, cluster) => {
    const authority = acmpca.CertificateAuthority.fromCertificateAuthorityArn(scope, `${id}Authority`, arn(scope, 'acm-pca', 'certificate-authority', 'a'));
    const certManager = scope.node.children.find((child): child is addons.CertManager => child instanceof addons.CertManager);
    const issuer = new addons.AwsPrivateCaIssuer(scope, id, { cluster, certificateAuthorities: [authority], certManager });
    issuer.addClusterIssuer('Internal', authority);
    return issuer;
  },

  Capability: (scope, id, cluster) => new addons.Capability(scope, id, { cluster, type: addons.CapabilityType.ACK, capabilityName: 'controllers', ack: { disabledServices: ['ec2'], crossNamespaceReferences: true } }),

  CertManager: (scope, id, cluster) => {
    const certManager = new addons.CertManager(scope, id, { cluster });
    certManager.addIssuer('SelfSigned', charts.IssuerConfig.selfSigned());
    certManager.addAcmeIssuer('LetsEncrypt', { hostedZones: [zone(scope, id)], email: 'a@example.com', server: charts.AcmeServer.LETS_ENCRYPT_STAGING, name: 'acme' });
    return certManager;
  },

  ClusterAutoscaler: (scope, id, cluster) => new addons.ClusterAutoscaler(scope, id, {
    cluster,
    expanders: [addons.ClusterAutoscalerExpander.PRIORITY, addons.ClusterAutoscalerExpander.LEAST_NODES],
    priorities: [{ priority: 10, groups: ['.*spot.*'] }, { priority: 1, groups: ['.*'] }],
    balanceSimilarNodeGroups: false,
    kubernetesVersion: eks.KubernetesVersion.V1_35,
  }),

  ContainerInsights: (scope, id, cluster) => new addons.ContainerInsights(scope, id, {
    cluster,
    enhancedObservability: false,
    containerLogs: false,
    applicationSignals: false,
    logRetention: logs.RetentionDays.ONE_WEEK,
    logRemovalPolicy: RemovalPolicy.DESTROY,
  }),

  CoreDns: (scope, id, cluster) => new addons.CoreDns(scope, id, { cluster, minReplicas: 3, maxReplicas: 9 }),

  EbsCsiDriver: (scope, id, cluster) => new addons.EbsCsiDriver(scope, id, { cluster, defaultStorageClass: true, encryptionKey: key(scope, id) }),

  EfsCsiDriver: (scope, id, cluster) => {
    const fileSystem = efs.FileSystem.fromFileSystemAttributes(scope, `${id}Files`, {
      fileSystemId: 'fs-1', securityGroup: { securityGroupId: 'sg-1', connections: {} } as any,
    });
    const driver = new addons.EfsCsiDriver(scope, id, { cluster, fileSystems: [fileSystem] });
    driver.addStorageClass('Shared', fileSystem, { basePath: '/shared', uid: 1000, gid: 1000 });
    return driver;
  },

  ExternalDns: (scope, id, cluster) => new addons.ExternalDns(scope, id, {
    cluster, hostedZones: [zone(scope, id)], domainFilters: ['shop.example.com'], policy: addons.ExternalDnsPolicy.SYNC, sources: ['ingress'], txtOwnerId: 'shop',
  }),

  ExternalSecrets: (scope, id, cluster) => {
    const externalSecrets = new addons.ExternalSecrets(scope, id, {
      cluster, secrets: [secretsmanager.Secret.fromSecretNameV2(scope, `${id}Secret`, 'a')], secretPrefixes: ['shop/'], parameterPrefixes: ['/shop/'],
    });
    externalSecrets.addStore('Shop', { namespaces: ['shop'] });
    externalSecrets.addStore('Parameters', { service: charts.AwsSecretService.PARAMETER_STORE, role: role(scope, id), namespaceLabels: { team: 'shop' } });
    return externalSecrets;
  },

  FargateLogging: (scope, id, cluster) => new addons.FargateLogging(scope, id, {
    cluster,
    podExecutionRoles: [role(scope, id)],
    retention: logs.RetentionDays.ONE_WEEK,
    logRemovalPolicy: RemovalPolicy.DESTROY,
    filters: '[FILTER]\n    Name grep\n    Match *\n    Exclude log healthz\n',
    parsers: '[PARSER]\n    Name json\n    Format json\n',
    additionalOutputs: '[OUTPUT]\n    Name firehose\n    Match kube.*\n    region eu-west-1\n    delivery_stream logs\n',
  }),

  FluentBit: (scope, id, cluster) => new addons.FluentBit(scope, id, {
    cluster,
    outputs: [
      addons.FluentBitOutput.cloudWatchLogs({ retention: logs.RetentionDays.ONE_WEEK, removalPolicy: RemovalPolicy.DESTROY }),
      addons.FluentBitOutput.s3(s3.Bucket.fromBucketName(scope, `${id}Bucket`, 'logs'), { prefix: 'shop' }),
      addons.FluentBitOutput.openSearch(opensearch.Domain.fromDomainEndpoint(scope, `${id}Domain`, 'https://search-shop-abc.eu-west-1.es.amazonaws.com'), { indexPrefix: 'shop' }),
    ],
  }),

  Flux: (scope, id, cluster) => {
    const flux = new addons.Flux(scope, id, { cluster, multiTenancy: true, imageAutomation: true });
    flux.addGitSync('Platform', { url: 'https://git.example/platform.git', path: './prod' });
    return flux;
  },

  Gatekeeper: (scope, id, cluster) => new addons.Gatekeeper(scope, id, { cluster, exemptNamespaces: ['monitoring'], auditInterval: Duration.minutes(5), failClosed: true }),

  GatewayApi: (scope, id, cluster) => {
    const gateways = new addons.GatewayApi(scope, id, { cluster, nlbGatewayClass: false });
    gateways.addGatewayClass('Public', charts.GatewayLoadBalancer.ALB, { name: 'public', namespace: 'kube-system' });
    return gateways;
  },

  GuardDutyAgent: (scope, id, cluster) => new addons.GuardDutyAgent(scope, id, { cluster, vpcEndpoint: false }),

  Karpenter: (scope, id, cluster) => {
    const karpenter = new addons.Karpenter(scope, id, {
      cluster,
      replicas: 3,
      cpu: '2',
      memory: '2Gi',
      logLevel: addons.KarpenterLogLevel.DEBUG,
      featureGates: { nodeRepair: true, nodeOverlay: true, spotToSpotConsolidation: true, capacityBuffer: true },
      batchMaxDuration: Duration.seconds(20),
      batchIdleDuration: Duration.seconds(2),
      preferencePolicy: addons.KarpenterPreferencePolicy.IGNORE,
      minValuesPolicy: addons.KarpenterMinValuesPolicy.BEST_EFFORT,
      vmMemoryOverhead: 0.1,
      reservedEnis: 1,
      ignoreDraRequests: false,
      amiRefreshInterval: Duration.minutes(5),
      subnetRefreshInterval: Duration.minutes(5),
      dryRun: false,
      eksControlPlane: false,
      isolatedVpc: true,
      clusterStateMetrics: false,
      serviceMonitor: true,
      serviceMonitorLabels: { release: 'monitoring' },
    });
    const shared = karpenter.addNodeClass('Shared', { rootVolumeSize: Size.gibibytes(100), detailedMonitoring: true });
    karpenter.addNodePool('General', { ...charts.NodePoolPresets.spotWithFallback({ limits: { cpu: '100' } }), nodeClassRef: shared });
    karpenter.addNodePool('Fixed', { replicas: 2, limits: { nodes: '5' } });
    karpenter.addNodePool('Windows', { nodeClass: { amiFamily: charts.AmiFamily.WINDOWS_2022 }, limits: { cpu: '32' } });
    return karpenter;
  },

  KubePrometheusStack: (scope, id, cluster) => new addons.KubePrometheusStack(scope, id, {
    cluster,
    retention: Duration.days(5),
    storage: Size.gibibytes(20),
    storageClass: 'gp3',
    replicas: 1,
    remoteWriteWorkspace: workspace(scope),
    grafanaAdminPassword: HelmSecretValue.fromSecretsManager(secretsmanager.Secret.fromSecretNameV2(scope, `${id}Password`, 'grafana'), 'password'),
  }),

  KubeProxy: (scope, id, cluster) => new addons.KubeProxy(scope, id, { cluster, mode: addons.KubeProxyMode.NFTABLES }),

  Kyverno: (scope, id, cluster) => new addons.Kyverno(scope, id, { cluster, excludedNamespaces: ['kube-system', 'monitoring'] }),

  MountpointS3CsiDriver: (scope, id, cluster) => new addons.MountpointS3CsiDriver(scope, id, {
    cluster, buckets: [s3.Bucket.fromBucketName(scope, `${id}Data`, 'data')], readOnlyBuckets: [s3.Bucket.fromBucketName(scope, `${id}Models`, 'models')],
  }),

  SecretsStoreCsiDriver: (scope, id, cluster) => new addons.SecretsStoreCsiDriver(scope, id, {
    cluster, syncSecrets: true, rotationInterval: Duration.minutes(5),
  }),

  SnapshotController: (scope, id, cluster) => new addons.SnapshotController(scope, id, { cluster, configurationValues: { replicaCount: 2 } }),

  VerticalPodAutoscaler: (scope, id, cluster) => new addons.VerticalPodAutoscaler(scope, id, { cluster, recommendOnly: true }),

  VpcCni: (scope, id, cluster) => new addons.VpcCni(scope, id, {
    cluster, prefixDelegation: true, warmPrefixTarget: 1, networkPolicy: true, networkPolicyEventLogs: true,
  }),
};
