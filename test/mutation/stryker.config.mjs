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
    mutate: ['handlers/delivery/*.ts'],
    spec: ['test/handlers/*.test.ts', 'test/cluster/sweep.test.ts'],
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
  timeoutMS: 10_000,
  concurrency: 2,
  reporters: ['clear-text', 'json'],
  clearTextReporter: { allowColor: false, reportTests: false, reportMutants: false },
  jsonReporter: { fileName: `reports/mutation/${part}.json` },
  tempDirName: '.stryker-tmp',
  ignorePatterns: ['cdk.out*', 'dist', 'API.md'],
};
