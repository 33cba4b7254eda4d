import { cdk, javascript, JsonFile } from 'projen';

/** The lowest aws-cdk-lib that npm, PyPI, Maven and Go all have; the tests run on it and on the newest. */
const CDK_FLOOR = '2.263.0';

const project = new cdk.JsiiProject({
  name: 'eks-slipway',
  description: 'Constructs for Amazon EKS platforms that come up the first time, explain themselves, and can be taken down again.',
  author: 'EKS Slipway',
  authorAddress: 'eks-slipway@users.noreply.github.com',
  authorOrganization: true,
  repositoryUrl: 'https://github.com/eks-slipway/eks-slipway.git',
  license: 'Apache-2.0',
  copyrightOwner: 'the EKS Slipway authors',
  keywords: ['aws', 'cdk', 'eks', 'kubernetes', 'cdk8s', 'karpenter', 'platform'],
  defaultReleaseBranch: 'main',
  stability: 'experimental',

  packageManager: javascript.NodePackageManager.NPM,
  minNodeVersion: '20.16.0',
  jsiiVersion: '~6.0.0',
  typescriptVersion: '~6.0.0',
  projenrcTs: true,
  sampleCode: false,
  github: false,
  release: false,
  depsUpgrade: false,

  peerDeps: [
    `aws-cdk-lib@^${CDK_FLOOR}`,
    'constructs@^10.6.0',
    'cdk8s@^2.70.0',
    'cdk8s-plus-27@^2.9.5',
  ],
  devDeps: [
    // what the Lambda bundle and its tests are made of
    'esbuild@~0.28.2',
    'fflate@^0.8.2',
    '@smithy/signature-v4@^5.7.5',
    '@smithy/protocol-http@^5',
    '@aws-crypto/sha256-js@^5.2.0',
    '@aws-sdk/client-cloudformation@^3.1169.0',
    '@aws-sdk/client-ec2@^3.1169.0',
    '@aws-sdk/client-ecr@^3.1162.0',
    '@aws-sdk/client-eks@^3.1169.0',
    '@aws-sdk/client-elastic-load-balancing-v2@^3.1142.0',
    '@aws-sdk/client-iam@^3.1169.0',
    '@aws-sdk/client-lambda@^3.1162.0',
    '@aws-sdk/client-s3@^3.1169.0',
    '@aws-sdk/client-secrets-manager@^3.1162.0',
    // examples and tests
    'aws-cdk@2.1148.1', // 3.0.0, which npm calls the latest, cannot read what any aws-cdk-lib of today writes
    '@aws-cdk/lambda-layer-kubectl-v36@2.0.1',
    'tsx@^4.23.0',
    'fast-check@^4.10.0',
    'yaml@^2.9.0',
    'jszip@^3.10.1',
    'selfsigned@^5.5.0', // openssl is not on every machine that runs `npm test`
    'eslint-plugin-import',
    '@stryker-mutator/core@^9.6.1', // 10 needs Node 22
    '@stryker-mutator/mocha-runner@^9.6.1',
    'mocha@^11',
  ],

  publishToPypi: { distName: 'eks-slipway', module: 'eks_slipway' },
  publishToMaven: { javaPackage: 'io.github.eksslipway', mavenGroupId: 'io.github.eks-slipway', mavenArtifactId: 'eks-slipway' },
  publishToGo: { moduleName: 'github.com/eks-slipway/eks-slipway-go', packageName: 'eksslipway' },
  publishToNuget: { dotNetNamespace: 'EksSlipway', packageId: 'EksSlipway' },

  bin: { 'eks-slipway': 'bin/eks-slipway' },

  jestOptions: {
    updateSnapshot: javascript.UpdateSnapshot.NEVER,
    jestConfig: {
      testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/cluster/'],
      testTimeout: 30_000,
    },
  },
  eslintOptions: { dirs: ['src', 'handlers', 'rig', 'bench'], devdirs: ['test', 'examples'], prettier: false, fileExtensions: ['.ts'] },
  tsconfigDev: { compilerOptions: { isolatedModules: true } },
  gitignore: ['/reports', '/.stryker-tmp', 'cdk.out', 'cdk.out.examples', '.jsii.tabl.json', '*.tsbuildinfo', '.DS_Store', '/dist', '/lib'],
});

for (const pattern of ['/.ci', '/bench', '/docs', '/examples', '/handlers', '/rig', '/rosetta', '/cdk.json', '/cdk.out', '/cdk.out.examples', '/jest.cluster.config.json', '/CONTRIBUTING.md', '/ADDONS.md', '/API.md', '/CHECKS.md', '!.jsii.tabl.json']) {
  project.addPackageIgnore(pattern);
}

