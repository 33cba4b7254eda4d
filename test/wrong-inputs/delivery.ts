import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as cdk8s from 'cdk8s';
import { chart, existing, layer, platform, wrong } from './wrong-input';
import { AttachedChart, AttachedChartOptions } from '../../src/delivery/attached-chart';
import { HelmRelease, HelmReleaseProps, HelmSecretValue } from '../../src/delivery/helm-release';
import { ManagedAddon, ManagedAddonProps } from '../../src/delivery/managed-addon';
import { ServiceAccountRole, ServiceAccountRoleProps } from '../../src/identity/service-account-role';
import { FargateProfile } from '../../src/nodes/fargate-profile';

const addon = (s: Stack, props: Partial<ManagedAddonProps>) => new ManagedAddon(s, 'Addon', { cluster: platform(s), addonName: 'metrics-server', ...props });

const role = (s: Stack) => s.node.tryFindChild('Given') as iam.IRole ?? iam.Role.fromRoleName(s, 'Given', 'given');

/** EKS add-ons. */
export const MANAGED_ADDONS = [
  wrong('addonName', 'VPC CNI', (s, addonName) => addon(s, { addonName }),
    '"addonName" is "VPC CNI": give the name of an EKS add-on, such as "vpc-cni" (`aws eks describe-addon-versions` lists them)'),
  wrong('addonName', '', (s, addonName) => addon(s, { addonName }),
    '"addonName" is "": give the name of an EKS add-on, such as "vpc-cni" (`aws eks describe-addon-versions` lists them)'),
  wrong('addonName', 'coredns', (s, addonName) => addon(s, { addonName }),
    '"addonName" is "coredns", which App/Cluster/CoreDns/Addon installs in the same cluster already: leave one of them out'),
  wrong('addonVersion', '1.23.0', (s, addonVersion) => addon(s, { addonVersion }),
    '"addonVersion" is "1.23.0": give one like "v1.23.0-eksbuild.1", or leave it out for EKS\'s default'),
  wrong('addonVersion', 'latest', (s, addonVersion) => addon(s, { addonVersion }),
    '"addonVersion" is "latest": give one like "v1.23.0-eksbuild.1", or leave it out for EKS\'s default'),
  wrong('addonVersion', 'v1.37.0-eksbuild.1', (s, addonVersion) => platform(s, { kubeProxy: { addonVersion } }),
    '"addonVersion" is "v1.37.0-eksbuild.1" but the cluster has Kubernetes 1.36: give one from v1.33 to v1.36, or leave it out for EKS\'s default'),
  wrong('addonVersion', 'v1.32.0-eksbuild.1', (s, addonVersion) => platform(s, { kubeProxy: { addonVersion } }),
    '"addonVersion" is "v1.32.0-eksbuild.1" but the cluster has Kubernetes 1.36: give one from v1.33 to v1.36, or leave it out for EKS\'s default'),
  wrong('configurationValues.env.ENABLE_PREFIX_DELEGATION', true, s =>
    platform(s, { vpcCni: { configurationValues: { env: { ENABLE_PREFIX_DELEGATION: true } } } }), '"configurationValues.env.ENABLE_PREFIX_DELEGATION" is true: give text, "true", the add-on takes nothing else there'),
  wrong('configurationValues.init.env.DISABLE_TCP_EARLY_DEMUX', true, s =>
    platform(s, { vpcCni: { configurationValues: { init: { env: { DISABLE_TCP_EARLY_DEMUX: true } } } } }), '"configurationValues.init.env.DISABLE_TCP_EARLY_DEMUX" is true: give text, "true", the add-on takes nothing else there'),
  wrong('namespace', 'Monitoring', (s, namespace) => addon(s, { namespace }),
    '"namespace" is "Monitoring": give lower-case letters, digits and "-", beginning and ending with a letter or digit, at most 63 characters'),
  wrong('namespace', '', (s, namespace) => addon(s, { namespace }),
    '"namespace" is "": give lower-case letters, digits and "-", beginning and ending with a letter or digit, at most 63 characters'),
  wrong('serviceAccount', 'Agent', (s, serviceAccount) => addon(s, { podIdentities: [{ serviceAccount, role: role(s) }] }),
    '"serviceAccount" is "Agent": give lower-case letters, digits, "-" and ".", beginning and ending with a letter or digit, at most 253 characters'),
  wrong('podIdentities', undefined, s => addon(s, { podIdentities: [{ serviceAccount: 'agent', role: role(s) }], serviceAccountRole: role(s) }),
    '"podIdentities" and "serviceAccountRole" are both given for add-on "metrics-server": give one of them'),
  wrong('identityType', undefined, s => new ManagedAddon(s, 'Addon', {
    cluster: platform(s, { podIdentityAgent: { enabled: false }, vpcCni: { identityType: eks.IdentityType.IRSA } }),
    addonName: 'metrics-server',
    podIdentities: [{ serviceAccount: 'agent', role: role(s) }],
  }), 'add-on "metrics-server" gets its role by Pod Identity, whose agent is not installed on App/Cluster: add new addons.PodIdentityAgent(...), or give "identityType" eks.IdentityType.IRSA'),
  wrong('tags', 'aws:x', (s, key) => addon(s, { tags: { [key]: '' } }),
    '"tags" has "aws:x": give keys of 1 to 128 characters that do not begin with "aws:"'),
];

