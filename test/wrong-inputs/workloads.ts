import { Duration } from 'aws-cdk-lib';
import * as cdk8s from 'cdk8s';
import { chart, wrong } from './wrong-input';
import { ArgoApplication, ArgoApplicationOptions } from '../../src/charts/argo-application';
import { AwsPcaClusterIssuer } from '../../src/charts/aws-pca-cluster-issuer';
import { AwsSecretProviderClass, AwsSecretProviderClassProps } from '../../src/charts/aws-secret-provider-class';
import { AwsSecretService } from '../../src/charts/aws-secret-store-options';
import { ClusterSecretStore, ClusterSecretStoreProps } from '../../src/charts/cluster-secret-store';
import { EbsSnapshotClass } from '../../src/charts/ebs-snapshot-class';
import { EfsStorageClass, EfsStorageClassOptions } from '../../src/charts/efs-storage-class';
import { FargateLogConfiguration, FargateLogConfigurationProps } from '../../src/charts/fargate-log-configuration';
import { FluxGitSync, FluxGitSyncOptions } from '../../src/charts/flux-git-sync';
import { Gp3StorageClass } from '../../src/charts/gp3-storage-class';
import { Io2StorageClass } from '../../src/charts/io2-storage-class';
import { IssuerConfig } from '../../src/charts/issuer-config';
import { MountedSecret } from '../../src/charts/mounted-secret';
import { Probe } from '../../src/charts/probe';
import { S3Volume, S3VolumeProps } from '../../src/charts/s3-volume';
import { Tenant, TenantProps } from '../../src/charts/tenant';
import { WebService, WebServiceProps } from '../../src/charts/web-service';

/** What is rendered, so that what is looked at late is looked at. */
const rendered = (build: (into: cdk8s.Chart) => void) => {
  const into = chart();
  build(into);
  return into.toJson();
};
const web = (props: Partial<WebServiceProps>) => rendered(c => new WebService(c, 'Web', { image: 'web:1.0.0', ...props }));
const tenant = (props: Partial<TenantProps>) => rendered(c => new Tenant(c, 'Tenant', { name: 'shop', ...props }));

