import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import JSZip from 'jszip';
import { ScriptedServer } from './scripted-server';
import { Helm, HelmError } from '../../handlers/delivery/helm';
import { until } from '../cluster/until';

/* Programs that stand in for helm, and say what they were given. */

const CLUSTER = { endpoint: 'https://cluster.example.com', ca: 'the certificate' };
const soon = () => Date.now() + 10_000;
let folder: string;
let helm: Helm;
let token: () => Promise<string>;
const opened: Helm[] = [];

beforeAll(() => { folder = mkdtempSync(join(tmpdir(), 'stand-in-')); });
beforeEach(async () => {
  token = async () => 'a token';
  helm = await open();
});
afterEach(() => {
  opened.splice(0).forEach(each => each.close());
  jest.restoreAllMocks();
});
afterAll(() => rmSync(folder, { recursive: true }));

async function open(): Promise<Helm> {
  const result = await Helm.open(CLUSTER, () => token());
  opened.push(result);
  return result;
}

/** From now on helm is this shell script. */
function standIn(script: string): void {
  const path = join(mkdtempSync(join(folder, 'bin-')), 'helm');
  writeFileSync(path, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  process.env.HELM_PATH = path;
}

async function failure(work: Promise<unknown>): Promise<HelmError> {
  const error = await work.then(() => undefined, e => e);
  expect(error).toBeInstanceOf(Error);
  return error;
}

const run = (...args: string[]) => helm.run(args, { deadline: soon() });

describe('what helm is run with', () => {
  test('are its arguments and its input, as they are; what it prints comes back', async () => {
    standIn('for word in "$@"; do echo "<$word>"; done; cat; echo no matter >&2');
    expect(await helm.run(['upgrade', 'two words', ''], { stdin: 'the välues\n', deadline: soon() })).toBe('<upgrade>\n<two words>\n<>\nthe välues\n');
  });

  test('is an input that ends at once, if there is none', async () => {
    standIn('cat; echo over');
    expect(await run('version')).toBe('over\n');
  });

  test('may be more than it wants to read', async () => {
    standIn('echo enough');
    expect(await helm.run(['version'], { stdin: 'x'.repeat(5_000_000), deadline: soon() })).toBe('enough\n');
  });

  test('is a kubeconfig that leads to the cluster, with a token, for nobody else to read', async () => {
    standIn('echo "$KUBECONFIG"');
    const path = (await run('version')).trim();
    const config = JSON.parse(readFileSync(path, 'utf8'));
    const { context } = config.contexts.find(({ name }: any) => name === config['current-context']);
    const { cluster } = config.clusters.find(({ name }: any) => name === context.cluster);
    const { user } = config.users.find(({ name }: any) => name === context.user);
    expect(config).toMatchObject({ apiVersion: 'v1', kind: 'Config' });
    expect(cluster.server).toBe('https://cluster.example.com');
    expect(readFileSync(cluster['certificate-authority'], 'utf8')).toBe('the certificate');
    expect(readFileSync(user.tokenFile, 'utf8')).toBe('a token');
    expect([path, user.tokenFile].map(file => statSync(file).mode % 0o1000)).toEqual([0o600, 0o600]);
  });

  test('are folders of its own, in which it starts; they are gone afterwards', async () => {
    standIn('pwd; echo "$HOME"; dirname "$KUBECONFIG"; dirname "$HELM_CACHE_HOME"; dirname "$HELM_CONFIG_HOME"; dirname "$HELM_DATA_HOME"');
    const lines = (await run('version')).trim().split('\n');
    expect(lines).toHaveLength(6);
    expect(new Set(lines).size).toBe(1);
    expect(basename(lines[0])).toMatch(/^helm-/);
    expect(dirname(lines[0])).toBe(tmpdir());
    standIn('basename "$HELM_CACHE_HOME"; basename "$HELM_CONFIG_HOME"; basename "$HELM_DATA_HOME"; basename "$KUBECONFIG"');
    expect(new Set((await run('version')).trim().split('\n')).size).toBe(4);
    helm.close();
    expect(existsSync(lines[0])).toBe(false);
  });

  test('is the environment, without the credentials of the function', async () => {
    Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'key', AWS_SECRET_ACCESS_KEY: 'secret', AWS_SESSION_TOKEN: 'session', HTTPS_PROXY: 'http://proxy' });
    standIn('env');
    const lines = (await run('version')).split('\n');
    expect(lines.filter(line => line.startsWith('AWS_'))).not.toEqual(expect.arrayContaining([expect.stringMatching(/^AWS_(ACCESS|SECRET|SESSION)/)]));
    expect(lines).toContain('HTTPS_PROXY=http://proxy');
  });
});