const CHART = { chart: 'app', repository: 'https://charts.example.com', version: '1.2.3' };
const release = (s: Stack, props: Partial<HelmReleaseProps>) => new HelmRelease(s, 'App', { cluster: existing(s), ...CHART, ...props });

/** Helm releases. */
export const HELM_RELEASES = [
  wrong('chart', undefined, s => release(s, { chart: undefined }),
    '"chart" and "chartAsset" are both missing: give exactly one of them'),
  wrong('chart', undefined, s => release(s, { chartAsset: new Asset(s, 'Chart', { path: __dirname }) }),
    '"chart" and "chartAsset" are both given: give exactly one of them'),
  wrong('chart', '', (s, name) => release(s, { chart: name }),
    '"chart" is "": give the name of a chart, or a whole oci:// reference'),
  wrong('repository', undefined, s => release(s, { repository: undefined }),
    '"repository" is missing for chart "app": give its https:// or oci:// address, or a whole oci:// reference as "chart"'),
  wrong('repository', './charts', (s, repository) => release(s, { repository }),
    '"repository" is "./charts": give an address that begins with https:// or oci://'),
  wrong('repository', 'https://charts.example.com', (s, repository) => release(s, { chart: 'oci://charts.example.com/app', repository }),
    '"repository" is "https://charts.example.com" but "chart" is "oci://charts.example.com/app", a whole reference: leave "repository" out'),
  wrong('repository', 'https://charts.example.com', (s, repository) =>
    release(s, { chart: undefined, version: undefined, repository, chartAsset: new Asset(s, 'Chart', { path: __dirname }) }), '"repository" is "https://charts.example.com" together with "chartAsset", which holds the whole chart: leave it out', 'it is given at all'),
  wrong('version', undefined, s => release(s, { version: undefined }),
    '"version" is missing for chart "app": pin one, or every deployment might install another'),
  wrong('version', undefined, s => release(s, { chart: 'oci://charts.example.com/app', repository: undefined, version: undefined }),
    '"version" is missing for chart "oci://charts.example.com/app": pin one, or every deployment might install another'),
  wrong('version', '^1.2.0', (s, version) => release(s, { version }),
    '"version" is "^1.2.0", which may be another one tomorrow: give a whole version, such as "1.2.3"'),
  wrong('version', '1.2', (s, version) => release(s, { version }),
    '"version" is "1.2", which may be another one tomorrow: give a whole version, such as "1.2.3"'),
  wrong('version', 'latest', (s, version) => release(s, { version }),
    '"version" is "latest", which may be another one tomorrow: give a whole version, such as "1.2.3"'),
  wrong('release', 'My_App', (s, name) => release(s, { release: name }),
    '"release" is "My_App": give lower-case letters, digits and "-", beginning and ending with a letter or digit, at most 53 characters'),
  wrong('release', 'a'.repeat(54), (s, name) => release(s, { release: name }),
    `"release" is "${'a'.repeat(54)}": give lower-case letters, digits and "-", beginning and ending with a letter or digit, at most 53 characters`),
  wrong('release', 'app', (s, name) => {
    const cluster = existing(s);
    new HelmRelease(s, 'One', { cluster, ...CHART, release: name });
    new HelmRelease(s, 'Two', { cluster, ...CHART, release: name, namespace: 'default' });
  }, '"release" is "app" in namespace "default", as that of App/One in the same cluster: give another name or namespace'),
  wrong('namespace', 'Apps', (s, namespace) => release(s, { namespace }),
    '"namespace" is "Apps": give lower-case letters, digits and "-", beginning and ending with a letter or digit, at most 63 characters'),
  wrong('timeout', Duration.minutes(15), (s, timeout) => release(s, { timeout }),
    '"timeout" is 15 minutes: give one between 1 second and 14 minutes'),
  wrong('timeout', Duration.seconds(0), (s, timeout) => release(s, { timeout }),
    '"timeout" is 0 seconds: give one between 1 second and 14 minutes'),
  wrong('maxHistory', 1, (s, maxHistory) => release(s, { maxHistory }),
    '"maxHistory" is 1: give at least 2, the revision that runs and the one to go back to'),
  wrong('secretValues', 'env[0].value', (s, path) =>
    release(s, { secretValues: { [path]: HelmSecretValue.fromSecretsManager(secretsmanager.Secret.fromSecretNameV2(s, 'Secret', 'x')) } }), '"secretValues" has the path "env[0].value": give keys with single dots between them, such as "auth.password"; a list has no place for one'),
  wrong('removalPolicy', undefined, s => release(s, { removalPolicy: RemovalPolicy.SNAPSHOT }),
    '"removalPolicy" is RemovalPolicy.SNAPSHOT, which has no meaning for what is in a cluster: give DESTROY or RETAIN'),
  wrong('kubectlLayer', undefined, s => new HelmRelease(s, 'App', { cluster: platform(s), ...CHART }),
    '"kubectlLayer" is missing on App/Cluster: App/App installs a Helm chart, and helm comes with that layer. Give "kubectlLayer" to PlatformCluster or Delivery.of, or call useKubectlLayer on the cluster, with new KubectlV36Layer(stack, \'Kubectl\') of @aws-cdk/lambda-layer-kubectl-v36, for example'),
];