/** Web services, tenants and what a team runs. */
export const WORKLOADS = [
  wrong('name', 'Web', (_, name) => web({ name }),
    '"name" is "Web": give lower-case letters, digits and "-", beginning and ending with a letter or digit, at most 63 characters'),
  wrong('name', '1web', (_, name) => web({ name }),
    '"name" is "1web": the name of a Service begins with a letter, give one that does'),
  wrong('namespace', 'a.b', (_, namespace) => web({ namespace }),
    '"namespace" is "a.b": give lower-case letters, digits and "-", beginning and ending with a letter or digit, at most 63 characters'),
  wrong('serviceAccountName', 'Web', (_, serviceAccountName) => web({ serviceAccountName }),
    '"serviceAccountName" is "Web": give lower-case letters, digits, "-" and ".", beginning and ending with a letter or digit, at most 253 characters'),
  wrong('image', '', (_, image) => web({ image }),
    '"image" is "": give a container image, REPOSITORY:TAG or REPOSITORY@DIGEST, the repository in lower case'),
  wrong('image', 'ghcr.io/My-Org/App:1.0', (_, image) => web({ image }),
    '"image" is "ghcr.io/My-Org/App:1.0": give a container image, REPOSITORY:TAG or REPOSITORY@DIGEST, the repository in lower case'),
  wrong('image', 'https://ghcr.io/app:1.0', (_, image) => web({ image }),
    '"image" is "https://ghcr.io/app:1.0": give a container image, REPOSITORY:TAG or REPOSITORY@DIGEST, the repository in lower case'),
  wrong('port', 0, (_, port) => web({ port }), '"port" is 0: give a whole number from 1 to 65535'),
  wrong('servicePort', 65536, (_, servicePort) => web({ servicePort }),
    '"servicePort" is 65536: give a whole number from 1 to 65535'),
  wrong('additionalPorts.name', 'my-long-port-name', (_, name) => web({ additionalPorts: [{ name, port: 9090 }] }),
    '"additionalPorts.name" is "my-long-port-name": give lower-case letters, digits and "-", beginning and ending with a letter or digit, at most 15 characters'),
  wrong('additionalPorts.name', '9090', (_, name) => web({ additionalPorts: [{ name, port: 9090 }] }),
    '"additionalPorts.name" is "9090": give a name with a letter and without "--", as Kubernetes wants of the ports of containers'),
  wrong('additionalPorts.port', 8080, (_, port) => web({ additionalPorts: [{ name: 'metrics', port }] }),
    '"additionalPorts.port" has "8080", which another port of the service has too: give each its own'),
  wrong('minReplicas', 0, (_, minReplicas) => web({ minReplicas }), '"minReplicas" is 0: give a whole number of at least 1'),
  wrong('maxReplicas', 2, (_, maxReplicas) => web({ minReplicas: 3, maxReplicas }),
    '"maxReplicas" is 2 but "minReplicas" is 3: give a "maxReplicas" of at least 3'),
  wrong('targetCpuUtilization', 101, (_, targetCpuUtilization) => web({ targetCpuUtilization }),
    '"targetCpuUtilization" is 101: give a whole number from 1 to 100'),
  wrong('cpuRequest', '100 m', (_, cpuRequest) => web({ cpuRequest }),
    '"cpuRequest" is "100 m": give a quantity that is not negative, such as "250m", "2" or "512Mi"'),
  wrong('memoryRequest', '-1Gi', (_, memoryRequest) => web({ memoryRequest }),
    '"memoryRequest" is "-1Gi": give a quantity that is not negative, such as "250m", "2" or "512Mi"'),
  wrong('cpuLimit', '50m', (_, cpuLimit) => web({ cpuRequest: '100m', cpuLimit }),
    '"cpuRequest" is 100m but "cpuLimit" is 50m: give a limit of at least the request'),
  wrong('memoryLimit', '1 Gi', (_, memoryLimit) => web({ memoryLimit }),
    '"memoryLimit" is "1 Gi": give a quantity that is not negative, such as "250m", "2" or "512Mi"'),
  wrong('path', 'healthz', (_, path) => web({ readinessProbe: Probe.httpGet(path) }),
    '"path" of a probe is "healthz": give a path that begins with "/"'),
  wrong('command', undefined, () => web({ livenessProbe: Probe.exec([]) }),
    '"command" of a probe is empty: give the program and its arguments'),
  wrong('period', Duration.seconds(5), (_, period) => web({ readinessProbe: Probe.tcpSocket({ timeout: Duration.seconds(10), period }) }),
    '"period" is 5 seconds: give whole seconds of at least 10'),
  wrong('timeout', Duration.millis(500), (_, timeout) => web({ readinessProbe: Probe.tcpSocket({ timeout }) }),
    '"timeout" is 0.5 seconds: give whole seconds of at least 1'),
  wrong('livenessProbe.successThreshold', 2, (_, successThreshold) => web({ livenessProbe: Probe.tcpSocket({ successThreshold }) }),
    '"livenessProbe.successThreshold" is 2: give 1, only a probe of readiness takes more'),
  wrong('failureThreshold', 0, (_, failureThreshold) => web({ readinessProbe: Probe.grpc({ failureThreshold }) }),
    '"failureThreshold" is 0: give a whole number of at least 1'),
  wrong('drainPeriod', Duration.millis(500), (_, drainPeriod) => web({ drainPeriod }),
    '"drainPeriod" is 0.5 seconds: give whole seconds of at least 0'),
  wrong('terminationGracePeriod', Duration.seconds(30), (_, terminationGracePeriod) => web({ terminationGracePeriod }),
    '"terminationGracePeriod" is 30 seconds but "drainPeriod" is 40: pods would be killed while they drain, give a longer "terminationGracePeriod"'),
  wrong('runAsUser', 0, (_, runAsUser) => web({ runAsUser }), '"runAsUser" is 0: give a whole number from 1 to 2147483647'),
  wrong('maxUnavailable', 0, (_, maxUnavailable) => web({ maxUnavailable }),
    '"maxUnavailable" is 0: give a whole number of at least 1'),
  wrong('writablePaths', 'tmp', (_, path) => web({ writablePaths: [path] }),
    '"writablePaths" has "tmp": give absolute paths below "/"'),
  wrong('writablePaths', '/tmp', (_, path) => web({ writablePaths: [path, path] }), '"writablePaths" has "/tmp" twice: give it once', 'it is given twice'),
  wrong('runAsUser', 2 ** 31, (_, runAsUser) => web({ runAsUser }), '"runAsUser" is 2147483648: give a whole number from 1 to 2147483647'),
  wrong('env', 'A=B', (_, name) => web({ env: { [name]: 'x' } }), '"env" is "A=B": give names of printable ASCII characters other than "="'),
  wrong('env', '', (_, name) => web({ env: { [name]: 'x' } }), '"env" is "": give names of printable ASCII characters other than "="'),
  wrong('envFromConfigMaps', 'Settings', (_, name) => web({ envFromConfigMaps: [name] }),
    '"envFromConfigMaps" is "Settings": give lower-case letters, digits, "-" and ".", beginning and ending with a letter or digit, at most 253 characters'),
  wrong('envFromSecrets', 'db_password', (_, name) => web({ envFromSecrets: [name] }),
    '"envFromSecrets" is "db_password": give lower-case letters, digits, "-" and ".", beginning and ending with a letter or digit, at most 253 characters'),
  wrong('priorityClassName', 'High', (_, priorityClassName) => web({ priorityClassName }),
    '"priorityClassName" is "High": give lower-case letters, digits, "-" and ".", beginning and ending with a letter or digit, at most 253 characters'),
  wrong('partOf', 'The shop', (_, partOf) => web({ partOf }), '"partOf" is "The shop": give at most 63 letters, digits, "-", "_" and ".", beginning and ending with a letter or digit'),
  wrong('version', '1.0+2', (_, version) => web({ version }), '"version" is "1.0+2": give at most 63 letters, digits, "-", "_" and ".", beginning and ending with a letter or digit'),
  wrong('tolerations.key', '', (_, key) => web({ tolerations: [{ key, value: 'yes' }] }),
    '"tolerations.key" is "": give NAME or PREFIX/NAME, where NAME has at most 63 letters, digits, "-", "_" and "." and PREFIX is a DNS name'),
  wrong('tolerations.value', 'a,b', (_, value) => web({ tolerations: [{ key: 'gpu', value }] }),
    '"tolerations.value" is "a,b": give at most 63 letters, digits, "-", "_" and ".", beginning and ending with a letter or digit'),
  wrong('labels', 'app.kubernetes.io/name', (_, key) => web({ labels: { [key]: 'web' } }),
    '"labels" has "app.kubernetes.io/name", which selects the service\'s own pods: give "name" instead'),
  wrong('nodeSelector', 'node role', (_, key) => web({ nodeSelector: { [key]: 'web' } }),
    '"nodeSelector" is "node role": give NAME or PREFIX/NAME, where NAME has at most 63 letters, digits, "-", "_" and "." and PREFIX is a DNS name'),
  wrong('podAnnotations', 'my note', (_, key) => web({ podAnnotations: { [key]: 'x' } }),
    '"podAnnotations" is "my note": give NAME or PREFIX/NAME, where NAME has at most 63 letters, digits, "-", "_" and "." and PREFIX is a DNS name'),

  wrong('name', 'Shop', (_, name) => tenant({ name }),
    '"name" is "Shop": give lower-case letters, digits and "-", beginning and ending with a letter or digit, at most 63 characters'),
  wrong('labels', 'pod-security.kubernetes.io/enforce', (_, key) => tenant({ labels: { [key]: 'baseline' } }),
    '"labels" has "pod-security.kubernetes.io/enforce", which the tenant sets by itself: give "podSecurity" instead'),
  wrong('quota.requests.cpu', 'many', (_, cpu) => tenant({ quota: { 'requests.cpu': cpu } }),
    '"quota.requests.cpu" is "many": give a quantity that is not negative, such as "250m", "2" or "512Mi"'),
  wrong('containerDefaults.memoryLimit', '64Mi', (_, memoryLimit) => tenant({ containerDefaults: { memoryLimit } }),
    '"containerDefaults.memoryRequest" is 128Mi but "containerDefaults.memoryLimit" is 64Mi: give a limit of at least the request'),
  wrong('egressCidrs', '10.0.0.0', (_, cidr) => tenant({ egressCidrs: [cidr] }),
    '"egressCidrs" has "10.0.0.0" without a prefix length: give "10.0.0.0/32" for this one address'),
  wrong('ingressNamespaces', 'Web', (_, namespace) => tenant({ ingressNamespaces: [namespace] }),
    '"ingressNamespaces" is "Web": give lower-case letters, digits and "-", beginning and ending with a letter or digit, at most 63 characters'),
  wrong('ingressNamespaces', undefined, () => tenant({ networkIsolation: false, ingressNamespaces: ['web'] }),
    '"ingressNamespaces" is given but "networkIsolation" is false: nothing is denied that it could allow, remove one of them'),
  wrong('adminGroups', '', (_, group) => tenant({ adminGroups: [group] }),
    '"adminGroups" has an empty name: give the names of Kubernetes groups'),
];

