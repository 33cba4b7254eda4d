import { readFileSync } from 'node:fs';

const delivery = names => names.map(name => `handlers/delivery/${name}.ts`);

/** What is changed in each part, and the tests that have to notice: on Mocha (`spec`), or with a control plane (`cluster`), a minute for a mutant. */
const PARTS = {
  checks: {
    mutate: ['src/checks/rules/*.ts'],
    spec: ['test/checks/*.test.ts'],
  },
  shared: {
    mutate: ['src/checks/*.ts', '!src/checks/index.ts', '!src/checks/all-checks.ts'],
    spec: ['test/checks/!(controls|every-check|incomplete).test.ts', 'test/checks/{every-check,incomplete}.test.ts'], // the quick ones first
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
    grep: '/^(?!the catalogue and the code)/',
  },
  handler: {
    mutate: delivery([
      'applied-fields', 'claim', 'cluster-tags', 'conceal', 'content', 'json-path', 'kube-error', 'move', 'objects', 'order', 'owner', 'respond', 'token', 'unknown-fields',
      'wait',
    ]),
    spec: ['test/handlers/*.test.ts'],
  },
  delivery: {
    mutate: delivery(['chart', 'discovery', 'hand-over', 'index', 'inventory', 'kinds', 'kube-client', 'leftover', 'previous', 'remove', 'replace', 'request', 'secret-values', 'survey']),
    cluster: ['delivery-chart', 'delivery-moves.', 'delivery-versions'],
  },
  helm: {
    mutate: delivery(['helm', 'helm-record', 'helm-release', 'helm-types']),
    cluster: ['delivery-helm', 'delivery-moves-helm'],
  },
  teardown: {
    mutate: delivery(['drain', 'drain-load-balancers', 'drain-nodes', 'drain-volumes', 'pause', 'stack-removal', 'sweep', 'sweep-ec2', 'sweep-instance-profiles', 'sweep-load-balancers']),
    cluster: ['teardown', 'sweep'],
  },
};

const part = process.env.MUTATE;
if (!Object.hasOwn(PARTS, part)) {
  throw new Error(`MUTATE is "${part}": give one of ${Object.keys(PARTS).join(', ')}`);
}
const { mutate, cluster, ...mochaOptions } = PARTS[part];
// A sample for the parts with a control plane: with EVERY=50, only what lies in the 50th line of each file, the 100th, and so on.
const every = Number(process.env.EVERY ?? 1);

function sampleOf(file) {
  const lines = readFileSync(file, 'utf8').split('\n').length;
  return Array.from({ length: Math.floor(lines / every) }, (_, i) => `${file}:${(i + 1) * every}-${(i + 1) * every}`);
}

export default {
  mutate: cluster && every > 1 ? mutate.flatMap(sampleOf) : mutate,
  ...cluster
    ? {
      testRunner: 'command',
      commandRunner: { command: `jest --config jest.cluster.config.json --env ./test/mutation/first-failure.js --runInBand --bail ${cluster.join(' ')}` },
      timeoutMS: 600_000,
    }
    : {
      testRunner: 'mocha',
      mochaOptions: { ...mochaOptions, require: ['tsx/cjs', './test/mutation/jest-on-mocha.js'] },
      coverageAnalysis: 'perTest',
      ignoreStatic: true,
      timeoutMS: 20_000,
    },
  concurrency: 2,
  reporters: ['clear-text', 'json'],
  clearTextReporter: { allowColor: false, reportTests: false, reportMutants: false },
  jsonReporter: { fileName: `reports/mutation/${part}.json` },
  tempDirName: '.stryker-tmp',
  ignorePatterns: ['cdk.out*', 'dist', 'API.md'],
};