/** A chart with these objects, in a cluster with Kubernetes 1.36. */
const deliver = (s: Stack, objects: any[], options: AttachedChartOptions = {}) => {
  const delivered = chart();
  objects.forEach((object, i) => new cdk8s.ApiObject(delivered, `o${i}`, object));
  return platform(s).addChart('Chart', delivered, options);
};
/** An object as YAML may have it: the names of cdk8s come later than what it says. */
const written = (s: Stack, object: any) => {
  const delivered = chart();
  delivered.toJson = () => [object];
  return platform(s).addChart('Chart', delivered);
};
const config = (metadata: any = {}, more: any = {}) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings', ...metadata }, ...more });

/** Charts, and the objects in them. */
export const CHARTS = [
  wrong('chart', undefined, s => deliver(s, []), '"chart" is empty: add an object to it, or remove the AttachedChart'),
  wrong('kind', undefined, s => written(s, { apiVersion: 'v1', metadata: { name: 'settings' } }),
    '"kind" is missing on object 1 of the chart (v1 no kind): give one, every Kubernetes object has it'),
  wrong('apiVersion', undefined, s => written(s, { kind: 'ConfigMap', metadata: { name: 'settings' } }),
    '"apiVersion" is missing on object 1 of the chart (no apiVersion ConfigMap): give one, every Kubernetes object has it'),
  wrong('metadata.name', undefined, s => written(s, { apiVersion: 'v1', kind: 'ConfigMap' }),
    '"metadata.name" is missing on object 1 of the chart (v1 ConfigMap): give one, every delivered object has it'),
  wrong('metadata.generateName', 'settings-', (s, generateName) => written(s, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { generateName } }),
    '"metadata.generateName" is "settings-" on object 1 of the chart (v1 ConfigMap): give "metadata.name", since an object with a generated name cannot be found again', 'it is given at all'),
  wrong('metadata.name', 'Settings', (s, name) => deliver(s, [config({ name })]),
    '"metadata.name" of ConfigMap "Settings" is "Settings": give lower-case letters, digits, "-" and ".", beginning and ending with a letter or digit, at most 253 characters'),
  wrong('metadata.name', 'a.b', (s, name) => deliver(s, [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }]),
    '"metadata.name" of Namespace "a.b" is "a.b": give lower-case letters, digits and "-", beginning and ending with a letter or digit, at most 63 characters'),
  wrong('metadata.name', 'a/b', (s, name) => deliver(s, [{ apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name } }]),
    '"metadata.name" of ClusterRole "a/b" is "a/b": give a name without "/" and "%", other than "." and ".."'),
  wrong('metadata.namespace', 'Shop', (s, namespace) => deliver(s, [config({ namespace })]),
    '"metadata.namespace" of ConfigMap "Shop/settings" is "Shop": give lower-case letters, digits and "-", beginning and ending with a letter or digit, at most 63 characters'),
  wrong('metadata.labels', 'my team', (s, key) => deliver(s, [config({ labels: { [key]: 'shop' } })]),
    '"metadata.labels" of ConfigMap "settings" is "my team": give NAME or PREFIX/NAME, where NAME has at most 63 letters, digits, "-", "_" and "." and PREFIX is a DNS name'),
  wrong('metadata.labels.team', 'Shop & Co', (s, team) => deliver(s, [config({ labels: { team } })]),
    '"metadata.labels.team" of ConfigMap "settings" is "Shop & Co": give at most 63 letters, digits, "-", "_" and ".", beginning and ending with a letter or digit'),
  wrong('metadata.labels.version', 2, s => deliver(s, [config({ labels: { version: 2 } })]),
    '"metadata.labels.version" of ConfigMap "settings" is 2: give text, such as "2"'),
  wrong('metadata.annotations', 'my note', (s, key) => deliver(s, [config({ annotations: { [key]: 'x' } })]),
    '"metadata.annotations" of ConfigMap "settings" is "my note": give NAME or PREFIX/NAME, where NAME has at most 63 letters, digits, "-", "_" and "." and PREFIX is a DNS name'),
  wrong('metadata.annotations.enabled', true, s => deliver(s, [config({ annotations: { enabled: true } })]),
    '"metadata.annotations.enabled" of ConfigMap "settings" is true: give text, such as "true"'),
  wrong('metadata.annotations', undefined, s => deliver(s, [config({ annotations: { note: 'x'.repeat(262_144) } })]),
    '"metadata.annotations" of ConfigMap "settings" has 262155 bytes: give at most 262144, Kubernetes stores no more'),
  wrong('data', undefined, s => deliver(s, [config({}, { data: { text: 'x'.repeat(1_048_576) } })]),
    '"data" of ConfigMap "settings" has 1048587 bytes: give at most 1048576, Kubernetes stores no more'),
  wrong('object', undefined, s => deliver(s, [{ apiVersion: 'example.com/v1', kind: 'Note', metadata: { name: 'long' }, text: 'x'.repeat(1_572_864) }]),
    '"object" of Note "long" has 1572946 bytes: give at most 1572864, Kubernetes stores no more'),
  wrong('metadata.name', 'settings', (s, name) => deliver(s, [config({ name }), config({ name, namespace: 'default' })]),
    'the chart has ConfigMap "default/settings" twice: give one of them another "metadata.name"'),
  wrong('settings', undefined, s => {
    const cluster = platform(s);
    ['One', 'Two'].forEach(id => {
      const delivered = chart();
      new cdk8s.ApiObject(delivered, 'config', config());
      cluster.addChart(id, delivered);
    });
  }, 'the charts of App/Cluster/attached-chart-One and App/Cluster/attached-chart-Two both have ConfigMap "settings": leave it to one of the two'),
  wrong('apiVersion', 'flowcontrol.apiserver.k8s.io/v1beta3', (s, apiVersion) => deliver(s, [{ apiVersion, kind: 'FlowSchema', metadata: { name: 'web' } }]),
    '"apiVersion" of FlowSchema "web" is flowcontrol.apiserver.k8s.io/v1beta3, which Kubernetes 1.32 removed: give flowcontrol.apiserver.k8s.io/v1'),
  wrong('apiVersion', 'policy/v1beta1', (s, apiVersion) => {
    const delivered = chart();
    new cdk8s.ApiObject(delivered, 'pdb', { apiVersion, kind: 'PodDisruptionBudget', metadata: { name: 'web' } });
    new AttachedChart(s, 'Chart', { cluster: existing(s), chart: delivered });
  }, '"apiVersion" of PodDisruptionBudget "web" is policy/v1beta1, which Kubernetes 1.25 removed: give policy/v1'),
  wrong('timeout', Duration.hours(1), (s, timeout) => deliver(s, [config()], { timeout }),
    '"timeout" is 1 hour: give one between 1 second and 14 minutes'),
  wrong('removalPolicy', undefined, s => deliver(s, [config()], { removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE }),
    '"removalPolicy" is RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE, which has no meaning for what is in a cluster: give DESTROY or RETAIN'),
];