const efs = (props: EfsStorageClassOptions & { fileSystemId?: string }) => rendered(c => new EfsStorageClass(c, 'Class', { fileSystemId: 'fs-0123456789abcdef0', ...props }));
const s3 = (props: Partial<S3VolumeProps>) => rendered(c => new S3Volume(c, 'Volume', { bucketName: 'data', namespace: 'shop', ...props }));

/** Storage classes and volumes. */
export const STORAGE = [
  wrong('name', 'Gp3', (_, name) => rendered(c => new Gp3StorageClass(c, 'Class', { name })),
    '"name" is "Gp3": give lower-case letters, digits, "-" and ".", beginning and ending with a letter or digit, at most 253 characters'),
  wrong('fsType', 'ntfs', (_, fsType) => rendered(c => new Gp3StorageClass(c, 'Class', { fsType })),
    '"fsType" is "ntfs": give "ext4" or "xfs"'),
  wrong('iops', 100, (_, iops) => rendered(c => new Gp3StorageClass(c, 'Class', { iops })),
    '"iops" is 100: give a whole number from 3000 to 80000'),
  wrong('throughput', 2001, (_, throughput) => rendered(c => new Gp3StorageClass(c, 'Class', { iops: 16000, throughput })),
    '"throughput" is 2001: give a whole number from 125 to 2000'),
  wrong('throughput', 1000, (_, throughput) => rendered(c => new Gp3StorageClass(c, 'Class', { throughput })),
    '"throughput" is 1000 but "iops" is 3000: gp3 gives at most a quarter of the IOPS in MiB/s, 750; give more "iops"'),
  wrong('iops', undefined, () => rendered(c => new Io2StorageClass(c, 'Class', {})),
    '"iops" and "iopsPerGb" are both missing: give exactly one of them, io2 has no default'),
  wrong('iopsPerGb', 1001, (_, iopsPerGb) => rendered(c => new Io2StorageClass(c, 'Class', { iopsPerGb })),
    '"iopsPerGb" is 1001: give a whole number from 1 to 1000'),
  wrong('tags', 'aws:team', (_, key) => rendered(c => new Gp3StorageClass(c, 'Class', { tags: { [key]: 'shop' } })),
    '"tags" has "aws:team": give keys of 1 to 128 characters that do not begin with "aws:"'),
  wrong('tags', 51, () => rendered(c => new EbsSnapshotClass(c, 'Class', { tags: Object.fromEntries([...Array(51).keys()].map(i => [`t${i}`, 'x'])) })),
    '"tags" has 51 tags: give at most 50'),
  wrong('name', 'EBS', (_, name) => rendered(c => new EbsSnapshotClass(c, 'Class', { name })),
    '"name" is "EBS": give lower-case letters, digits, "-" and ".", beginning and ending with a letter or digit, at most 253 characters'),
  wrong('fileSystemId', 'my-files', (_, fileSystemId) => efs({ fileSystemId }),
    '"fileSystemId" is "my-files": give the id of an EFS file system, such as "fs-0123456789abcdef0"'),
  wrong('directoryPermissions', 'rwx', (_, directoryPermissions) => efs({ directoryPermissions }),
    '"directoryPermissions" is "rwx": give permissions in octal, such as "700"'),
  wrong('basePath', 'data', (_, basePath) => efs({ basePath }), '"basePath" is "data": give a path that begins with "/"'),
  wrong('uid', 1000, (_, uid) => efs({ uid }), '"uid" is 1000 but "gid" is missing: give both, or neither', 'it is given alone'),
  wrong('gid', -1, (_, gid) => efs({ uid: 1000, gid }), '"gid" is -1: give a whole number from 0 to 4294967295'),
  wrong('name', 'v'.repeat(190), (_, name) => s3({ name }),
    `"name" is "${'v'.repeat(190)}": give lower-case letters, digits, "-" and ".", beginning and ending with a letter or digit, at most 189 characters`),
  wrong('namespace', undefined, () => s3({ namespace: undefined }),
    '"namespace" is missing, and the chart has none: give one, the volume is kept for a claim in it'),
  wrong('bucketName', 's3://data', (_, bucketName) => s3({ bucketName }),
    '"bucketName" is "s3://data": give the name of a bucket, or the ARN of an access point'),
  wrong('region', 'eu-west-1b', (_, region) => s3({ region }), '"region" is "eu-west-1b": give the name of a region, such as "eu-west-1"'),
  wrong('namespace', 'Shop', (_, namespace) => s3({ namespace }),
    '"namespace" is "Shop": give lower-case letters, digits and "-", beginning and ending with a letter or digit, at most 63 characters'),
  wrong('prefix', 'logs', (_, prefix) => s3({ prefix }), '"prefix" is "logs": give one that ends with "/"'),
  wrong('allowDelete', true, () => s3({ readOnly: true, allowDelete: true }),
    '"allowDelete" is true but "readOnly" is, too: leave one of them out'),
];

