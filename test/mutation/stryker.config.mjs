/** What is changed in each part, and the tests that have to notice. */
const PARTS = {
  checks: {
    mutate: ['src/checks/rules/*.ts'],
    spec: ['test/checks/*.test.ts'],
  },
  shared: {
    mutate: ['src/checks/*.ts', '!src/checks/index.ts', '!src/checks/all-checks.ts'],
    spec: ['every-check', 'platform-checks', 'incomplete', 'delivered'].map(name => `test/checks/${name}*.test.ts`),
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
    mutate: [
      'applied-fields', 'claim', 'cluster-tags', 'conceal', 'content', 'json-path', 'kube-error', 'move', 'objects', 'order', 'owner', 'respond', 'token', 'unknown-fields',
      'wait',
    ].map(name => `handlers/delivery/${name}.ts`),
    spec: ['test/handlers/*.test.ts'],
  },
};

const part = process.env.MUTATE;
if (!Object.hasOwn(PARTS, part)) {
  throw new Error(`MUTATE is "${part}": give one of ${Object.keys(PARTS).join(', ')}`);
}
const { mutate, ...mochaOptions } = PARTS[part];

export default {
  mutate,
  testRunner: 'mocha',
  mochaOptions: { ...mochaOptions, require: ['tsx/cjs', './test/mutation/jest-on-mocha.js'] },
  coverageAnalysis: 'perTest',
  ignoreStatic: true,
  concurrency: 2,
  timeoutMS: 20000,
  reporters: ['clear-text', 'json'],
  clearTextReporter: { allowColor: false, reportTests: false, reportMutants: false },
  jsonReporter: { fileName: `reports/mutation/${part}.json` },
  tempDirName: '.stryker-tmp',
  ignorePatterns: ['cdk.out*', 'dist', 'API.md'],
};
