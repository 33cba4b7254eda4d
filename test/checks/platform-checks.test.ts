import { readFileSync } from 'fs';
import { join } from 'path';
import { App, Stack, Stage, Validations } from 'aws-cdk-lib';
import { cluster, deliver, deployment } from './fixtures';
import { ALL_CHECKS } from '../../src/checks/all-checks';
import { CheckSeverity, PlatformChecks, PlatformChecksProps } from '../../src/checks/platform-checks';
import { checkAssembly } from '../../src/cli/checks';

const ID = 'public-endpoint-open';
let printed: string[];

beforeEach(() => {
  printed = [];
  for (const write of ['error', 'log', 'warn'] as const) {
    jest.spyOn(console, write).mockImplementation((...args) => void printed.push(args.join(' ')));
  }
  jest.spyOn(process.stderr, 'write').mockImplementation(text => Boolean(printed.push(String(text))));
  jest.spyOn(process.stdout, 'write').mockImplementation(text => Boolean(printed.push(String(text))));
});
afterEach(() => jest.restoreAllMocks());

/** Two stacks with an open endpoint each. */
function appWith(props?: PlatformChecksProps): { app: App; one: Stack; two: Stack } {
  const app = new App({ context: { '@aws-cdk/core:stackRelativeExports': true } });
  Validations.of(app).addPlugins(new PlatformChecks(props));
  const [one, two] = ['One', 'Two'].map(id => {
    const stack = new Stack(app, id);
    cluster(stack, {}, { EndpointPublicAccess: true });
    return stack;
  });
  return { app, one, two };
}

const AS_ERROR = { severities: { [ID]: CheckSeverity.ERROR } };

test('a warning is printed with resource, value and remedy, and the app is synthesized', () => {
  appWith().app.synth();
  const text = printed.join('\n');
  expect(text).toContain('the public endpoint is open to everyone');
  expect(text).toContain(`${ID}[One/Cluster]`);
  expect(text).toContain('Turn the public endpoint off, or give the CIDRs that need it');
});

test('an error fails the synth', () => {
  expect(() => appWith(AS_ERROR).app.synth()).toThrow(`Acknowledge with 'EksSlipway::${ID}[One/Cluster]'`);
});

test('a check that is turned off says nothing', () => {
  appWith({ ...AS_ERROR, disable: [ID] }).app.synth();
  expect(printed.join('\n')).not.toContain(ID);
});

test('an acknowledgement holds for the construct that it is given at and what is below it, and nowhere else', () => {
  const { app, one } = appWith(AS_ERROR);
  Validations.of(one).acknowledge({ id: `EksSlipway::${ID}`, reason: 'a playground' });
  expect(() => app.synth()).toThrow(/^(?!.*open\[One\/Cluster\]).*open\[Two\/Cluster\]/s);

  const other = appWith(AS_ERROR);
  Validations.of(other.one).acknowledge({ id: `EksSlipway::${ID}`, reason: 'a playground' });
  Validations.of(other.two.node.findChild('Cluster')).acknowledge({ id: `EksSlipway::${ID}`, reason: 'another one' });
  other.app.synth();
});

test('one finding can be acknowledged by its own id, at any place', () => {
  const { app } = appWith(AS_ERROR);
  Validations.of(app).acknowledge({ id: `EksSlipway::${ID}[One/Cluster]`, reason: 'a playground' }, { id: `EksSlipway::${ID}[Two/Cluster]`, reason: 'another one' });
  app.synth();
});

test('an acknowledged error is in the report of CDK with its reason', () => {
  const { app, one } = appWith();
  Validations.of(one).acknowledge({ id: `EksSlipway::${ID}`, reason: 'a playground' });
  const report = readFileSync(join(app.synth().directory, 'validation-report.json'), 'utf8');
  expect(report).toContain('a playground');
});

test('the report of CDK says of each finding what is wrong, where, and what to do', () => {
  const app = new App();
  const stack = new Stack(app, 'Shop');
  Validations.of(app).addPlugins(new PlatformChecks({ enable: ['namespace-quota'] }));
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } };
  deliver(stack, [deployment({}, { securityContext: { privileged: true } }), namespace], cluster(stack, {}, { EndpointPublicAccess: true }));
  const { pluginReports: [{ violations }] } = JSON.parse(readFileSync(join(app.synth().directory, 'validation-report.json'), 'utf8'));
  const found = (rule: string) => violations.find(({ ruleName }: any) => ruleName.startsWith(rule));
  expect(found('pod-privileged')).toMatchObject({
    ruleName: 'pod-privileged[Shop/Manifest/Deployment/shop/web]',
    description: 'Deployment "shop/web": container "web" is privileged',
    suggestedFix: expect.stringMatching(/^Remove securityContext.privileged.* \(https:.*\)$/),
    severity: 'warning',
    violatingConstructs: [{
      constructPath: 'Shop/Manifest',
      cloudFormationResource: {
        templatePath: 'Shop.template.json', logicalId: 'Manifest', propertyPaths: ['spec.template.spec.containers[0].securityContext.privileged'],
      },
    }],
  });
  expect(found(ID)).toMatchObject({
    ruleName: `${ID}[Shop/Cluster]`,
    description: 'the public endpoint is open to everyone',
    violatingConstructs: [{ constructPath: 'Shop/Cluster', cloudFormationResource: { propertyPaths: ['ResourcesVpcConfig'] } }],
  });
  expect(found('namespace-quota').violatingConstructs[0].cloudFormationResource.propertyPaths).toEqual(['Properties']);
});

