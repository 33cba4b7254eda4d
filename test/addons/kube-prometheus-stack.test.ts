import { Duration, SecretValue, Size } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { inlinePolicies, newStack, releaseValues, withHelm } from './fixtures';
import { KubePrometheusStack, KubePrometheusStackOptions } from '../../src/addons/kube-prometheus-stack';
import { PrometheusWorkspace } from '../../src/addons/prometheus-workspace';
import { HelmSecretValue } from '../../src/delivery/helm-release';
import { newCluster } from '../clusters';

const CHART = 'kube-prometheus-stack';
const templateOf = (options: KubePrometheusStackOptions = {}, cluster?: eks.Cluster) => {
  const stack = cluster?.stack ?? newStack();
  new KubePrometheusStack(stack, 'Prometheus', { cluster: withHelm(cluster ?? newCluster(stack)), ...options });
  return Template.fromStack(stack);
};
const workspace = PrometheusWorkspace.fromWorkspaceAttributes({
  workspaceArn: 'arn:aws:aps:eu-west-1:123456789012:workspace/ws-1',
  prometheusEndpoint: 'https://aps.example/workspaces/ws-1/',
});

test('two servers keep ten days on volumes that they never fill', () => {
  const values = releaseValues(templateOf(), CHART);
  expect(values.prometheus).toMatchObject({
    podDisruptionBudget: { enabled: true },
    prometheusSpec: {
      replicas: 2,
      retention: '240h',
      retentionSize: '42500MiB',
      storageSpec: { volumeClaimTemplate: { spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '50Gi' } } } } },
    },
  });
  expect(values.alertmanager).toMatchObject({ podDisruptionBudget: { enabled: true }, alertmanagerSpec: { replicas: 2 } });
});

test('retention, volumes and replicas are what the user says', () => {
  const options = { retention: Duration.hours(36), storage: Size.gibibytes(1), storageClass: 'fast', replicas: 1 };
  const { prometheus, alertmanager } = releaseValues(templateOf(options), CHART);
  expect(prometheus.prometheusSpec).toMatchObject({
    replicas: 1,
    retention: '36h',
    retentionSize: '850MiB',
    storageSpec: { volumeClaimTemplate: { spec: { storageClassName: 'fast', resources: { requests: { storage: '1Gi' } } } } },
  });
  expect(alertmanager.alertmanagerSpec.storage.volumeClaimTemplate.spec.storageClassName).toBe('fast');
});

test('monitors and rules of every release count', () => {
  const { prometheusSpec } = releaseValues(templateOf(), CHART).prometheus;
  expect(Object.entries(prometheusSpec).filter(([key]) => key.endsWith('SelectorNilUsesHelmValues'))).toEqual([
    ['podMonitorSelectorNilUsesHelmValues', false], ['probeSelectorNilUsesHelmValues', false], ['ruleSelectorNilUsesHelmValues', false],
    ['scrapeConfigSelectorNilUsesHelmValues', false], ['serviceMonitorSelectorNilUsesHelmValues', false],
  ]);
});

test('what AWS runs out of reach is not missed', () => {
  const off = { enabled: false };
  const values = releaseValues(templateOf(), CHART);
  expect(values).toMatchObject({ kubeControllerManager: off, kubeEtcd: off, kubeScheduler: off });
  expect(values).not.toHaveProperty('kubeProxy');

  const stack = newStack();
  const autoMode = new eks.Cluster(stack, 'Auto', { version: eks.KubernetesVersion.V1_36, clusterName: 'auto' });
  expect(releaseValues(templateOf({}, autoMode), CHART)).toMatchObject({ kubeScheduler: off, kubeProxy: off, coreDns: off });
});

test('a workspace gets every sample once, and Prometheus may do no more than send it', () => {
  const template = templateOf({ remoteWriteWorkspace: workspace });
  const { prometheusSpec, serviceAccount } = releaseValues(template, CHART).prometheus;
  expect(prometheusSpec).toMatchObject({
    remoteWrite: [{ url: 'https://aps.example/workspaces/ws-1/api/v1/remote_write', sigv4: { region: 'eu-west-1' } }],
    externalLabels: { cluster: expect.stringMatching(/^\$\{Cluster/) },
    replicaExternalLabelName: '__replica__',
  });
  template.hasResourceProperties('AWS::EKS::PodIdentityAssociation', { Namespace: 'monitoring', ServiceAccount: serviceAccount.name });
  expect(inlinePolicies(template, 'PrometheusIdentityRole').RemoteWrite.Statement)
    .toEqual([{ Effect: 'Allow', Action: 'aps:RemoteWrite', Resource: workspace.workspaceArn }]);
});

test('without a workspace nothing has a role', () => {
  expect(Object.keys(templateOf().findResources('AWS::IAM::Role')).filter(id => id.startsWith('Prometheus'))).toEqual([]);
});

test('the password of Grafana stands in Secrets Manager, not in the template', () => {
  const stack = newStack();
  const secret = new secretsmanager.Secret(stack, 'Secret', { secretObjectValue: { password: SecretValue.unsafePlainText('x') } });
  new KubePrometheusStack(stack, 'Prometheus', {
    cluster: withHelm(newCluster(stack)), grafanaAdminPassword: HelmSecretValue.fromSecretsManager(secret, 'password'),
  });
  Template.fromStack(stack).hasResourceProperties('Custom::EKSSlipway-HelmRelease', {
    SecretValues: { 'grafana.adminPassword': { Secret: { Ref: stack.getLogicalId(secret.node.defaultChild as any) }, Field: 'password' } },
  });
});

test('Alertmanager and Grafana can be left out', () => {
  const off = { enabled: false };
  expect(releaseValues(templateOf({ alertmanager: false, grafana: false }), CHART)).toMatchObject({ alertmanager: off, grafana: off });
});

test.each<[string, KubePrometheusStackOptions, string]>([
  ['no server', { replicas: 0 }, '"replicas" is 0'],
  ['half a second', { retention: Duration.millis(500) }, '"retention" is 0.5 seconds'],
  ['a password of no Grafana', { grafana: false, grafanaAdminPassword: {} as any }, '"grafanaAdminPassword" is given but "grafana" is false'],
])('%s is refused', (_, options, message) => {
  expect(() => templateOf(options)).toThrow(message);
});