const store = (props: Partial<ClusterSecretStoreProps>) =>
  rendered(c => new ClusterSecretStore(c, 'Store', { service: AwsSecretService.SECRETS_MANAGER, region: 'eu-west-1', ...props }));
const mounted = (props: Partial<AwsSecretProviderClassProps>) =>
  rendered(c => new AwsSecretProviderClass(c, 'Secrets', { secrets: [MountedSecret.fromSecretsManager('shop/db')], ...props }));
const DB = MountedSecret.fromSecretsManager('shop/db');

/** Secrets and certificates. */
export const SECRETS = [
  wrong('serviceAccountNamespace', 'shop', (_, serviceAccountNamespace) => store({ serviceAccountNamespace }),
    '"serviceAccountNamespace" is "shop" but "serviceAccount" is missing: give it, or leave both out', 'it is given alone'),
  wrong('serviceAccount', 'Shop', (_, serviceAccount) => store({ serviceAccount }),
    '"serviceAccount" is "Shop": give lower-case letters, digits, "-" and ".", beginning and ending with a letter or digit, at most 253 characters'),
  wrong('region', 'eu-west', (_, region) => store({ region }), '"region" is "eu-west": give the name of a region, such as "eu-west-1"'),
  wrong('roleArn', 'reader', (_, roleArn) => store({ roleArn }),
    '"roleArn" is "reader": give the ARN of an IAM role, like arn:PARTITION:iam::ACCOUNT:role/NAME'),
  wrong('namespaces', undefined, () => store({ namespaces: [] }),
    '"namespaces" is empty: give at least one, or leave it out for all'),
  wrong('namespaces', 'Shop', (_, namespace) => store({ namespaces: [namespace] }),
    '"namespaces" is "Shop": give lower-case letters, digits and "-", beginning and ending with a letter or digit, at most 63 characters'),
  wrong('namespaceLabels.team', 'Shop & Co', (_, team) => store({ namespaceLabels: { team } }),
    '"namespaceLabels.team" is "Shop & Co": give at most 63 letters, digits, "-", "_" and ".", beginning and ending with a letter or digit'),
  wrong('secrets', undefined, () => mounted({ secrets: [] }), '"secrets" is empty: give at least one'),
  wrong('secrets', 'shop_db', () => mounted({ secrets: [DB, DB] }),
    '"secrets" has the file "shop_db" twice: give one of them another "fileName"'),
  wrong('failoverRegion', 'eu-west-1', (_, failoverRegion) => mounted({ region: 'eu-west-1', failoverRegion }),
    '"failoverRegion" is "eu-west-1", as is "region": give another one'),
  wrong('failoverRegion', 'eu', (_, failoverRegion) => mounted({ failoverRegion }), '"failoverRegion" is "eu": give the name of a region, such as "eu-west-1"'),
  wrong('syncedSecrets', 'password', (_, file) => mounted({ syncedSecrets: [{ name: 'db', data: { password: file } }] }),
    '"syncedSecrets" has "password" for key "password" of "db", which is no file of "secrets": give one of shop_db'),
  wrong('syncedSecrets.name', 'DB', (_, name) => mounted({ syncedSecrets: [{ name, data: {} }] }),
    '"syncedSecrets.name" is "DB": give lower-case letters, digits, "-" and ".", beginning and ending with a letter or digit, at most 253 characters'),
  wrong('fileName', 'db/password', (_, fileName) => mounted({ secrets: [MountedSecret.fromSecretsManager('db', { fileName })] }),
    '"fileName" has the file "db/password": give a name without "/"'),
  wrong('filePermission', '400', (_, filePermission) => mounted({ secrets: [MountedSecret.fromSecretsManager('db', { filePermission })] }),
    '"filePermission" is "400": give four octal digits, such as "0400"'),
  wrong('zones', undefined, () => IssuerConfig.acmeRoute53({ zones: [] }), '"zones" is empty: give at least one hosted zone'),
  wrong('zones', undefined, () => IssuerConfig.acmeRoute53({ zones: [{ hostedZoneId: 'Z1' }, { hostedZoneId: 'Z2' }] }),
    '"zones" has several without a "zoneName": give it, or nobody knows which of them a name belongs to'),
  wrong('zones.hostedZoneId', '/hostedzone/Z1', (_, hostedZoneId) => IssuerConfig.acmeRoute53({ zones: [{ hostedZoneId }] }),
    '"zones.hostedZoneId" is "/hostedzone/Z1": give the id of a hosted zone, such as "Z0123456789ABCDEFGHIJ"'),
  wrong('zones.roleArn', 'dns', (_, roleArn) => IssuerConfig.acmeRoute53({ zones: [{ hostedZoneId: 'Z1', roleArn }] }),
    '"zones.roleArn" is "dns": give the ARN of an IAM role, like arn:PARTITION:iam::ACCOUNT:role/NAME'),
  wrong('email', 'platform team', (_, email) => IssuerConfig.acmeRoute53({ zones: [{ hostedZoneId: 'Z1' }], email }),
    '"email" is "platform team": give one address'),
  wrong('accountKeySecretName', 'Key', (_, accountKeySecretName) => IssuerConfig.acmeRoute53({ zones: [{ hostedZoneId: 'Z1' }], accountKeySecretName }),
    '"accountKeySecretName" is "Key": give lower-case letters, digits, "-" and ".", beginning and ending with a letter or digit, at most 253 characters'),
  wrong('secretName', '', (_, secretName) => IssuerConfig.ca(secretName), '"secretName" is "": give lower-case letters, digits, "-" and ".", beginning and ending with a letter or digit, at most 253 characters'),
  wrong('server', 'letsencrypt', (_, server) => IssuerConfig.acmeRoute53({ zones: [{ hostedZoneId: 'Z1' }], server }),
    '"server" is "letsencrypt": give an address that begins with https://'),
  wrong('certificateAuthorityArn', 'my-ca', (_, certificateAuthorityArn) => rendered(c => new AwsPcaClusterIssuer(c, 'Issuer', { certificateAuthorityArn, region: 'eu-west-1' })),
    '"certificateAuthorityArn" is "my-ca": give arn:PARTITION:acm-pca:REGION:ACCOUNT:certificate-authority/ID'),
];

