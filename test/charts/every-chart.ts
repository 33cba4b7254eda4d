import { Duration } from 'aws-cdk-lib';
import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { AUTO_MODE_CLASS, FULL_CLASS, FULL_POOL, FULL_STATIC_POOL, OTHER_CLASS } from './karpenter-full';
import { render } from './render';
import * as charts from '../../src/charts';

const IMAGE = 'public.ecr.aws/nginx/nginx-unprivileged:1.29';
const CERTIFICATE = 'arn:aws:acm:eu-west-1:123456789012:certificate/a';
const AUTHORITY = 'arn:aws:acm-pca:eu-west-1:123456789012:certificate-authority/a';
const ROLE = 'arn:aws:iam::123456789012:role/a';
const GIT = 'https://git.example/platform.git';

const LOAD_BALANCER: charts.LoadBalancerOptions = {
  scheme: charts.LoadBalancerScheme.INTERNET_FACING,
  targetType: charts.LoadBalancerTargetType.INSTANCE,
  loadBalancerName: 'shop',
  subnets: ['subnet-1', 'subnet-2'],
  securityGroups: ['sg-1'],
  manageBackendSecurityGroupRules: false,
  certificateArns: [CERTIFICATE],
  sslPolicy: 'ELBSecurityPolicy-TLS13-1-3-2021-06',
  deregistrationDelay: Duration.seconds(60),
  loadBalancerAttributes: { 'deletion_protection.enabled': 'true' },
  targetGroupAttributes: { 'stickiness.enabled': 'true' },
  tags: { team: 'shop' },
  annotations: { 'example.com/note': 'x' },
};

const STORE: charts.AwsSecretStoreOptions = { service: charts.AwsSecretService.SECRETS_MANAGER, region: 'eu-west-1', roleArn: ROLE, prefix: 'a/' };

/**
 * Props of every construct of src/charts: first those that it cannot do without, then others which together have every prop that there is. Two tests
 * hold this table: none may be missing, and the API server takes what the constructs make of them.
 */
