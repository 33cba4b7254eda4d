import { join } from 'path';
import { Check } from '../../src/checks/check';
import { jsonReport, sarifReport, textReport } from '../../src/checks/report';
import { Result } from '../../src/checks/run-checks';

const PRIVILEGED: Check = {
  id: 'pod-privileged',
  title: 'No container is privileged',
  severity: 'warning',
  fix: 'Drop privileged',
  reason: 'It may do what the host may.',
  link: 'https://example.com/privileged',
  find: () => [],
};
const OPEN: Check = {
  id: 'endpoint-open',
  title: 'The endpoint is closed',
  severity: 'error',
  fix: 'Close it',
  reason: 'Everybody may knock.',
  link: 'https://example.com/open',
  find: () => [],
};
const template = { path: 'Shop', templatePath: join('cdk.out', 'Shop.template.json'), content: {}, size: 0 };
const resource = (id: string) => ({ template, logicalId: `${id}1234`, path: `Shop/${id}`, type: '', properties: {}, whole: {} });

const pod: Result = {
  check: PRIVILEGED,
  severity: 'warning',
  id: 'pod-privileged[Shop/Web/Pod/web]',
  finding: { resource: resource('Web'), object: 'Pod "web"', location: 'spec.containers[0]', message: 'container "web" is privileged' },
};
const endpoint: Result = {
  check: OPEN,
  severity: 'error',
  id: 'endpoint-open[Shop/Cluster]',
  finding: { resource: resource('Cluster'), message: 'the endpoint is open' },
};
const acknowledged: Result = { ...endpoint, acknowledged: { id: 'EksSlipway::endpoint-open', path: 'Shop', reason: 'a playground' } };

describe('the report for people', () => {
  test('says of each finding how bad it is, where, what to do, and what to acknowledge', () => {
    expect(textReport([pod, endpoint])).toBe(`\
warning: Shop/Web Pod "web" spec.containers[0]: container "web" is privileged
  Drop privileged
  pod-privileged[Shop/Web/Pod/web] https://example.com/privileged
error: Shop/Cluster: the endpoint is open
  Close it
  endpoint-open[Shop/Cluster] https://example.com/open
1 error, 1 warning, 0 acknowledged`);
  });

  test('has of what is acknowledged only the reason, after all else', () => {
    expect(textReport([acknowledged, pod, pod])).toMatch(/^warning: [^]*\nacknowledged: endpoint-open\[Shop\/Cluster\]: a playground\n0 errors, 2 warnings, 1 acknowledged$/);
    expect(textReport([acknowledged])).toBe('acknowledged: endpoint-open[Shop/Cluster]: a playground\n0 errors, 0 warnings, 1 acknowledged');
  });

  test('counts nothing where nothing is found', () => {
    expect(textReport([])).toBe('0 errors, 0 warnings, 0 acknowledged');
  });
});

test('the report for programs has all of a finding, and who acknowledged it where', () => {
  expect(JSON.parse(jsonReport([pod, acknowledged]))).toEqual([
    {
      id: 'pod-privileged[Shop/Web/Pod/web]',
      check: 'pod-privileged',
      severity: 'warning',
      title: 'No container is privileged',
      message: 'container "web" is privileged',
      fix: 'Drop privileged',
      link: 'https://example.com/privileged',
      template: 'Shop.template.json',
      logicalId: 'Web1234',
      path: 'Shop/Web',
      object: 'Pod "web"',
      location: 'spec.containers[0]',
    },
    expect.objectContaining({ check: 'endpoint-open', severity: 'error', acknowledged: { reason: 'a playground', path: 'Shop' } }),
  ]);
});

test('the report for code scanning is SARIF 2.1.0: the rules, and what they found', () => {
  expect(JSON.parse(sarifReport([{ ...pod, severity: 'error' }, acknowledged], [PRIVILEGED], '1.2.3'))).toEqual({
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{
      tool: {
        driver: {
          name: 'eks-slipway',
          semanticVersion: '1.2.3',
          rules: [{
            id: 'pod-privileged',
            shortDescription: { text: 'No container is privileged' },
            fullDescription: { text: 'It may do what the host may.' },
            help: { text: 'Drop privileged' },
            helpUri: 'https://example.com/privileged',
            defaultConfiguration: { level: 'warning' },
          }],
        },
      },
      results: [
        {
          ruleId: 'pod-privileged',
          level: 'error',
          message: { text: 'Shop/Web Pod "web" spec.containers[0]: container "web" is privileged. Drop privileged' },
          locations: [{
            physicalLocation: { artifactLocation: { uri: 'Shop.template.json' } },
            logicalLocations: [{ fullyQualifiedName: 'Shop/Web', name: 'Web1234', kind: 'resource' }],
          }],
          partialFingerprints: { finding: 'pod-privileged[Shop/Web/Pod/web]' },
          suppressions: [],
        },
        expect.objectContaining({ ruleId: 'endpoint-open', suppressions: [{ kind: 'external', justification: 'a playground' }] }),
      ],
    }],
  });
});