const argo = (props: Partial<ArgoApplicationOptions>) => rendered(c => new ArgoApplication(c, 'App', { repoUrl: 'https://git.example.com/shop', path: 'deploy', ...props }));
const flux = (props: Partial<FluxGitSyncOptions>) => rendered(c => new FluxGitSync(c, 'Sync', { url: 'https://git.example.com/shop', ...props }));

/** GitOps. */
export const GITOPS = [
  wrong('path', undefined, () => argo({ path: undefined }), '"path" and "chart" are both missing: give exactly one of them'),
  wrong('repoUrl', '', (_, repoUrl) => argo({ repoUrl }), '"repoUrl" is "": give the address of a repository'),
  wrong('path', '/deploy', (_, path) => argo({ path }), '"path" is "/deploy": give a path relative to the root of the repository, "." for all of it'),
  wrong('name', '', (_, name) => argo({ name }), '"name" is "": give lower-case letters, digits, "-" and ".", beginning and ending with a letter or digit, at most 253 characters'),
  wrong('targetRevision', undefined, () => argo({ path: undefined, chart: 'shop' }),
    '"targetRevision" is missing for chart "shop": pin its version'),
  wrong('createNamespace', true, () => argo({ createNamespace: true }),
    '"createNamespace" is true without a "destinationNamespace": give the namespace'),
  wrong('prune', true, () => argo({ automated: false, prune: true }),
    '"prune" is true but "automated" is false: it is a part of automated syncs, leave one of them out'),
  wrong('destinationNamespace', 'Shop', (_, destinationNamespace) => argo({ destinationNamespace }),
    '"destinationNamespace" is "Shop": give lower-case letters, digits and "-", beginning and ending with a letter or digit, at most 63 characters'),
  wrong('branch', 'main', (_, branch) => flux({ branch, tag: 'v1' }),
    '"branch" is "main" and "tag" is "v1": give one of them', 'it is given beside the tag'),
  wrong('url', 'git@git.example.com:shop', (_, url) => flux({ url }),
    '"url" is "git@git.example.com:shop": give an address that begins with https:// or ssh://'),
  wrong('interval', Duration.seconds(30), (_, interval) => flux({ interval }),
    '"interval" is 30 seconds: give whole seconds of at least 60'),
  wrong('targetNamespace', '', (_, targetNamespace) => flux({ targetNamespace }),
    '"targetNamespace" is "": give lower-case letters, digits and "-", beginning and ending with a letter or digit, at most 63 characters'),
  wrong('secretName', 'Deploy_Key', (_, secretName) => flux({ secretName }),
    '"secretName" is "Deploy_Key": give lower-case letters, digits, "-" and ".", beginning and ending with a letter or digit, at most 253 characters'),
];