export const EVERY_CHART: Record<string, object[]> = {
  AlbIngress: [
    { rules: [{ serviceName: 'orders' }] },
    {
      ...LOAD_BALANCER,
      name: 'full',
      namespace: 'default',
      ingressClassName: 'alb',
      group: { name: 'shop', order: -1000 },
      https: true,
      httpPort: 8080,
      httpsPort: 8443,
      sslRedirect: false,
      ipAddressType: charts.AlbIpAddressType.DUALSTACK,
      backendProtocol: charts.AlbBackendProtocol.HTTPS,
      backendProtocolVersion: charts.AlbBackendProtocolVersion.HTTP2,
      wafAclArn: 'arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/a/1',
      shieldAdvancedProtection: true,
      healthCheck: {
        path: '/health', port: 8081, protocol: charts.HealthCheckProtocol.HTTP, interval: Duration.seconds(10), timeout: Duration.seconds(5),
        healthyThresholdCount: 2, unhealthyThresholdCount: 3, successCodes: '200-299',
      },
      rules: [
        { host: '*.example.com', serviceName: 'any' },
        { host: 'a.example.com', path: '/a', pathType: charts.IngressPathType.EXACT, serviceName: 'a', servicePort: 8080 },
        { host: 'a.example.com', path: '/img/*', pathType: charts.IngressPathType.IMPLEMENTATION_SPECIFIC, serviceName: 'img' },
      ],
    },
    { rules: [{ serviceName: 'orders' }], scheme: charts.LoadBalancerScheme.INTERNET_FACING, inboundCidrs: ['0.0.0.0/0'], inboundPrefixLists: ['pl-1'] },
  ],
  ArgoApplication: [
    { repoUrl: GIT, path: 'apps' },
    {
      repoUrl: GIT, path: 'apps', name: 'apps', namespace: 'argocd', targetRevision: 'main', project: 'platform', destinationCluster: 'staging', destinationNamespace: 'shop',
      createNamespace: true, prune: true, selfHeal: true, syncOptions: ['ServerSideApply=true'], cascade: true,
    },
    { repoUrl: 'https://charts.example', chart: 'web', targetRevision: '1.2.3', helmValues: { replicas: 2, nested: { list: [1] } }, automated: false },
  ],
  AutoModeIngressClass: [{}, { name: 'auto', isDefault: true }],
  AutoModeNodeClass: [
    { role: 'nodes', subnetSelectorTerms: [{ id: 'subnet-1' }], securityGroupSelectorTerms: [{ id: 'sg-1' }] },
    AUTO_MODE_CLASS,
  ],
  AwsGatewayClass: [
    { loadBalancer: charts.GatewayLoadBalancer.NLB },
    { loadBalancer: charts.GatewayLoadBalancer.ALB, name: 'public', configuration: { name: 'public', namespace: 'default' }, description: 'public' },
  ],
  AwsPcaClusterIssuer: [{ certificateAuthorityArn: AUTHORITY }, { name: 'pca', certificateAuthorityArn: AUTHORITY, region: 'eu-west-1', roleArn: ROLE }],
  AwsSecretProviderClass: [
    { secrets: [charts.MountedSecret.fromSecretsManager('a')] },
    {
      name: 'full',
      namespace: 'default',
      secrets: [
        charts.MountedSecret.fromSecretsManager('a', { fields: { b: 'c' }, filePermission: '0400', versionLabel: 'AWSPREVIOUS' }),
        charts.MountedSecret.fromParameterStore('/d', { fileName: 'd' }),
      ],
      usePodIdentity: false,
      region: 'eu-west-1',
      failoverRegion: 'eu-central-1',
      syncedSecrets: [{ name: 'a', data: { B: 'b' }, type: 'Opaque', labels: { a: 'b' } }],
    },
  ],
  ClusterIssuer: [
    { config: charts.IssuerConfig.selfSigned() },
    { name: 'ca', config: charts.IssuerConfig.ca('root') },
    {
      name: 'acme',
      config: charts.IssuerConfig.acmeRoute53({
        zones: [{ hostedZoneId: 'Z1', zoneName: 'example.com', roleArn: ROLE }, { hostedZoneId: 'Z2' }],
        email: 'a@example.com',
        profile: 'shortlived',
        server: charts.AcmeServer.LETS_ENCRYPT_STAGING,
        accountKeySecretName: 'account',
      }),
    },
    { name: 'vault', config: charts.IssuerConfig.of({ vault: { path: 'a', server: 'https://vault', auth: { tokenSecretRef: { name: 'a', key: 'b' } } } }) },
  ],
  ClusterSecretStore: [
    { service: charts.AwsSecretService.PARAMETER_STORE, region: 'eu-west-1' },
    { ...STORE, name: 'full', namespaces: ['a'], namespaceLabels: { a: 'b' } },
    { ...STORE, name: 'account', serviceAccount: 'reader', serviceAccountNamespace: 'a', roleArn: undefined },
  ],
  EbsSnapshotClass: [{}, {
    name: 'fast', defaultClass: true, tags: { a: 'b' }, fastRestoreZones: ['a', 'b'], deletionPolicy: charts.VolumeReclaimPolicy.RETAIN, driver: 'ebs.csi.eks.amazonaws.com',
  }],
  Ec2NodeClass: [
    { role: 'nodes', amiSelectorTerms: [charts.AmiAlias.al2023()], subnetSelectorTerms: [{ id: 'subnet-1' }], securityGroupSelectorTerms: [{ id: 'sg-1' }] },
    FULL_CLASS,
    OTHER_CLASS,
    { ...OTHER_CLASS, name: 'newer', specOverride: { kubelet: { maxPods: 50 } } },
  ],
  EfsStorageClass: [{ fileSystemId: 'fs-1' }, {
    name: 'shared', fileSystemId: 'fs-1', defaultClass: true, basePath: '/a', subPathPattern: '${.PVC.name}', directoryPermissions: '750', uid: 1, gid: 1, mountOptions: ['iam'],
    zoneAffinity: true, reclaimPolicy: charts.VolumeReclaimPolicy.RETAIN,
  }],
  FargateLogConfiguration: [
    { outputs: '[OUTPUT]\n    Name cloudwatch_logs\n    Match kube.*\n    region eu-west-1\n    log_group_name a\n' },
    {
      outputs: '[OUTPUT]\n    Name firehose\n    Match kube.*\n    region eu-west-1\n    delivery_stream logs\n',
      filters: '[FILTER]\n    Name grep\n    Match *\n    Exclude log healthz\n',
      parsers: '[PARSER]\n    Name json\n    Format json\n',
      fluentBitLogs: true,
    },
  ],
  FluxGitSync: [{ url: GIT }, {
    url: GIT, name: 'full', namespace: 'default', branch: 'main', path: './prod', secretName: 'deploy-key', interval: Duration.minutes(90), prune: true, targetNamespace: 'shop',
    serviceAccountName: 'deployer', wait: false,
  }, { url: GIT, name: 'tagged', tag: 'v1' }],
  Gp3StorageClass: [{}, {
    name: 'fast', defaultClass: true, kmsKeyId: 'key', iops: 6000, throughput: 500, fsType: 'xfs', tags: { a: 'b' }, reclaimPolicy: charts.VolumeReclaimPolicy.RETAIN,
    provisioner: 'ebs.csi.eks.amazonaws.com',
  }],
  Io2StorageClass: [{ iops: 10000 }, {
    name: 'grow', defaultClass: true, iopsPerGb: 50, kmsKeyId: 'key', fsType: 'xfs', tags: { a: 'b' }, reclaimPolicy: charts.VolumeReclaimPolicy.RETAIN,
    provisioner: 'ebs.csi.eks.amazonaws.com',
  }],
  LoadBalancerConfiguration: [{}, {
    name: 'public',
    namespace: 'default',
    scheme: charts.LoadBalancerScheme.INTERNET_FACING,
    sourceRanges: ['0.0.0.0/0'],
    securityGroups: ['sg-1'],
    subnets: ['subnet-1', 'subnet-2'],
    listeners: [{ protocolPort: 'HTTPS:443', sslPolicy: LOAD_BALANCER.sslPolicy, certificateArns: [CERTIFICATE, `${CERTIFICATE}b`] }],
    attributes: { 'idle_timeout.timeout_seconds': '60' },
    tags: { team: 'shop' },
    more: { mergingMode: 'prefer-gateway' },
  }],
  NlbService: [
    { selector: { app: 'a' }, ports: [{ port: 1883 }] },
    {
      ...LOAD_BALANCER,
      name: 'full',
      namespace: 'default',
      selector: { app: 'a' },
      loadBalancerClass: 'eks.amazonaws.com/nlb',
      tlsPorts: [8883],
      alpnPolicy: charts.NlbAlpnPolicy.HTTP2_PREFERRED,
      backendTls: true,
      proxyProtocol: true,
      ipAddressType: charts.NlbIpAddressType.IPV4,
      eipAllocations: ['eipalloc-1', 'eipalloc-2'],
      healthCheck: { protocol: charts.HealthCheckProtocol.HTTP, path: '/', port: 8080, interval: Duration.seconds(10), timeout: Duration.seconds(5) },
      ports: [
        { name: 'mqtts', port: 8883, targetPort: 1883 }, { name: 'tcp', port: 53 }, { name: 'udp', port: 53, protocol: charts.NlbProtocol.UDP },
      ],
    },
    { selector: { app: 'a' }, ports: [{ port: 80 }], subnets: ['subnet-1'], privateIpv4Addresses: ['10.0.0.10'], inboundCidrs: ['10.0.0.0/16'], inboundPrefixLists: ['pl-1'] },
  ],
  NodePool: [{ nodeClassRef: { name: 'default' } }, FULL_POOL, FULL_STATIC_POOL, { nodeClassRef: { name: 'default' }, specOverride: { weight: 7 } }],
  S3Volume: [{ bucketName: 'images' }, {
    name: 'models', namespace: 'default', bucketName: 'models', prefix: 'a/', region: 'eu-west-1', authentication: charts.S3VolumeAuthentication.POD, allowDelete: true,
    allowOverwrite: true, mountOptions: ['uid=1000'], volumeAttributes: { cache: 'emptyDir' },
  }, { bucketName: 'logs', readOnly: true }],
  SecretStore: [
    { service: charts.AwsSecretService.PARAMETER_STORE, region: 'eu-west-1' },
    { ...STORE, name: 'full', namespace: 'default', serviceAccount: 'reader' },
  ],
  Tenant: [{ name: 'team' }, {
    name: 'shop',
    podSecurity: charts.PodSecurityLevel.BASELINE,
    quota: { 'requests.cpu': '10' },
    containerDefaults: { cpuRequest: '100m', cpuLimit: '1', memoryRequest: '64Mi', memoryLimit: '256Mi' },
    networkIsolation: true,
    ingressCidrs: ['10.0.0.0/16'],
    ingressNamespaces: ['monitoring'],
    egressCidrs: ['0.0.0.0/0'],
    dnsCidrs: ['169.254.20.10/32'],
    adminGroups: ['leads'],
    editGroups: ['devs'],
    viewGroups: ['all'],
    loadBalancerReadinessGates: true,
    labels: { team: 'shop' },
  }],
  WebService: [{ image: IMAGE }, {
    name: 'orders',
    namespace: 'default',
    image: IMAGE,
    port: 3000,
    servicePort: 8080,
    additionalPorts: [{ name: 'metrics', port: 9090, servicePort: 9091 }],
    command: ['/app'],
    args: ['serve'],
    env: { B: '2', A: '1' },
    envFromConfigMaps: ['settings'],
    envFromSecrets: ['keys'],
    minReplicas: 3,
    maxReplicas: 9,
    targetCpuUtilization: 60,
    cpuRequest: '250m',
    cpuLimit: '1',
    memoryRequest: '256Mi',
    memoryLimit: '1Gi',
    readinessProbe: charts.Probe.httpGet('/ready', { successThreshold: 2, initialDelay: Duration.seconds(1) }),
    livenessProbe: charts.Probe.grpc({ port: 9090 }),
    startupProbe: charts.Probe.exec(['/app', 'started'], { failureThreshold: 30 }),
    drainPeriod: Duration.minutes(1),
    terminationGracePeriod: Duration.minutes(2),
    serviceAccountName: 'shared',
    createServiceAccount: true,
    automountServiceAccountToken: true,
    runAsUser: 1000,
    readOnlyRootFilesystem: false,
    writablePaths: ['/tmp', '/var/cache/app'],
    maxUnavailable: 2,
    requireZoneSpread: true,
    nodeSelector: { 'kubernetes.io/arch': 'arm64' },
    tolerations: [{ key: 'batch' }, { key: 'team', value: 'shop', effect: charts.NodeTaintEffect.NO_SCHEDULE }],
    priorityClassName: 'high',
    partOf: 'store',
    version: '1.2.3',
    labels: { team: 'shop' },
    podAnnotations: { 'example.com/note': 'x' },
  }],
};

/** The exported constructs. */
export const CHART_CLASSES = Object.entries(charts as Record<string, any>)
  .filter(([, value]) => typeof value === 'function' && value.prototype instanceof Construct)
  .map(([name]) => name)
  .sort();

/** What a construct makes of one of its examples. */
export function exampleObjects(name: string, example: object): any[] {
  const ChartClass = (charts as any)[name] as new (chart: Chart, id: string, props: object) => Construct;
  return render(chart => new ChartClass(chart, 'Example', example), { namespace: 'default' });
}