const account = (s: Stack, props: Partial<ServiceAccountRoleProps>) => new ServiceAccountRole(s, 'Orders', { cluster: platform(s), serviceAccount: 'orders', ...props });
const IRSA = eks.IdentityType.IRSA;

/** Roles of service accounts. */
export const IDENTITY = [
  wrong('serviceAccount', 'Orders', (s, serviceAccount) => account(s, { serviceAccount }),
    '"serviceAccount" is "Orders": give lower-case letters, digits, "-" and ".", beginning and ending with a letter or digit, at most 253 characters'),
  wrong('serviceAccount', '', (s, serviceAccount) => account(s, { serviceAccount }),
    '"serviceAccount" is "": give lower-case letters, digits, "-" and ".", beginning and ending with a letter or digit, at most 253 characters'),
  wrong('namespace', 'a.b', (s, namespace) => account(s, { namespace }),
    '"namespace" is "a.b": give lower-case letters, digits and "-", beginning and ending with a letter or digit, at most 63 characters'),
  wrong('namespace', '', (s, namespace) => account(s, { namespace }),
    '"namespace" is "": give lower-case letters, digits and "-", beginning and ending with a letter or digit, at most 63 characters'),
  wrong('serviceAccount', 'orders', (s, serviceAccount) => {
    const cluster = platform(s);
    new ServiceAccountRole(s, 'One', { cluster, namespace: 'shop', serviceAccount });
    new ServiceAccountRole(s, 'Two', { cluster, namespace: 'shop', serviceAccount });
  }, '"serviceAccount" is "orders" in namespace "shop", which has a role by App/One/Association already: put the permissions into one role'),
  wrong('managedPolicies', undefined, s => account(s, { role: role(s), managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName('ReadOnlyAccess')] }),
    '"managedPolicies" cannot be given together with "role": add the policies to the role itself'),
  wrong('description', 'Rolle für Bestellungen – neu', (s, description) => account(s, { description }),
    '"description" is "Rolle für Bestellungen – neu": give at most 1000 characters of Latin-1, IAM takes no others'),
  wrong('targetRoleArn', 'arn:aws:iam::123456789012:user/x', (s, targetRoleArn) => account(s, { targetRoleArn }),
    '"targetRoleArn" is "arn:aws:iam::123456789012:user/x", which is not the ARN of an IAM role: give one like arn:PARTITION:iam::ACCOUNT:role/NAME'),
  wrong('targetRoleArn', 'orders', (s, targetRoleArn) => account(s, { targetRoleArn }),
    '"targetRoleArn" is "orders", which is not the ARN of an IAM role: give one like arn:PARTITION:iam::ACCOUNT:role/NAME'),
  wrong('targetRoleArn', undefined, s => account(s, { identityType: IRSA, targetRoleArn: 'arn:aws:iam::123456789012:role/x' }),
    '"targetRoleArn" exists with Pod Identity only: leave it out, or "identityType" at eks.IdentityType.POD_IDENTITY'),
  wrong('sessionTags', undefined, s => account(s, { identityType: IRSA, sessionTags: true }),
    '"sessionTags" exists with Pod Identity only: leave it out, or "identityType" at eks.IdentityType.POD_IDENTITY'),
  wrong('sessionPolicy', undefined, s => account(s, { sessionPolicy: new iam.PolicyDocument() }),
    '"sessionPolicy" needs "sessionTags: false", since EKS refuses it together with session tags: give both, or leave it out'),
  wrong('identityType', undefined, s => {
    const cluster = platform(s);
    new FargateProfile(s, 'Profile', { cluster, selectors: [{ namespace: 'shop-*' }] });
    new ServiceAccountRole(s, 'Orders', { cluster, namespace: 'shop-eu', serviceAccount: 'orders' });
  }, 'pods of "shop-eu/orders" run on Fargate (profile App/Profile/Resource selects namespace "shop-*"), where Pod Identity does not exist: give "identityType: eks.IdentityType.IRSA"'),
  wrong('identityType', undefined, s => new ServiceAccountRole(s, 'Orders', {
    cluster: platform(s, { podIdentityAgent: { enabled: false }, vpcCni: { identityType: IRSA }, kubectlLayer: layer(s) }), serviceAccount: 'orders',
  }), 'service account "default/orders" gets its role by Pod Identity, whose agent is not installed on App/Cluster: add new addons.PodIdentityAgent(...), or give "identityType" eks.IdentityType.IRSA'),
];