// Newer ones name packages that not every registry mirror holds.
project.package.addPackageResolutions('unrs-resolver@1.12.2');

project.tasks.addEnvironment('JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION', '20');

// ---------------------------------------------------------------- tasks
const bundle = project.addTask('bundle', {
  description: 'Bundle the Lambda code into lib/handlers',
  exec: 'esbuild handlers/delivery/index.ts --bundle --minify --platform=node --target=node20 --external:@aws-sdk/* --legal-comments=none --log-level=warning --outfile=lib/handlers/delivery/index.js',
});
project.preCompileTask.spawn(bundle);

// What is not library code but has types: one config for `npm run typecheck` and for editors.
new javascript.TypescriptConfig(project, {
  fileName: 'tsconfig.all.json',
  extends: javascript.TypescriptConfigExtends.fromPaths(['./tsconfig.json']),
  compilerOptions: { rootDir: '.', noEmit: true, paths: { 'eks-slipway': ['./src'] } },
  include: ['.projenrc.ts', '.ci/*.ts', 'src/**/*.ts', 'handlers/**/*.ts', 'rig/**/*.ts', 'bench/**/*.ts', 'test/**/*.ts', 'examples/typescript/**/*.ts'],
});

const typecheck = project.addTask('typecheck', { description: 'Check the types of everything that jsii does not see', exec: 'tsc -p tsconfig.all.json' });

project.jest!.config.testMatch = ['<rootDir>/test/**/*.test.ts'];
project.jest!.config.moduleNameMapper = { '^eks-slipway$': '<rootDir>/src/index.ts' };
project.jest!.config.collectCoverage = false;
project.jest!.config.reporters = ['default'];
project.compileTask.exec('tsx .ci/lazy-index.ts');
project.compileTask.exec('tsx .ci/source-maps.ts');
project.postCompileTask.exec('jsii-rosetta extract --strict');
project.postCompileTask.exec('tsx --tsconfig tsconfig.all.json .ci/addons.ts', { env: { CDK_VALIDATION: 'false' } });
project.postCompileTask.exec('tsx --tsconfig tsconfig.all.json .ci/checks.ts');

project.testTask.reset();
project.testTask.env('CDK_VALIDATION', 'false'); // costs seconds once a process; test/oracles runs with it on
project.testTask.spawn(bundle);
project.testTask.exec('jest --passWithNoTests', { receiveArgs: true });

project.addTask('test:cluster', {
  description: 'Deliver to a real Kubernetes API server',
  env: { CDK_VALIDATION: 'false' },
  steps: [
    { spawn: 'bundle' },
    { exec: 'tsx rig/control-plane/assets.ts', name: 'build or find the control plane' },
    { exec: 'jest --config jest.cluster.config.json --maxWorkers=2', receiveArgs: true },
  ],
});

project.addTask('test:karpenter', {
  description: 'Run Karpenter\'s own controller on what the constructs render',
  exec: 'tsx test/karpenter-kwok/run.ts',
  receiveArgs: true,
});

project.addTask('test:mutation', {
  description: 'Change the checks, the validation and the function in thousands of places, and see that a test fails (hours)',
  env: { CDK_VALIDATION: 'false', TSX_TSCONFIG_PATH: 'tsconfig.all.json', NODE_ENV: 'test', JEST_WORKER_ID: '1' },
  steps: [{ spawn: 'bundle' }, ...['checks', 'shared', 'validation', 'handler'].map(part => ({ exec: 'stryker run test/mutation/stryker.config.mjs', env: { MUTATE: part } }))],
});

const lint = project.addTask('lint', { description: 'eslint without changing anything' });
lint.exec('eslint --ext .ts --max-warnings 0 src handlers rig bench test examples .ci', { env: { ESLINT_USE_FLAT_CONFIG: 'false' } });
lint.spawn(typecheck);

project.addTask('synth', {
  description: 'Synthesize the reference blueprint offline and print what it is',
  steps: [
    { spawn: 'bundle' },
    { exec: 'cdk synth --quiet', env: { CDK_VALIDATION: 'false' } },
    { exec: 'tsx src/cli/main.ts summary cdk.out' },
  ],
});

const everything = '--life --changes --version-update --fail-at-every-step --processes 2';
for (const [name, args] of [['rehearse', ''], ['rehearse:all', ` ${everything}`]]) {
  project.addTask(name, {
    description: 'Create, change, fail, roll back and delete the synthesized app on this machine (see rig/README.md)',
    env: { CDK_VALIDATION: 'false' },
    steps: [
      { spawn: 'bundle' },
      { exec: 'tsx rig/control-plane/assets.ts' },
      { exec: 'cdk synth --quiet' },
      { exec: `tsx rig/rehearse.ts cdk.out${args}`, receiveArgs: true },
    ],
  });
}
project.addTask('rehearse:examples', {
  description: 'The same with everything for the other examples (an hour)',
  env: { CDK_VALIDATION: 'false' },
  steps: [
    { spawn: 'bundle' },
    { exec: 'tsx rig/control-plane/assets.ts' },
    { exec: 'tsx .ci/examples.ts' },
    ...['two-stacks', 'existing-cluster --existing-cluster existing', 'migration'].map(example => ({ exec: `tsx rig/rehearse.ts cdk.out.examples/${example} ${everything}` })),
  ],
});