describe('the token', () => {
  const timer = async () => {
    const set = jest.spyOn(globalThis, 'setInterval');
    const refreshed = await open();
    const [[refresh, period]] = set.mock.calls as [() => void, number][];
    return { refreshed, refresh, period, handle: set.mock.results[0].value as NodeJS.Timeout };
  };

  test('is written anew before it ends, and holds nobody up', async () => {
    const { refreshed, refresh, period, handle } = await timer();
    expect(period).toBeLessThan(14 * 60_000);
    expect(handle.hasRef()).toBe(false);
    token = async () => 'another token';
    refresh();
    standIn('cat "$(dirname "$KUBECONFIG")/token"');
    expect(await refreshed.run(['version'], { deadline: soon() })).toBe('another token');
  });

  test('that cannot be had leaves the one there is', async () => {
    const { refreshed, refresh } = await timer();
    token = async () => { throw new Error('no credentials'); };
    refresh();
    standIn('cat "$(dirname "$KUBECONFIG")/token"');
    expect(await refreshed.run(['version'], { deadline: soon() })).toBe('a token');
  });

  test('is written no more when helm is closed', async () => {
    const clear = jest.spyOn(globalThis, 'clearInterval');
    const { refreshed, handle } = await timer();
    refreshed.close();
    expect(clear).toHaveBeenCalledWith(handle);
  });
});

describe('a helm that fails', () => {
  test('is told in its own words from "Error:" on, without warnings and progress', async () => {
    standIn('printf "W1121 warning\\n  walk.go: found symbolic link\\n  Error: UPGRADE FAILED:  \\n\\n   two reasons\\n" >&2; echo "Error: of no matter"; exit 1');
    const error = await failure(run('upgrade', 'web'));
    expect(error).toBeInstanceOf(HelmError);
    expect(error.message).toBe('helm upgrade: UPGRADE FAILED: two reasons');
  });

  test('and has much to say of its error is told in full', async () => {
    standIn('printf "Error:  one\\n2\\n3\\n4\\n5\\n6\\n7\\n" >&2; exit 1');
    expect((await failure(run('upgrade'))).message).toBe('helm upgrade: one 2 3 4 5 6 7');
  });

  test('and says nothing of an error is told by its last words', async () => {
    standIn('for i in 1 2 3 4 5 6 7; do echo "line $i: no Error:" >&2; done; exit 1');
    expect((await failure(run('pull'))).message).toBe('helm pull: line 3: no Error: line 4: no Error: line 5: no Error: line 6: no Error: line 7: no Error:');
  });

  test('is told in as many words as an answer to CloudFormation takes', async () => {
    const long = 'x'.repeat(5000);
    standIn(`echo "Error: ${long}" >&2; exit 2`);
    expect((await failure(run('upgrade'))).message).toBe(`helm upgrade: ${'x'.repeat(3000)}`);
  });

  test('does not repeat what is secret', async () => {
    standIn('echo "Error: cannot take hunter2 for a port" >&2; exit 1');
    expect((await failure(run('upgrade'))).message).toBe('helm upgrade: cannot take hunter2 for a port');
    helm.conceal(['hunter2']);
    expect((await failure(run('upgrade'))).message).toBe('helm upgrade: cannot take *** for a port');
    expect((await failure(run('rollback'))).message).toBe('helm rollback: cannot take *** for a port');
  });

  test('in a rollback repeats nothing while it is not known what is secret', async () => {
    standIn('echo "Error: cannot take hunter2 for a port" >&2; exit 1');
    expect((await failure(run('rollback', 'web', '1'))).message).toBe('helm rollback: failed, and what it said may hold values');
    expect((await failure(run('uninstall', 'web'))).message).toBe('helm uninstall: cannot take hunter2 for a port');
    helm.conceal([]);
    expect((await failure(run('rollback', 'web', '1'))).message).toBe('helm rollback: cannot take hunter2 for a port');
  });

  test('was ended by somebody', async () => {
    standIn('echo out of memory >&2; kill -9 $$');
    expect((await failure(run('upgrade'))).message).toBe('helm upgrade: out of memory');
  });

  test.each([['/nowhere/helm', '/nowhere/helm'], [undefined, '/opt/helm/helm']])('is not there: HELM_PATH %s', async (path, looked) => {
    delete process.env.HELM_PATH;
    if (path) { process.env.HELM_PATH = path; }
    const expectNone = timers();
    const error = await failure(run('version'));
    expect(error).toBeInstanceOf(HelmError);
    expect(error.message).toBe(`helm cannot be run: spawn ${looked} ENOENT. Give the function a layer that holds it`);
    expectNone();
  });
});

