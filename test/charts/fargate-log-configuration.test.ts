import { only, render } from './render';
import { FargateLogConfiguration, FargateLogConfigurationProps } from '../../src/charts/fargate-log-configuration';

const OUTPUTS = '[OUTPUT]\n  Name cloudwatch_logs\n  Match *\n';
const objects = (props: Partial<FargateLogConfigurationProps> = {}) =>
  render(chart => new FargateLogConfiguration(chart, 'Logs', { outputs: OUTPUTS, ...props }), { namespace: 'shop' });

test('it is what EKS looks for: a namespace with its label, and a ConfigMap in it', () => {
  const filters = '[FILTER]\n  Name grep\n  Match *\n';
  const parsers = '[PARSER]\n  Name json\n  Format json\n';
  expect(objects({ filters, parsers, fluentBitLogs: true })).toEqual([
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'aws-observability', labels: { 'aws-observability': 'enabled' } } },
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'aws-logging', namespace: 'aws-observability' },
      data: { 'flb_log_cw': 'true', 'output.conf': OUTPUTS, 'filters.conf': filters, 'parsers.conf': parsers },
    },
  ]);
});

test('what is not given is not there', () => {
  expect(only(objects(), 'ConfigMap').data).toEqual({ 'flb_log_cw': 'false', 'output.conf': OUTPUTS });
});

test('values of the deployment may stand in it', () => {
  expect(() => objects({ outputs: `${OUTPUTS}  region \${Token[AWS.Region.1]}\n` })).not.toThrow();
});

test.each<[string, Partial<FargateLogConfigurationProps>, string]>([
  ['text without a section', { outputs: 'Name cloudwatch_logs' }, '"outputs" begins with "Name cloudwatch_logs": give sections that begin with [OUTPUT]'],
  ['nothing', { outputs: '' }, '"outputs" begins with ""'],
  ['a section of another kind', { outputs: `${OUTPUTS}[INPUT]\n  Name tail\n` }, '"outputs" has the section [INPUT]: leave it out, only [OUTPUT] stands there'],
  ['an output without a match', { outputs: '[OUTPUT]\n  Name es\n' }, 'a [OUTPUT] in "outputs" has no "Match"'],
  ['a first output without a name', { outputs: `[OUTPUT]\n  Match *\n${OUTPUTS}` }, 'a [OUTPUT] in "outputs" has no "Name"'],
  ['a parser without a format', { parsers: '[PARSER]\n  Name json\n' }, 'a [PARSER] in "parsers" has no "Format"'],
  ['an output that EKS does not have', { outputs: '[OUTPUT]\n  Name s3\n  Match *\n' }, '"outputs" names "s3": give one of those that EKS knows, es,'],
  ['a filter that EKS does not have', { filters: '[FILTER]\n  Name lua\n  Match *\n' }, '"filters" names "lua": give one of those that EKS knows, grep,'],
  ['a variable', { outputs: `${OUTPUTS}  region \${AWS_REGION}\n` }, '"outputs" has a variable in "region ${AWS_REGION}"'],
  ['what EKS sets itself', { filters: '[FILTER]\n  Name kubernetes\n  Match *\n  Kube_URL https://x\n' }, '"filters" has "Kube_URL", which EKS sets itself'],
  ['more than EKS takes', { outputs: `${OUTPUTS}# ${'x'.repeat(5300)}\n` }, 'characters together: give at most 5300'],
])('%s is refused', (_, props, message) => {
  expect(() => objects(props)).toThrow(message);
});