const logs = (props: Partial<FargateLogConfigurationProps>) =>
  rendered(c => new FargateLogConfiguration(c, 'Logging', { outputs: '[OUTPUT]\n  Name cloudwatch_logs\n  Match *', ...props }));

/** Logs of pods on Fargate. */
export const FARGATE_LOGS = [
  wrong('outputs', '[FILTER]', (_, section) => logs({ outputs: `${section}\n  Name grep` }),
    '"outputs" begins with "[FILTER]": give sections that begin with [OUTPUT]', 'its sections are read at synth'),
  wrong('outputs', 'stdout', (_, name) => logs({ outputs: `[OUTPUT]\n  Name ${name}\n  Match *` }),
    '"outputs" names "stdout": give one of those that EKS knows, es, firehose, kinesis_firehose, kinesis, cloudwatch, cloudwatch_logs', 'its sections are read at synth'),
  wrong('outputs', undefined, () => logs({ outputs: '[OUTPUT]\n  Name cloudwatch_logs' }),
    'a [OUTPUT] in "outputs" has no "Match": give one, EKS takes no section without'),
  wrong('filters', '[OUTPUT]', () => logs({ filters: '[FILTER]\n  Name grep\n  Match *\n[OUTPUT]' }),
    '"filters" has the section [OUTPUT]: leave it out, only [FILTER] stands there'),
  wrong('filters', undefined, () => logs({ filters: '[FILTER]\n  Name modify\n  Match *\n  Add host ${HOST}' }),
    '"filters" has a variable in "Add host ${HOST}": EKS knows none, write the value'),
  wrong('filters', undefined, () => logs({ filters: '[FILTER]\n  Name kubernetes\n  Match *\n  Kube_URL https://x' }),
    '"filters" has "Kube_URL", which EKS sets itself: leave it out'),
  wrong('outputs', undefined, () => logs({ outputs: `[OUTPUT]\n  Name cloudwatch_logs\n  Match *\n  log_key ${'x'.repeat(5300)}` }),
    '"outputs", "filters" and "parsers" have 5357 characters together: give at most 5300, EKS takes no more'),
];
