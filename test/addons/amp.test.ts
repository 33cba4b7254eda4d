import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { inlinePolicies, newStack, text } from './fixtures';
import { Amp, AmpOptions } from '../../src/addons/amp';
import { AmpRuleGroup } from '../../src/addons/amp-rules';
import { PrometheusWorkspace } from '../../src/addons/prometheus-workspace';
import { importedCluster, newCluster } from '../clusters';

const workspace = PrometheusWorkspace.fromWorkspaceAttributes({
  workspaceArn: 'arn:aws:aps:eu-west-1:123456789012:workspace/ws-1',
  prometheusEndpoint: 'https://aps.example/workspaces/ws-1/',
});

function made(options: AmpOptions = {}, then: (amp: Amp) => void = () => undefined): Template {
  const stack = newStack();
  then(new Amp(stack, 'Amp', { cluster: newCluster(stack), ...options }));
  return Template.fromStack(stack);
}
const scrapeConfiguration = (template: Template) => {
  const [scraper] = Object.values(template.findResources('AWS::APS::Scraper'));
  return JSON.parse(text(scraper.Properties.ScrapeConfiguration.ConfigurationBlob['Fn::Base64']));
};

test('the cluster\'s metrics go into a workspace of their own, which outlives the stack', () => {
  const template = made({ retention: Duration.days(400) });
  template.hasResource('AWS::APS::Workspace', {
    Properties: { Alias: { Ref: Match.stringLikeRegexp('^Cluster') }, WorkspaceConfiguration: { RetentionPeriodInDays: 400 } },
    DeletionPolicy: 'RetainExceptOnCreate',
    UpdateReplacePolicy: 'Retain',
  });
  template.hasResourceProperties('AWS::APS::Scraper', {
    Source: { EksConfiguration: { ClusterArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Cluster'), 'Arn'] }, SubnetIds: [Match.anyValue(), Match.anyValue()] } },
    Destination: { AmpConfiguration: { WorkspaceArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^AmpWorkspace'), 'Arn'] } } },
  });
});

test('AWS makes the scraper\'s access entry itself, so none is made here', () => {
  made().resourceCountIs('AWS::EKS::AccessEntry', 0);
});

test('nodes, containers, the API server and annotated pods are scraped, and every metric names its cluster', () => {
  const configuration = scrapeConfiguration(made());
  expect(configuration.global).toEqual({ scrape_interval: '60s', external_labels: { cluster: expect.stringMatching(/^\$\{Cluster/) } });
  expect(configuration.scrape_configs.map((job: any) => job.job_name))
    .toEqual(['kubernetes-nodes', 'kubernetes-cadvisor', 'kubernetes-apiservers', 'kubernetes-pods']);
});

test('the port of a pod\'s annotation replaces the one of its address, in IPv4 and in IPv6', () => {
  const pods = scrapeConfiguration(made()).scrape_configs[3].relabel_configs;
  const { source_labels: labels, regex, replacement } = pods.find((config: any) => config.source_labels.length === 2);
  expect(labels).toEqual(['__address__', '__meta_kubernetes_pod_annotation_prometheus_io_port']);
  const relabelled = (value: string) => value.replace(new RegExp(`^(?:${regex})$`), replacement);
  expect(relabelled('10.0.0.1:8080;9090')).toBe('10.0.0.1:9090');
  expect(relabelled('10.0.0.1;9090')).toBe('10.0.0.1:9090');
  expect(relabelled('[fd00::1]:8080;9090')).toBe('[fd00::1]:9090');
  expect(relabelled('10.0.0.1:8080;')).toBe('10.0.0.1:8080;'); // no match: the address stays
});

test('what the user scrapes wins', () => {
  const configuration = scrapeConfiguration(made({ scrapeConfiguration: { global: { scrape_interval: '30s' }, scrape_configs: [{ job_name: 'mine' }] } }));
  expect(configuration).toMatchObject({ global: { scrape_interval: '30s', external_labels: { cluster: expect.anything() } }, scrape_configs: [{ job_name: 'mine' }] });
});

test('rules are written as Prometheus reads them', () => {
  const template = made({}, amp => amp.addRuleGroups('Alerts', [{
    name: 'nodes',
    interval: Duration.seconds(30),
    rules: [
      { record: 'job:up:sum', expr: 'sum by (job) (up)' },
      { alert: 'TargetDown', expr: 'up == 0', forDuration: Duration.minutes(10), labels: { severity: 'page' }, annotations: { summary: '{{ $labels.job }}' } },
    ],
  }]));
  const [rules] = Object.values(template.findResources('AWS::APS::RuleGroupsNamespace'));
  expect(rules.Properties).toMatchObject({ Name: 'Alerts', Workspace: { 'Fn::GetAtt': [expect.stringMatching(/^AmpWorkspace/), 'Arn'] } });
  expect(JSON.parse(rules.Properties.Data)).toEqual({
    groups: [{
      name: 'nodes',
      interval: '30s',
      rules: [
        { record: 'job:up:sum', expr: 'sum by (job) (up)' },
        { alert: 'TargetDown', expr: 'up == 0', for: '10m', labels: { severity: 'page' }, annotations: { summary: '{{ $labels.job }}' } },
      ],
    }],
  });
});

test('pods in the cluster may send metrics, and only that', () => {
  const template = made({ scraper: false }, amp => amp.addRemoteWriteRole('Writer', { namespace: 'monitoring', serviceAccount: 'prometheus' }));
  template.hasResourceProperties('AWS::EKS::PodIdentityAssociation', { Namespace: 'monitoring', ServiceAccount: 'prometheus' });
  expect(inlinePolicies(template, 'AmpWriterRole').RemoteWrite.Statement)
    .toEqual([{ Effect: 'Allow', Action: 'aps:RemoteWrite', Resource: expect.stringMatching(/^\$\{AmpWorkspace\w+\.Arn\}$/) }]);
  template.resourceCountIs('AWS::APS::Scraper', 0);
});

test('a workspace can be one that exists, and is granted like anything else', () => {
  const stack = newStack();
  const amp = new Amp(stack, 'Amp', { cluster: importedCluster(stack), workspace });
  amp.workspace.grantQuery(new iam.Role(stack, 'Grafana', { assumedBy: new iam.ServicePrincipal('grafana.amazonaws.com') }));

  expect(workspace).toMatchObject({ remoteWriteUrl: 'https://aps.example/workspaces/ws-1/api/v1/remote_write', region: 'eu-west-1' });
  const template = Template.fromStack(stack);
  template.resourceCountIs('AWS::APS::Workspace', 0);
  template.hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: { Statement: [Match.objectLike({ Action: Match.arrayWith(['aps:QueryMetrics']), Resource: workspace.workspaceArn })] },
  });
});

test.each<[string, AmpOptions, string]>([
  ['a retention of a workspace that exists', { workspace, retention: Duration.days(1) }, '"retention" is given together with "workspace"'],
  ['a removal policy of a workspace that exists', { workspace, removalPolicy: RemovalPolicy.DESTROY }, '"removalPolicy" is given together with "workspace"'],
  ['a retention that is too long', { retention: Duration.days(1096) }, '"retention" is 1096: give a whole number from 1 to 1095'],
  ['subnets of no scraper', { scraper: false, scraperSubnets: { subnetType: ec2.SubnetType.PUBLIC } }, '"scraperSubnets" is given but "scraper" is false'],
  ['a single subnet', { scraperSubnets: { availabilityZones: ['dummy1a'] } }, '"scraperSubnets" selects'],
])('%s is refused', (_, options, message) => {
  expect(() => made(options)).toThrow(message);
});

test.each<[string, AmpRuleGroup[], string]>([
  ['no group', [], '"groups" is empty'],
  ['a group without rules', [{ name: 'a', rules: [] }], '"rules" of group "a" is empty'],
  ['the same name twice', [{ name: 'a', rules: [{ record: 'x', expr: 'up' }] }, { name: 'a', rules: [{ record: 'x', expr: 'up' }] }], 'two groups with the name "a"'],
  ['a rule of no kind', [{ name: 'a', rules: [{ expr: 'up' }] }], 'rule "up" of group "a" has neither of "alert" and "record"'],
  ['a rule of both kinds', [{ name: 'a', rules: [{ expr: 'up', alert: 'x', record: 'y' }] }], 'has both of "alert" and "record"'],
  ['a recording rule that waits', [{ name: 'a', rules: [{ expr: 'up', record: 'y', forDuration: Duration.minutes(1) }] }], '"forDuration" is given for "y" of group "a"'],
])('%s is refused', (_, groups, message) => {
  expect(() => made({}, amp => amp.addRuleGroups('Rules', groups))).toThrow(message);
});

test('a scraper cannot reach an endpoint that is public only', () => {
  const stack = newStack();
  const cluster = new eks.Cluster(stack, 'Cluster', {
    version: eks.KubernetesVersion.V1_36, endpointAccess: eks.EndpointAccess.PUBLIC, bootstrapSelfManagedAddons: false, clusterName: 'public',
  });
  expect(() => new Amp(stack, 'Amp', { cluster })).toThrow('"scraper" needs private access to the endpoint of Stack/Cluster');
  expect(() => new Amp(stack, 'Other', { cluster, scraper: false })).not.toThrow();
});