/** Whether no timer is left that would hold the process. */
function timers(): () => void {
  const set = jest.spyOn(globalThis, 'setTimeout');
  const clear = jest.spyOn(globalThis, 'clearTimeout');
  return () => {
    expect(set.mock.results).toHaveLength(1);
    expect(clear.mock.calls.map(([timer]) => timer)).toEqual(set.mock.results.map(({ value }) => value));
  };
}

describe('a helm that is not done in time', () => {
  test('is ended, and what it said until then is told', async () => {
    standIn('echo "waiting for web" >&2; exec sleep 60');
    expect((await failure(helm.run(['upgrade'], { deadline: Date.now() + 300 }))).message).toBe('helm upgrade: not done in time (waiting for web)');
  });

  test('is ended at once when there is no time left', async () => {
    standIn('exec sleep 60');
    expect((await failure(helm.run(['upgrade'], { deadline: Date.now() - 5000 }))).message).toBe('helm upgrade: not done in time');
  });

  test('is killed a little later if it does not heed', async () => {
    const real = setTimeout;
    const made: [number, NodeJS.Timeout][] = [];
    jest.spyOn(globalThis, 'setTimeout').mockImplementation(((work: () => void, milliseconds: number) => {
      const timer = real(work, milliseconds / 20);
      made.push([milliseconds, timer]);
      return timer;
    }) as any);
    standIn('trap "echo not yet >&2" TERM; while :; do sleep 0.05; done');
    expect((await failure(helm.run(['upgrade'], { deadline: Date.now() + 4000 }))).message).toBe('helm upgrade: not done in time (not yet)');
    expect(made.at(-1)![0]).toBe(5000);
    expect(made.at(-1)![1].hasRef()).toBe(false);
  });

  test('holds the process no longer than it runs', async () => {
    standIn('exit 0');
    const expectNone = timers();
    await run('version');
    expectNone();
  });
});

test.each([
  ['isTransient', [
    'write: broken pipe', 'dial tcp: i/o timeout', 'dial tcp: connection refused', 'read: connection reset by peer', 'net/http: TLS handshake timeout', 'http2: client lost',
    'unexpected EOF', 'no endpoints available for service "x"', 'Failed calling webhook "x"', 'conversion webhook for example.com/v1 failed: x', 'Too Many Requests',
  ]],
  ['isUnknownKind', [
    'no matches for kind "Thing" in version "v1"', 'the server could not find the requested resource', 'resource mapping not found for name: "x"', 'No Matches for kind',
  ]],
  ['isUnknownStrategy', ['invalid argument "legacy" for "--wait" flag']],
  ['isNotFound', ['uninstall: Release not loaded: web: release: not found', 'Release: Not Found']],
] as const)('an error %s by its words, and no other is', (trait, texts) => {
  const traits = ['isTransient', 'isUnknownKind', 'isUnknownStrategy', 'isNotFound'] as const;
  for (const text of texts) {
    const error = new HelmError(`helm upgrade: ${text}`);
    expect([text, traits.filter(name => error[name])]).toEqual([text, [trait]]);
  }
  expect(traits.filter(name => new HelmError('helm upgrade: values do not meet the schema')[name])).toEqual([]);
});