test('an acknowledged finding is in the report of CDK under the id that was acknowledged', () => {
  const { app, one } = appWith();
  Validations.of(one).acknowledge({ id: `EksSlipway::${ID}`, reason: 'a playground' });
  const { pluginReports: [{ suppressedViolations }] } = JSON.parse(readFileSync(join(app.synth().directory, 'validation-report.json'), 'utf8'));
  expect(suppressedViolations).toEqual([expect.objectContaining({ ruleName: ID, reason: 'a playground', acknowledgedAt: 'One' })]);
});

test('other metadata of constructs acknowledges nothing', () => {
  const { app, one } = appWith(AS_ERROR);
  one.node.addMetadata('aws:cdk:warning', { [`EksSlipway::${ID}`]: 'a playground' });
  expect(() => app.synth()).toThrow(`${ID}[One/Cluster]`);
});

test('CDK is told the ids of the checks, so that a wrong one is not acknowledged unseen', () => {
  expect(new PlatformChecks().ruleIds).toEqual(ALL_CHECKS.map(({ id }) => id));
});

test('a check that there is none of is refused at once, with those that there are', () => {
  expect(() => new PlatformChecks({ disable: ['public-endpoint'] })).toThrow(/^"disable" names "public-endpoint", which is no check: give one of .*public-endpoint-open/);
  expect(() => new PlatformChecks({ enable: ['x'] })).toThrow(/^"enable" names "x"/);
  expect(() => new PlatformChecks({ severities: { x: CheckSeverity.ERROR } })).toThrow(/^"severities" names "x"/);
});

test('a stage has checks of its own stacks only', () => {
  const app = new App();
  const stage = new Stage(app, 'Production');
  Validations.of(stage).addPlugins(new PlatformChecks());
  cluster(new Stack(stage, 'Inside'), {}, { EndpointPublicAccess: true });
  cluster(new Stack(app, 'Outside'), {}, { EndpointPublicAccess: true });
  app.synth();
  expect(printed.join('\n')).toContain('[Production/Inside/Cluster]');
  expect(printed.join('\n')).not.toContain('[Outside/Cluster]');
});

test('what is on by default comes once, and not beside the user\'s own', () => {
  const plugins = (app: App) => (app as any)._validationPlugins.length;
  const app = new App();
  PlatformChecks._addUnlessThere(new Stack(app, 'One'));
  PlatformChecks._addUnlessThere(new Stack(app, 'Two'));
  app.synth();
  expect(plugins(app)).toBe(1);

  const own = new App();
  PlatformChecks._addUnlessThere(new Stack(own, 'One'));
  Validations.of(own).addPlugins(new PlatformChecks({ disable: [ID] }));
  own.synth();
  expect(plugins(own)).toBe(1);
});

test('what is on by default comes beside a plugin of somebody else', () => {
  const app = new App();
  Validations.of(app).addPlugins({ name: 'Other', validate: () => ({ success: true, violations: [] }) });
  PlatformChecks._addUnlessThere(cluster(new Stack(app, 'One'), {}, { EndpointPublicAccess: true }));
  app.synth();
  expect(printed.join('\n')).toContain(`${ID}[One/Cluster]`);
});

describe('a synthesized app', () => {
  const directory = (acknowledge = false) => {
    const app = new App();
    const stack = new Stack(app, 'Shop');
    const platform = cluster(stack, {}, { EndpointPublicAccess: true });
    deliver(stack, [deployment({}, { securityContext: { privileged: true } })], platform);
    if (acknowledge) {
      Validations.of(stack).acknowledge({ id: `EksSlipway::${ID}`, reason: 'a playground' });
    }
    return app.synth().directory;
  };

  test('is reported on as text, with what was acknowledged', () => {
    const { report, hasErrors } = checkAssembly(directory(true), 'text');
    expect(report).toContain('warning: Shop/Manifest Deployment "shop/web" spec.template.spec.containers[0].securityContext.privileged: container "web" is privileged');
    expect(report).toContain(`acknowledged: ${ID}[Shop/Cluster]: a playground`);
    expect(report).toMatch(/0 errors, \d+ warnings, 1 acknowledged$/);
    expect(hasErrors).toBe(false);
  });

  test('is reported on as JSON', () => {
    expect(JSON.parse(checkAssembly(directory(), 'json').report)).toContainEqual(expect.objectContaining({
      check: 'pod-privileged', id: 'pod-privileged[Shop/Manifest/Deployment/shop/web]', path: 'Shop/Manifest', object: 'Deployment "shop/web"', severity: 'warning',
      template: 'Shop.template.json', logicalId: 'Manifest',
    }));
  });

  test('is reported on as SARIF, acknowledged findings as suppressed', () => {
    const { runs: [run] } = JSON.parse(checkAssembly(directory(true), 'sarif').report);
    const results = Object.fromEntries(run.results.map((result: any) => [result.ruleId, result]));
    expect(results[ID].suppressions).toEqual([{ kind: 'external', justification: 'a playground' }]);
    expect(results['pod-privileged']).toMatchObject({ level: 'warning', suppressions: [] });
    expect(run.tool.driver.rules.map(({ id }: any) => id)).toContain(ID);
  });

  test('fails where a finding is an error', () => {
    expect(checkAssembly(directory(), 'text', { severities: { [ID]: 'error' } }).hasErrors).toBe(true);
  });

  test('that is none is refused', () => {
    expect(() => checkAssembly('nowhere', 'text')).toThrow('"nowhere" holds no cloud assembly: run `cdk synth` first, or name its output folder');
  });
});
