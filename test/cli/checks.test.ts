import { spawnSync } from 'child_process';
import { join, resolve } from 'path';
import { pathToFileURL } from 'url';
import { App, Stack, Stage, Validations } from 'aws-cdk-lib';
import { checkAssembly } from '../../src/cli/checks';
import { libraryVersion } from '../../src/private/library-version';
import { cluster } from '../checks/fixtures';

const tsx = pathToFileURL(require.resolve('tsx')).href;
const ROOT = resolve(__dirname, '..', '..');
let app: App;
let stack: Stack;

/** Runs the CLI as a user does, on what the app is by now. */
function checks(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath, ['--import', tsx, join(ROOT, 'src', 'cli', 'main.ts'), 'checks', ...args], { cwd: app.synth({ force: true }).directory, encoding: 'utf8' });
  return { status, stdout, stderr };
}

beforeEach(() => {
  app = new App({ analyticsReporting: false });
  stack = new Stack(app, 'Platform');
  cluster(stack, {}, { EndpointPublicAccess: true });
});

const WARNING = 'public-endpoint-open';

test('an app without the checks in it is checked afterwards, and warnings let it pass', () => {
  const { status, stdout, stderr } = checks('.');
  expect([status, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/^warning: Platform\/Cluster .*: the public endpoint is open to everyone.*\n {2}Turn .*\n {2}public-endpoint-open\[Platform\/Cluster\] https:/m);
  expect(stdout).toMatch(/^0 errors, \d+ warnings, 0 acknowledged\n$/m);
});

test('an error that nobody acknowledged ends it with 1, one with a reason does not', () => {
  cluster(new Stack(app, 'Closed'), {}, { EndpointPrivateAccess: false });
  const before = checks('.');
  expect([before.status, before.stdout]).toEqual([1, expect.stringContaining('error: Closed/Cluster')]);
  Validations.of(app.node.findChild('Closed')).acknowledge({ id: 'EksSlipway::cluster-endpoint-off', reason: 'to be seen' });
  const after = checks('.');
  expect([after.status, after.stdout]).toEqual([0, expect.stringMatching(/^acknowledged: cluster-endpoint-off\[Closed\/Cluster\]: to be seen$/m)]);
});

test('checks are turned on and off by lists', () => {
  expect(checks('.', '--disable', `${WARNING},cluster-logging`, '--disable', 'cluster-creator-admin').stdout).not.toContain(WARNING);
});

test('programs get JSON or SARIF', () => {
  expect(JSON.parse(checks('--format', 'json', '.').stdout)).toContainEqual(expect.objectContaining({ check: WARNING, severity: 'warning', path: 'Platform/Cluster' }));
  const { runs: [{ tool, results }] } = JSON.parse(checks('.', '--format', 'sarif').stdout);
  expect(tool.driver).toMatchObject({ name: 'eks-slipway', semanticVersion: libraryVersion() });
  expect(results).toContainEqual(expect.objectContaining({ ruleId: WARNING, level: 'warning' }));
});

test.each([
  [['nowhere'], '"nowhere" holds no cloud assembly: run `cdk synth` first, or name its output folder'],
  [['.', '..'], 'checks takes one folder, given are ., ..: run it once for each'],
  [['.', '--format', 'xml'], '"--format" is "xml": give one of text, json, sarif'],
  [['.', '--enable', 'public-endpoint'], '"enable" names "public-endpoint", which is no check: give one of access-entry-duplicate'],
])('%j ends with 2 and a text that says what to do', (args, message) => {
  const { status, stdout, stderr } = checks(...args);
  expect([status, stdout, stderr]).toEqual([2, '', expect.stringContaining(`eks-slipway: ${message}`)]);
});

test('stacks in stages are seen', () => {
  cluster(new Stack(new Stage(app, 'Production'), 'Platform'), {}, { EndpointPublicAccess: true });
  expect(checkAssembly(app.synth().directory, 'text').report).toContain(`${WARNING}[Production/Platform/Cluster]`);
});