describe('a chart from a bucket', () => {
  let server: Server;
  const files = new Map<string, Buffer>();
  beforeAll(async () => {
    server = createServer(({ url }, response) => {
      const file = files.get(url!.split('?')[0]);
      response.writeHead(file ? 200 : 404).end(file ?? '<Error><Code>NoSuchKey</Code></Error>');
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    Object.assign(process.env, {
      AWS_REGION: 'eu-central-1', AWS_ACCESS_KEY_ID: 'key', AWS_SECRET_ACCESS_KEY: 'secret', AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    });
  });
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise(resolve => server.close(resolve));
  });
  const fetch = (content: Buffer) => {
    files.set('/assets/chart', content);
    return helm.fetch({ asset: { bucket: 'assets', key: 'chart' } }, soon());
  };
  const zip = async (...names: string[]) => {
    const archive = new JSZip();
    names.forEach(name => archive.file(name, `name: ${name}`));
    return archive.generateAsync({ type: 'nodebuffer' });
  };

  test('that is packed by helm stays so', async () => {
    const content = Buffer.from([0x1f, 0x8b, 8, 0]);
    const path = await fetch(content);
    expect(basename(path)).toMatch(/\.tgz$/);
    expect(readFileSync(path)).toEqual(content);
  });

  test('that is a zip of its folder is unpacked', async () => {
    const path = await fetch(await zip('Chart.yaml', 'charts/inner/Chart.yaml', 'templates/web.yaml'));
    expect(readFileSync(join(path, 'Chart.yaml'), 'utf8')).toBe('name: Chart.yaml');
    expect(existsSync(join(path, 'templates', 'web.yaml'))).toBe(true);
  });

  test('that is a zip with its folder in it is that folder', async () => {
    const path = await fetch(await zip('LICENSE', 'docs/README.md', 'web/Chart.yaml'));
    expect(readFileSync(join(path, 'Chart.yaml'), 'utf8')).toBe('name: web/Chart.yaml');
  });

  test('that is no chart is refused', async () => {
    expect((await failure(fetch(await zip('a/b/Chart.yaml')))).message).toBe('the chart asset holds no Chart.yaml: give the folder of one chart');
  });

  test.each([[[0x1f, 0x8c]], [[0x1e, 0x8b]]])('that is no archive is refused: %p', async bytes => {
    expect((await failure(fetch(Buffer.from(bytes)))).message).toMatch(/^the chart is not a zip archive that can be read/);
  });
});

