import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { setTimeout as sleep } from 'timers/promises';
import { Chart, Testing } from 'cdk8s';
import * as fc from 'fast-check';
import { parse } from 'yaml';
import { autoModeDefinition } from './addons-definitions';
import { withControlPlane } from './with-control-plane';
import { AmiAlias } from '../../src/charts/ami-alias';
import { AutoModeNodeClass } from '../../src/charts/auto-mode-node-class';
import { Ec2NodeClass, Ec2NodeClassProps } from '../../src/charts/ec2-node-class';
import { Ec2NodeClassPresets } from '../../src/charts/ec2-node-class-presets';
import { NodePool } from '../../src/charts/node-pool';
import { NodePoolPresets } from '../../src/charts/node-pool-presets';
import { NodeRequirement } from '../../src/charts/node-requirement';
import { classes, pools } from '../charts/karpenter-arbitraries';
import { AUTO_MODE_CLASS, FULL_CLASS, FULL_POOL, FULL_STATIC_POOL, OTHER_CLASS } from '../charts/karpenter-full';
import { CLASS_RULES, POOL_RULES, RawClass, RawPool, TRANSITIONS } from '../charts/karpenter-rules';
import { STRICTER_CLASS, STRICTER_POOL } from '../charts/karpenter-stricter';
import { render } from '../charts/render';
import { describeWithReference } from '../reference';

/** Whether our own checks are made: without them the API server sees what they would have refused. */
let mockChecked = true;
function mockSwitch(path: string, name: string) {
  const real = jest.requireActual(path);
  return { ...real, [name]: (...args: unknown[]) => mockChecked ? real[name](...args) : undefined };
}
jest.mock('../../src/charts/node-pool-checks', () => mockSwitch('../../src/charts/node-pool-checks', 'checkNodePool'));
jest.mock('../../src/charts/ec2-node-class-checks', () => mockSwitch('../../src/charts/ec2-node-class-checks', 'checkEc2NodeClass'));
jest.mock('../../src/charts/karpenter-labels', () => mockSwitch('../../src/charts/karpenter-labels', 'checkLabelDomain'));

const SEED = Number(process.env.FAST_CHECK_SEED ?? 20261121);
const RUNS = Number(process.env.FAST_CHECK_RUNS ?? 500);

const plane = withControlPlane();

const PLURALS: Record<string, string> = { EC2NodeClass: 'ec2nodeclasses', NodePool: 'nodepools', NodeClass: 'nodeclasses' };

/** What the API server says of an object: its message when it refuses it, else undefined. */
async function refusal(object: any): Promise<string | undefined> {
  const path = `/apis/${object.apiVersion}/${PLURALS[object.kind]}?dryRun=All&fieldValidation=Strict`;
  const { status, body } = await plane().request('POST', path, object);
  if (![201, 400, 422].includes(status)) {
    throw new Error(`the API server answered ${status}: ${JSON.stringify(body)}`);
  }
  return status === 201 ? undefined : body.message;
}

async function expectAccepted(build: (chart: Chart) => void) {
  for (const object of render(build)) {
    expect({ kind: object.kind, message: await refusal(object) }).toEqual({ kind: object.kind, message: undefined });
  }
}

/** The requirement, checked or not. */
const requirement = ({ key, operator, values, minValues }: NonNullable<RawPool['requirements']>[number]): NodeRequirement => {
  if (!mockChecked) {
    return Object.assign(Object.create(NodeRequirement.prototype), { key, operator, values, minValues, ofInstances: false });
  }
  const checked = NodeRequirement.of(key, operator, values);
  return minValues === undefined ? checked : checked.withMinValues(minValues);
};

const newPool = (chart: Chart, raw: RawPool) => new NodePool(chart, 'Pool', {
  name: 'pool', nodeClassRef: { name: 'default' }, ...raw, requirements: raw.requirements?.map(requirement),
});
const newClass = (chart: Chart, raw: RawClass) => new Ec2NodeClass(chart, 'Class', {
  name: 'class', role: 'nodes', amiSelectorTerms: [AmiAlias.al2023()], subnetSelectorTerms: [{ id: 'subnet-1' }], securityGroupSelectorTerms: [{ id: 'sg-1' }], ...raw,
} as Ec2NodeClassProps);