project.addTask('bench', {
  description: 'Measure the typical platform against a plain aws-eks-v2 app (ratios in one run)',
  env: { CDK_VALIDATION: 'false' },
  steps: [{ spawn: 'bundle' }, { exec: 'tsx bench/run.ts', receiveArgs: true }],
});

project.addTask('bench:delivery', {
  description: 'Measure the delivery function against calls by hand and against CDK\'s handler, on a real API server',
  steps: [{ spawn: 'bundle' }, { exec: 'tsx bench/delivery.ts', receiveArgs: true }],
});

// ---------------------------------------------------------------- floors (design: an import goes down or stays)
const floors: [folder: string, mayNotImport: string[]][] = [
  ['private', ['catalogue', 'identity', 'delivery', 'cluster', 'nodes', 'addons', 'charts', 'access', 'checks', 'blueprints', 'cli']],
  ['catalogue', ['identity', 'delivery', 'cluster', 'nodes', 'addons', 'charts', 'access', 'checks', 'blueprints', 'cli']],
  ['identity', ['delivery', 'cluster', 'nodes', 'addons', 'charts', 'access', 'checks', 'blueprints', 'cli']],
  ['delivery', ['cluster', 'nodes', 'addons', 'charts', 'access', 'checks', 'blueprints', 'cli']],
  ['addons', ['cluster', 'nodes', 'access', 'checks', 'blueprints', 'cli']],
  ['charts', ['identity', 'delivery', 'cluster', 'nodes', 'addons', 'access', 'checks', 'blueprints', 'cli']],
  ['access', ['cluster', 'nodes', 'addons', 'charts', 'checks', 'blueprints', 'cli']],
  ['nodes', ['cluster', 'addons', 'charts', 'checks', 'blueprints', 'cli']],
  ['cluster', ['charts', 'checks', 'blueprints', 'cli']],
  ['checks', ['identity', 'delivery', 'cluster', 'nodes', 'addons', 'charts', 'access', 'blueprints', 'cli']],
  ['blueprints', ['cli']],
  ['karpenter-migration', ['identity', 'delivery', 'cluster', 'nodes', 'addons', 'access', 'checks', 'blueprints', 'cli']],
  ['cli', ['identity', 'delivery', 'cluster', 'nodes', 'addons', 'charts', 'access', 'blueprints']],
];
project.eslint!.config.parserOptions = { ecmaVersion: 2022, sourceType: 'module', project: './tsconfig.all.json' };
project.eslint!.addRules({
  'import/no-restricted-paths': ['error', {
    zones: [
      ...floors.flatMap(([folder, others]) => others.map(other => ({
        target: `src/${folder}`, from: `src/${other}`, message: `src/${folder} stands below src/${other}: an import goes down or stays in its folder.`,
      }))),
      { target: 'src', from: ['handlers', 'rig', 'test'], message: 'src/ is what users load: Lambda code and tests stay outside it.' },
      { target: floors.map(([folder]) => `src/${folder}`), from: 'src/**/index.ts', message: 'No file imports an index.' },
    ],
  }],
  // one property a line is for lists that grow, not for every literal
  '@stylistic/object-property-newline': 'off',
  '@stylistic/max-len': ['error', { code: 150, ignoreUrls: true, ignoreStrings: true, ignoreTemplateLiterals: true, ignoreComments: true, ignoreRegExpLiterals: true }],
});
project.eslint!.addOverride({ files: ['handlers/**', 'rig/**', 'bench/**', 'test/**', 'examples/**'], rules: { 'import/no-extraneous-dependencies': 'off', 'import/no-unresolved': ['error', { ignore: ['^eks-slipway$'] }] } });

// `npx cdk` at the root works on what the README shows.
new JsonFile(project, 'cdk.json', {
  marker: false,
  obj: {
    app: 'npx tsx --tsconfig tsconfig.all.json examples/typescript/quickstart/app.ts',
    output: 'cdk.out',
    versionReporting: false,
    context: {
      '@aws-cdk/aws-eks:useNativeOidcProvider': true,
      '@aws-cdk/core:aspectStabilization': true,
    },
  },
});

project.synth();