describe('a chart from a repository', () => {
  /** A helm that notes what it is given, and brings a chart. */
  const brings = (...names: string[]) => standIn(`
    echo "$@" >> "$HOME/asked"
    [ "$1" = pull ] || { echo "password: $(cat)" >> "$HOME/asked"; exit 0; }
    for destination; do :; done
    ${names.map(name => `touch "$destination/${name}"`).join('\n')}`);
  const fetch = async (source: object): Promise<string[]> => {
    const path = await helm.fetch(source, soon());
    expect(basename(path)).toBe('web-1.0.0.tgz');
    return readFileSync(join(dirname(path), '..', 'asked'), 'utf8').trim().split('\n').map(line => line.replace(dirname(path), 'FOLDER'));
  };
  let ecr: ScriptedServer;
  beforeAll(async () => {
    ecr = await ScriptedServer.start();
    Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'key', AWS_SECRET_ACCESS_KEY: 'secret', AWS_ENDPOINT_URL_ECR: ecr.url });
  });
  afterAll(async () => ecr.stop());
  beforeEach(() => { ecr.received.length = 0; });
  const says = (authorization: string) => { ecr.replies = [[200, { authorizationData: [{ authorizationToken: Buffer.from(authorization).toString('base64') }] }]]; };

  test.each([
    [{ chart: 'web', repository: 'https://charts.example.com' }, 'pull web --repo https://charts.example.com --destination FOLDER'],
    [{ chart: 'web', repository: 'https://charts.example.com', version: '1.0.0' }, 'pull web --repo https://charts.example.com --version 1.0.0 --destination FOLDER'],
    [{ chart: 'https://charts.example.com/web-1.0.0.tgz' }, 'pull https://charts.example.com/web-1.0.0.tgz --destination FOLDER'],
    [{ chart: 'oci://example.com/charts/web', version: '1.0.0' }, 'pull oci://example.com/charts/web --version 1.0.0 --destination FOLDER'],
    [{ chart: 'web', repository: 'oci://example.com/charts' }, 'pull oci://example.com/charts/web --destination FOLDER'],
    [{ chart: 'web', repository: 'oci://example.com/charts/' }, 'pull oci://example.com/charts/web --destination FOLDER'],
    [{ repository: 'oci://example.com/charts/web' }, 'pull oci://example.com/charts/web --destination FOLDER'],
    [{ chart: 'oci://public.ecr.aws/karpenter/karpenter' }, 'pull oci://public.ecr.aws/karpenter/karpenter --destination FOLDER'],
    [{ chart: 'oci://mirror.example.com/oci://123.dkr.ecr.eu-central-1.amazonaws.com/web' }, 'pull oci://mirror.example.com/oci://123.dkr.ecr.eu-central-1.amazonaws.com/web --destination FOLDER'],
    [{ chart: 'https://123.dkr.ecr.eu-central-1.amazonaws.com/web' }, 'pull https://123.dkr.ecr.eu-central-1.amazonaws.com/web --destination FOLDER'],
  ])('is pulled: %p', async (source, asked) => {
    brings('web-1.0.0.prov', 'web-1.0.0.tgz');
    expect(await fetch(source)).toEqual([asked]);
    expect(ecr.received).toEqual([]);
  });

  test.each([
    ['123456789012.dkr.ecr.eu-central-1.amazonaws.com', 'eu-central-1'],
    ['123456789012.dkr.ecr-fips.us-gov-west-1.amazonaws.com', 'us-gov-west-1'],
    ['123456789012.dkr-ecr.eu-west-1.on.aws', 'eu-west-1'],
    ['123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn', 'cn-north-1'],
  ])('in the private registry %s is pulled with a password of its region', async (host, region) => {
    brings('web-1.0.0.tgz');
    says('AWS:the AWS: password');
    expect(await fetch({ chart: 'web', repository: `oci://${host}/charts` })).toEqual([
      `registry login ${host} --username AWS --password-stdin`, 'password: the AWS: password', `pull oci://${host}/charts/web --destination FOLDER`,
    ]);
    expect(ecr.received).toEqual([expect.objectContaining({
      body: '{}', headers: expect.objectContaining({
        'x-amz-target': expect.stringMatching(/\.GetAuthorizationToken$/), 'authorization': expect.stringMatching(`Credential=key/\\d+/${region}/ecr/`),
      }),
    })]);
    await until(async () => await ecr.open === 0);
  });

  test('in the root of a private registry is pulled with a password, too', async () => {
    brings('web-1.0.0.tgz');
    says('AWS:password');
    const [login] = await fetch({ chart: 'web', repository: 'oci://123456789012.dkr.ecr.eu-central-1.amazonaws.com' });
    expect(login).toMatch(/^registry login 123456789012.dkr.ecr.eu-central-1.amazonaws.com /);
  });

  test.each([
    [{ chart: 'web', repository: 'https://charts.example.com' }, 'helm pull brought no chart for "web"'],
    [{ repository: 'oci://example.com/web' }, 'helm pull brought no chart for "oci://example.com/web"'],
  ])('that did not come is an error: %p', async (source, message) => {
    brings('web-1.0.0.prov');
    expect((await failure(helm.fetch(source, soon()))).message).toBe(message);
  });

  test('that cannot be had is an error in helm\'s words', async () => {
    standIn('echo "Error: chart \\"web\\" not found" >&2; exit 1');
    expect((await failure(helm.fetch({ chart: 'web', repository: 'https://charts.example.com' }, soon()))).message).toBe('helm pull: chart "web" not found');
  });
});