/** Our own word on it: the message of our error, if there is one. */
function ours(build: (chart: Chart) => void): string | undefined {
  mockChecked = true;
  try {
    build(new Chart(Testing.app(), 'test'));
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

/** The API server's word on what would have been delivered without our checks. */
async function theirs(build: (chart: Chart) => void): Promise<string | undefined> {
  mockChecked = false;
  try {
    return await refusal(render(build)[0]);
  } finally {
    mockChecked = true;
  }
}

/** All rules of a definition in the language of its own, by path and message. */
function rules(schema: any, path: string[] = []): string[] {
  return [
    ...(schema['x-kubernetes-validations'] ?? []).map(({ message }: any) => `${path.join('.')}: ${message}`),
    ...Object.entries(schema.properties ?? {}).flatMap(([name, field]) => rules(field, [...path, name])),
    ...schema.items ? rules(schema.items, path) : [],
  ];
}

describeWithReference("Karpenter's charts and the API server", dir => {
  const definitions = join(dir, 'crds', 'karpenter-v1.14.1');
  const definition = (file: string) => parse(readFileSync(join(definitions, file), 'utf8'));
  const specOf = (file: string) => definition(file).spec.versions[0].schema.openAPIV3Schema.properties.spec;

  beforeAll(async () => {
    for (const crd of [...readdirSync(definitions).map(definition), autoModeDefinition(dir, 'NodeClass')]) {
      const { status, body } = await plane().request('POST', '/apis/apiextensions.k8s.io/v1/customresourcedefinitions', crd);
      expect({ crd: crd.metadata.name, status, message: body.message }).toEqual({ crd: crd.metadata.name, status: 201, message: undefined });
    }
    for (const path of ['karpenter.sh/v1/nodepools', 'karpenter.k8s.aws/v1/ec2nodeclasses', 'eks.amazonaws.com/v1/nodeclasses']) {
      for (let i = 0; i < 60 && (await plane().request('GET', `/apis/${path}`)).status !== 200; i++) {
        await sleep(250);
      }
    }
  });

  test('pools and classes with all that they can have are accepted', () => expectAccepted(chart => {
    new NodePool(chart, 'Full', FULL_POOL);
    new NodePool(chart, 'Static', FULL_STATIC_POOL);
    new Ec2NodeClass(chart, 'FullClass', FULL_CLASS);
    new Ec2NodeClass(chart, 'OtherClass', OTHER_CLASS);
    new AutoModeNodeClass(chart, 'AutoMode', AUTO_MODE_CLASS);
  }));

  test.each(['general', 'spotWithFallback', 'graviton', 'gpu', 'windows', 'batch', 'critical'] as const)('the preset %s is accepted', preset => expectAccepted(chart => {
    new NodePool(chart, 'Pool', { nodeClassRef: { name: 'default' }, ...NodePoolPresets[preset]() });
    if (preset !== 'windows') {
      new NodePool(chart, 'AutoMode', { nodeClassRef: AutoModeNodeClass.DEFAULT, ...NodePoolPresets[preset]() });
    }
  }));

  test.each([
    ['gpu', Ec2NodeClassPresets.gpu(), AmiAlias.al2023()],
    ['batch', Ec2NodeClassPresets.batch(), AmiAlias.bottlerocket('v1.40.0')],
    ['windows', Ec2NodeClassPresets.windows(), AmiAlias.windows2022()],
  ])('the preset %s of classes is accepted', (_, preset, alias) => expectAccepted(chart => newClass(chart, { ...preset, amiSelectorTerms: [alias] })));

  test('every rule of the definitions has an example', () => {
    expect(rules(specOf('karpenter.sh_nodepools.yaml')).filter(rule => !TRANSITIONS.includes(rule)).sort()).toEqual(Object.keys(POOL_RULES).sort());
    expect(rules(specOf('karpenter.k8s.aws_ec2nodeclasses.yaml')).sort()).toEqual(Object.keys(CLASS_RULES).sort());
  });

  test.each([
    ...Object.entries(POOL_RULES).map(([rule, raw]) => [rule, (chart: Chart) => newPool(chart, raw)] as const),
    ...Object.entries(CLASS_RULES).map(([rule, raw]) => [rule, (chart: Chart) => newClass(chart, raw)] as const),
  ])('what breaks the rule "%s" is refused at synth, as by the API server', async (rule, build) => {
    expect(await theirs(build)).toContain(rule.slice(rule.indexOf(': ') + 2));
    expect(ours(build)).toMatch(/^["r].*: (give|leave|remove|make|add|images|an|a|this|"\w+" stands|Karpenter|only|name) ?/);
  });

  test.each([
    ...STRICTER_POOL.map(([message, reason, raw]) => [reason, message, (chart: Chart) => newPool(chart, raw)] as const),
    ...STRICTER_CLASS.map(([message, reason, raw]) => [reason, message, (chart: Chart) => newClass(chart, raw)] as const),
  ])('we refuse what the API server accepts: %s (%s)', async (_, message, build) => {
    expect(await theirs(build)).toBeUndefined();
    expect(ours(build)).toMatch(message);
  });

  test.each([
    ['pools', pools, newPool, STRICTER_POOL],
    ['classes', classes, newClass, STRICTER_CLASS],
  ] as [string, fc.Arbitrary<any>, (chart: Chart, raw: any) => void, [RegExp, ...any[]][]][])(
    'of generated %s we refuse what the API server refuses, and more only for a reason of those', async (_, arbitrary, make, stricter) => {
      const counts = { bothAccept: 0, bothRefuse: 0, onlyWeRefuse: 0 };
      await fc.assert(fc.asyncProperty(arbitrary, async raw => {
        const build = (chart: Chart) => make(chart, raw);
        const [we, they] = [ours(build), await theirs(build)];
        if (we === undefined) {
          expect(they).toBeUndefined();
          counts.bothAccept++;
        } else if (they === undefined) {
          expect({ we, known: stricter.some(([message]) => message.test(we)) }).toEqual({ we, known: true });
          counts.onlyWeRefuse++;
        } else {
          counts.bothRefuse++;
        }
      }), { seed: SEED, numRuns: RUNS });

      // Neither half is idle.
      expect(counts.bothAccept).toBeGreaterThan(RUNS / 4);
      expect(counts.bothRefuse).toBeGreaterThan(RUNS / 10);
    });
});
