import { Match, Template } from 'aws-cdk-lib/assertions';
import { CfnAddon } from 'aws-cdk-lib/aws-eks';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as logs from 'aws-cdk-lib/aws-logs';
import { addonConfiguration, inlinePolicies, newStack } from './fixtures';
import { Adot, AdotOptions } from '../../src/addons/adot';
import { PrometheusWorkspace } from '../../src/addons/prometheus-workspace';
import { Bootstrap, BootstrapStage } from '../../src/delivery/bootstrap';
import { importedCluster, newCluster } from '../clusters';

const workspace = PrometheusWorkspace.fromWorkspaceAttributes({
  workspaceArn: 'arn:aws:aps:eu-west-1:123456789012:workspace/ws-1',
  prometheusEndpoint: 'https://aps.example/workspaces/ws-1/',
});
const templateOf = (options: AdotOptions = {}) => {
  const stack = newStack();
  const containerLogGroup = logs.LogGroup.fromLogGroupName(stack, 'Logs', 'containers');
  new Adot(stack, 'Adot', { cluster: importedCluster(stack), traces: true, metricsWorkspace: workspace, containerLogGroup, ...options });
  return Template.fromStack(stack);
};

test('it is the operator alone, unless collectors are asked for', () => {
  const stack = newStack();
  new Adot(stack, 'Adot', { cluster: newCluster(stack) });
  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::EKS::Addon', { AddonName: 'adot', ConfigurationValues: Match.absent() });
  expect(template.findResources('AWS::IAM::Role', { Properties: { Description: Match.stringLikeRegexp('collector') } })).toEqual({});
});

test('every collector may write to its own target, and nowhere else', () => {
  const template = templateOf();
  const [addon] = Object.values(template.findResources('AWS::EKS::Addon'));
  expect(addon.Properties.PodIdentityAssociations.map((association: any) => association.ServiceAccount))
    .toEqual(['adot-col-otlp-ingest', 'adot-col-prom-metrics', 'adot-col-container-logs']);
  expect(inlinePolicies(template, 'AdotPrometheusMetricsRole').Export.Statement)
    .toEqual([{ Effect: 'Allow', Action: 'aps:RemoteWrite', Resource: 'arn:aws:aps:eu-west-1:123456789012:workspace/ws-1' }]);
  expect(inlinePolicies(template, 'AdotContainerLogsRole').Export.Statement).toEqual([{
    Effect: 'Allow',
    Action: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
    Resource: 'arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:containers:*',
  }]);
  expect(inlinePolicies(template, 'AdotOtlpIngestRole')).toEqual({});
});

test('collectors are configured by the keys of the add-on', () => {
  expect(addonConfiguration(templateOf(), 'adot')).toEqual({
    collector: {
      otlpIngest: { pipelines: { traces: { xray: { enabled: true } } } },
      prometheusMetrics: {
        pipelines: { metrics: { amp: { enabled: true } } },
        exporters: { prometheusremotewrite: { endpoint: 'https://aps.example/workspaces/ws-1/api/v1/remote_write' } },
      },
      containerLogs: {
        pipelines: { logs: { cloudwatchLogs: { enabled: true } } },
        exporters: { awscloudwatchlogs: { log_group_name: 'containers', log_stream_name: 'existing' } },
      },
    },
  });
});

test('by IRSA each collector\'s service account names its role', () => {
  const template = templateOf({ identityType: eks.IdentityType.IRSA, metricsWorkspace: undefined, containerLogGroup: undefined });
  expect(addonConfiguration(template, 'adot').collector.otlpIngest.serviceAccount).toEqual({
    annotations: { 'eks.amazonaws.com/role-arn': expect.stringMatching(/^\$\{AdotOtlpIngestRole\w+\.Arn\}$/) },
  });
  template.hasResource('AWS::EKS::Addon', { DependsOn: Match.arrayWith([Match.stringLikeRegexp('^AdotOtlpIngestRole')]) });
});

test('it waits for the EKS add-ons, cert-manager among them', () => {
  const stack = newStack();
  const cluster = newCluster(stack);
  new Adot(stack, 'Adot', { cluster });
  const certManager = new CfnAddon(stack, 'CertManager', { clusterName: cluster.clusterName, addonName: 'cert-manager' });
  Bootstrap.of(cluster).add(BootstrapStage.SYSTEM, certManager);
  Template.fromStack(stack).hasResource('AWS::EKS::Addon', { Properties: { AddonName: 'adot' }, DependsOn: Match.arrayWith(['CertManager']) });
});
