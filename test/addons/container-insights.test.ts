import { RemovalPolicy } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as logs from 'aws-cdk-lib/aws-logs';
import { addonConfiguration, newStack, referenceYaml, unknownKeys } from './fixtures';
import { ContainerInsights, ContainerInsightsOptions } from '../../src/addons/container-insights';
import { newCluster } from '../clusters';
import { describeWithReference } from '../reference';

const ADDON = 'amazon-cloudwatch-observability';
const templateOf = (options: ContainerInsightsOptions = {}) => {
  const stack = newStack();
  new ContainerInsights(stack, 'Insights', { cluster: newCluster(stack), ...options });
  return Template.fromStack(stack);
};
const managedPolicies = (...names: string[]) => ({
  ManagedPolicyArns: names.map(name => ({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:iam::aws:policy/${name}`]] })),
});

test('it is enhanced insights and logs, without Application Signals', () => {
  const template = templateOf();
  expect(addonConfiguration(template, ADDON)).toEqual({ applicationSignals: { enabled: false } });
  template.hasResourceProperties('AWS::EKS::Addon', { PodIdentityAssociations: [{ ServiceAccount: 'cloudwatch-agent', RoleArn: Match.anyValue() }] });
  template.hasResourceProperties('AWS::IAM::Role', managedPolicies('CloudWatchAgentServerPolicy'));
  template.resourceCountIs('AWS::ApplicationSignals::Discovery', 0);
});

test('with Application Signals the agents may write traces, and the account is prepared where asked', () => {
  const template = templateOf({ applicationSignals: true, applicationSignalsDiscovery: true });
  expect(addonConfiguration(template, ADDON)).toEqual({ applicationSignals: { enabled: true } });
  template.hasResourceProperties('AWS::IAM::Role', managedPolicies('CloudWatchAgentServerPolicy', 'AWSXrayWriteOnlyAccess'));
  template.hasResource('AWS::EKS::Addon', { DependsOn: Match.arrayWith([Match.stringLikeRegexp('^InsightsDiscovery')]) });
  template.resourceCountIs('AWS::ApplicationSignals::Discovery', 1);
});

test('a configuration of the agent is merged over the one that the add-on would make, which it replaces', () => {
  const config = { agent: { debug: true }, logs: { metrics_collected: { kubernetes: { metrics_collection_interval: 30 } } } };
  expect(addonConfiguration(templateOf({ agentConfig: config, applicationSignals: true }), ADDON).agent.config).toEqual({
    agent: { region: '${AWS::Region}', debug: true },
    logs: { metrics_collected: { kubernetes: { enhanced_container_insights: true, metrics_collection_interval: 30 }, application_signals: {} } },
    traces: { traces_collected: { application_signals: {} } },
  });
});

test('plain insights and no logs', () => {
  expect(addonConfiguration(templateOf({ enhancedObservability: false, containerLogs: false }), ADDON)).toEqual({
    agent: { config: { agent: { region: '${AWS::Region}' }, logs: { metrics_collected: { kubernetes: { enhanced_container_insights: false } } } } },
    applicationSignals: { enabled: false },
    containerLogs: { enabled: false },
  });
});

test('with a retention the log groups exist before the agents would make them', () => {
  const template = templateOf({ logRetention: logs.RetentionDays.ONE_WEEK });
  const groups = template.findResources('AWS::Logs::LogGroup', { Properties: { RetentionInDays: 7 } });
  expect(Object.values(groups).map(group => group.Properties.LogGroupName['Fn::Join'][1][2]).sort()).toEqual(['/application', '/dataplane', '/host', '/performance']);
  expect(Object.values(groups).map(group => group.DeletionPolicy)).toEqual(Array(4).fill('RetainExceptOnCreate'));
  template.hasResource('AWS::EKS::Addon', { DependsOn: Match.arrayWith(Object.keys(groups).sort()) });

  const withoutLogs = templateOf({ logRetention: logs.RetentionDays.ONE_WEEK, containerLogs: false, logRemovalPolicy: RemovalPolicy.DESTROY });
  expect(Object.values(withoutLogs.findResources('AWS::Logs::LogGroup')).map(group => group.DeletionPolicy)).toEqual(['Delete']);
});

test('contradictions are refused', () => {
  expect(() => templateOf({ applicationSignalsDiscovery: true })).toThrow('"applicationSignalsDiscovery" is true but "applicationSignals" is not');
  expect(() => templateOf({ logRemovalPolicy: RemovalPolicy.DESTROY })).toThrow('"logRemovalPolicy" is RemovalPolicy.DESTROY but "logRetention" is missing');
});

describeWithReference('compared with the project', dir => {
  test('every key of the configuration exists in the chart', () => {
    const configuration = addonConfiguration(templateOf({ agentConfig: { agent: {} }, containerLogs: false }), ADDON);
    expect(unknownKeys(configuration, referenceYaml(dir, 'values/amazon-cloudwatch-observability-6.4.0.values.yaml'))).toEqual([]);
  });
});
