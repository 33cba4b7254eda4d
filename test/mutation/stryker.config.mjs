import { readFileSync } from 'node:fs';

const delivery = names => names.map(name => `handlers/delivery/${name}.ts`);
const cluster = (...names) => ['test/handlers/*.test.ts', ...names.map(name => `test/cluster/${name}.test.ts`)];

/** What is changed in each part, and the tests that have to notice. */
const PARTS = {
  checks: {
    mutate: ['src/checks/rules/*.ts'],
    spec: ['test/checks/*.test.ts'],
  },
  shared: {
    mutate: ['src/checks/*.ts', '!src/checks/index.ts', '!src/checks/all-checks.ts'],
    spec: ['test/checks/!(controls|every-check|incomplete).test.ts', 'test/checks/every-check.test.ts', 'test/checks/incomplete.test.ts'], // the quick ones first
  },
  validation: {
    mutate: [
      'src/private/*.ts',
      'src/charts/*-checks.ts',
      'src/cluster/*-checks.ts',
      'src/delivery/object-errors.ts',
      'src/nodes/node-group-config.ts',
      'src/charts/karpenter-labels.ts',
      'src/charts/load-balancer-annotations.ts',
    ],
    spec: [
      'test/wrong-inputs/limits.test.ts',
      'test/private/*.test.ts',
      'test/delivery/object-errors.test.ts',
      'test/delivery/attached-chart.test.ts',
      'test/wrong-inputs/catalogue.test.ts',
      'test/charts/*.test.ts',
    ],
    grep: '/^(?!catalogue.test.ts the catalogue and the code)/',
  },
  handler: {
    mutate: delivery([
      'applied-fields', 'claim', 'cluster-tags', 'conceal', 'content', 'json-path', 'kube-error', 'move', 'objects', 'order', 'owner', 'respond', 'token', 'unknown-fields',
      'wait',
    ]),
    spec: ['test/handlers/*.test.ts'],
  },
  delivery: {
    mutate: delivery([
      'cdk-types', 'chart', 'cluster', 'concurrency', 'discovery', 'identities', 'index', 'inventory', 'json-patch', 'kinds', 'kube-client', 'previous', 'remove', 'replace',
      'request', 's3', 'sdk', 'secret-values', 'survey', 'unzip',
    ]),
    spec: cluster('delivery-chart', 'delivery-moves', 'delivery-cdk-types', 'delivery-identity', 'delivery-webhooks'),
  },
  helm: {
    mutate: delivery(['helm', 'helm-record', 'helm-release', 'helm-types']),
    spec: cluster('delivery-helm', 'delivery-moves-helm'),
  },
  teardown: {
    mutate: delivery([
      'drain', 'drain-load-balancers', 'drain-nodes', 'drain-volumes', 'hand-over', 'leftover', 'pause', 'stack-removal', 'sweep', 'sweep-ec2', 'sweep-instance-profiles',
      'sweep-load-balancers',
    ]),
    spec: cluster('sweep', 'teardown'),
  },
};

const part = process.env.MUTATE;
if (!Object.hasOwn(PARTS, part)) {
  throw new Error(`MUTATE is "${part}": give one of ${Object.keys(PARTS).join(', ')}`);
}
const { mutate, ...mochaOptions } = PARTS[part];
// A sample, for the parts with a control plane: with EVERY=5 FROM=2, only what lies in lines 2, 7, 12 and so on of each file.
const { EVERY = 1, FROM = 1 } = process.env;

function sampleOf(file) {
  return readFileSync(file, 'utf8').split('\n').map((_, i) => i + 1).filter(line => (line - FROM) % EVERY === 0).map(line => `${file}:${line}-${line}`);
}

export default {
  mutate: EVERY > 1 ? mutate.flatMap(sampleOf) : mutate,
  testRunner: 'mocha',
  mochaOptions: { ...mochaOptions, require: ['tsx/cjs', './test/mutation/jest-on-mocha.js'] },
  coverageAnalysis: 'perTest',
  ignoreStatic: true,
  timeoutMS: 20_000,
  dryRunTimeoutMinutes: 20,
  concurrency: 2,
  reporters: ['clear-text', 'json'],
  clearTextReporter: { allowColor: false, reportTests: false, reportMutants: false },
  jsonReporter: { fileName: `reports/mutation/${part}.json` },
  tempDirName: '.stryker-tmp',
  ignorePatterns: ['cdk.out*', 'dist', 'API.md'],
};
