import { execFile, spawn } from 'child_process';
import { once } from 'events';
import { existsSync } from 'fs';
import { mkdtemp, readdir, readFile, rm, symlink } from 'fs/promises';
import { request } from 'https';
import { tmpdir } from 'os';
import { dirname, join, resolve } from 'path';
import { json } from 'stream/consumers';
import { setTimeout as sleep } from 'timers/promises';
import { promisify } from 'util';
import { Sha256 } from '@aws-crypto/sha256-js';
import { HttpRequest } from '@smithy/protocol-http';
import { SignatureV4 } from '@smithy/signature-v4';
import { withControlPlane } from './with-control-plane';
import { findAssets } from '../../rig/control-plane/assets';
import { ControlPlane } from '../../rig/control-plane/control-plane';
import { helmPath } from '../../rig/control-plane/helm';

const ROOT = resolve(__dirname, '..', '..');

const deployment = (name: string, nodeSelector?: object) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name },
  spec: {
    replicas: 3,
    selector: { matchLabels: { app: name } },
    template: {
      metadata: { labels: { app: name } },
      spec: { nodeSelector, containers: [{ name: 'web', image: 'example.com/web:1' }] },
    },
  },
});

describe('the control plane', () => {
  const plane = withControlPlane();

  test('makes the pods of a Deployment ready', async () => {
    expect((await plane().request('POST', '/apis/apps/v1/namespaces/default/deployments', deployment('web'))).status).toBe(201);
    await plane().kubectl('rollout', 'status', 'deployment/web', '--timeout=20s');
    const { body } = await plane().request('GET', '/apis/apps/v1/namespaces/default/deployments/web');
    expect(body.status.readyReplicas).toBe(3);
  });

  test('lets a Job complete', async () => {
    await plane().kubectl('create', 'job', 'migrate', '--image=example.com/migrate:1');
    await plane().kubectl('wait', '--for=condition=complete', 'job/migrate', '--timeout=20s');
  });

  test('runs pods on an added node by its labels and capacity', async () => {
    await plane().addNode('big', { 'topology.kubernetes.io/zone': 'b' }, { cpu: '192' });
    await plane().request('POST', '/apis/apps/v1/namespaces/default/deployments', deployment('zonal', { 'topology.kubernetes.io/zone': 'b' }));
    await plane().kubectl('rollout', 'status', 'deployment/zonal', '--timeout=20s');
    const { body } = await plane().request('GET', '/api/v1/namespaces/default/pods?labelSelector=app%3Dzonal');
    expect(new Set(body.items.map((pod: any) => pod.spec.nodeName))).toEqual(new Set(['big']));
    expect((await plane().request('GET', '/api/v1/nodes/big')).body.status.allocatable.cpu).toBe('192');
  });

  test('says of a refused node why', async () => {
    await expect(plane().addNode('Not_A_Name')).rejects.toThrow(/node "Not_A_Name" was refused: .*invalid/i);
  });

  test('returns a refusal as an answer, and throws what kubectl prints', async () => {
    const { status, body } = await plane().request('GET', '/api/v1/namespaces/default/configmaps/none');
    expect([status, body.reason]).toEqual([404, 'NotFound']);
    await expect(plane().kubectl('get', 'configmap', 'none')).rejects.toThrow('configmaps "none" not found');
  });

  test('serves the helm of the Lambda layer', async () => {
    const helm = await helmPath();
    const { stdout } = await promisify(execFile)(helm, ['list', '--kubeconfig', plane().kubeconfigPath, '--output', 'json']);
    expect(JSON.parse(stdout)).toEqual([]);
  });

  test('has a certificate that the given authority vouches for', async () => {
    expect((await ask(plane(), '/version')).gitVersion).toMatch(/^v1\./);
    await expect(ask(plane(), '/version', undefined, null)).rejects.toThrow(/certificate/);
  });

  describe('lets in by a token of EKS', () => {
    const secret = { secretAccessKey: 'a-secret', clusterName: 'platform' };

    test('the user of the access entry', async () => {
      plane().authenticate('AKIAENTRY', { username: 'deployer', groups: ['system:masters'] });
      const user = await whoIs(plane(), await token({ accessKeyId: 'AKIAENTRY' }));
      expect(user).toMatchObject({ username: 'deployer', groups: ['system:masters', 'system:authenticated'] });
    });

    test('a user of a signature that is verified, with a session token and in any region', async () => {
      plane().authenticate('ASIASESSION', { username: 'session', groups: [] }, secret);
      expect(await whoIs(plane(), await token({ accessKeyId: 'ASIASESSION', sessionToken: 'of/the+session==' }))).toMatchObject({ username: 'session' });
      expect(await whoIs(plane(), await token({ accessKeyId: 'ASIASESSION', host: 'sts.amazonaws.com' }))).toMatchObject({ username: 'session' });
      expect(await whoIs(plane(), await token({ accessKeyId: 'ASIASESSION', host: 'sts.eu-west-1.amazonaws.com' }))).toMatchObject({ username: 'session' });
    });

    test('nobody without an access entry, and only with the rights it gives', async () => {
      expect(await whoIs(plane(), await token({ accessKeyId: 'AKIANOBODY' }))).toBe(401);
      plane().authenticate('AKIAREADER', { username: 'reader', groups: ['readers'] });
      const reader = await token({ accessKeyId: 'AKIAREADER' });
      expect(await whoIs(plane(), reader)).toMatchObject({ username: 'reader' });
      expect(await ask(plane(), '/api/v1/nodes', reader)).toMatchObject({ code: 403 });
    });

    test('nobody whose entry was taken away', async () => {
      plane().authenticate('AKIAGONE', { username: 'gone', groups: [] });
      expect(await whoIs(plane(), await token({ accessKeyId: 'AKIAGONE' }))).toMatchObject({ username: 'gone' });
      plane().revoke('AKIAGONE');
      expect(await whoIs(plane(), await token({ accessKeyId: 'AKIAGONE', host: 'sts.amazonaws.com' }))).toBe(401);
    });

    test.each<[string, TokenOptions, string]>([
      ['that was signed for another cluster', { clusterName: 'another' }, 'for the cluster platform'],
      ['that was signed with another secret', { secretAccessKey: 'guessed' }, 'the signature is not that of AKIAREFUSED'],
      ['that is older than 15 minutes', { signingDate: new Date(Date.now() - 901_000) }, 'the token has expired'],
      ['that is to be good for more than 15 minutes', { expiresIn: 901 }, 'X-Amz-Expires is'],
      ['whose cluster name is not signed', { clusterName: null }, 'x-k8s-aws-id is not signed'],
      ['of another action', { query: { Action: 'GetSessionToken' } }, 'the action is not GetCallerIdentity'],
      ['with a parameter that EKS does not know', { query: { 'Action': 'GetCallerIdentity', 'X-Amz-Content-Sha256': 'x' } }, 'is not allowed'],
      ['with an action twice', { query: { Action: 'GetCallerIdentity', action: 'GetCallerIdentity' } }, 'is there twice'],
      ['that leads to another host', { host: 'sts.us-east-1.amazonaws.com.example.com' }, 'the host is'],
      ['that leads to another path', { path: '/login' }, 'the path is /login'],
      ['of another prefix', { prefix: 'k8s-aws-v2.' }, 'a token is'],
      ['with padding', { encode: url => Buffer.from(url).toString('base64url') + '=' }, 'a token is'],
    ])('nobody by a token %s', async (_, options, reason) => {
      plane().authenticate('AKIAREFUSED', { username: 'deployer', groups: [] }, secret);
      const logged = plane().log('kube-apiserver').length;
      expect(await whoIs(plane(), await token({ accessKeyId: 'AKIAREFUSED', ...options }))).toBe(401);
      expect(plane().log('kube-apiserver').slice(logged)).toContain(reason);
    });
  });
});

test('serves the API of an older version, with more flags, beside another control plane', async () => {
  const [older, newest] = await Promise.all([
    ControlPlane.start({ nodes: 2, emulatedVersion: '1.34', apiServerArgs: ['--service-account-max-token-expiration=2h'] }),
    ControlPlane.start({ nodes: 0 }),
  ]);
  try {
    expect((await older.request('GET', '/version')).body.emulationMinor).toBe('34');
    expect((await older.request('GET', '/api/v1/nodes')).body.items).toHaveLength(2);
    expect((await newest.request('GET', '/api/v1/nodes')).body.items).toHaveLength(0);
  } finally {
    await Promise.all([older.stop(), newest.stop()]);
  }
});

test('says why a program did not start, and leaves nothing', async () => {
  const before = await readdir(tmpdir());
  await expect(ControlPlane.start({ apiServerArgs: ['--no-such-flag'] })).rejects.toThrow(/kube-apiserver ended with 1:[^]*unknown flag: --no-such-flag/);
  expect((await readdir(tmpdir())).filter(name => name.startsWith('control-plane-') && !before.includes(name))).toEqual([]);
});

test('leaves no process and no file when it is stopped, also twice', async () => {
  const plane = await ControlPlane.start();
  expect(await processesOf(plane.kubeconfigPath)).not.toEqual([]);
  await plane.stop();
  await plane.stop();
  await expectGone(plane.kubeconfigPath, plane.url);
});

test('leaves no process and no file when the process that started it is killed', async () => {
  const parent = spawn(process.execPath, ['--import', 'tsx', '--eval', `
    require('./rig/control-plane/control-plane').ControlPlane.start().then(plane => console.log(JSON.stringify([plane.kubeconfigPath, plane.url])));
    setInterval(() => undefined, 1000);
  `], { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(parent.stdout, 'data');
  const [kubeconfigPath, url] = JSON.parse(line);
  parent.kill('SIGKILL');
  // Nobody waits for the ends of these processes, and the kernel takes a moment to close what they listened on.
  for (const deadline = Date.now() + 10_000; Date.now() < deadline && (existsSync(dirname(kubeconfigPath)) || await refusal(url) !== 'ECONNREFUSED');) {
    await sleep(50);
  }
  await expectGone(kubeconfigPath, url);
});

test('does without the parts that a folder of setup-envtest lacks, and says so', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'envtest-'));
  const notes = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  const given = process.env.KUBEBUILDER_ASSETS;
  try {
    const assets = findAssets();
    for (const program of ['etcd', 'kube-apiserver', 'kubectl']) { await symlink(join(assets, program), join(folder, program)); }
    process.env.KUBEBUILDER_ASSETS = folder;
    const plane = await ControlPlane.start();
    try {
      expect([plane.has('kube-controller-manager'), plane.has('kube-scheduler'), plane.has('kwok')]).toEqual([false, false, false]);
      expect(notes.mock.calls.join()).toMatch(/no kube-controller-manager[^]*no kube-scheduler[^]*no kwok/);
      await expect(plane.addNode('one')).rejects.toThrow('there is no kwok');
      await plane.kubectl('run', 'pending', '--image=example.com/web:1');
    } finally {
      await plane.stop();
    }
  } finally {
    notes.mockRestore();
    restore('KUBEBUILDER_ASSETS', given);
    await rm(folder, { recursive: true });
  }
});

function restore(variable: string, value: string | undefined): void {
  if (value === undefined) { delete process.env[variable]; } else { process.env[variable] = value; }
}

interface TokenOptions {
  accessKeyId?: string;
  secretAccessKey?: string;
  sessionToken?: string;
  clusterName?: string | null;
  host?: string;
  path?: string;
  query?: Record<string, string>;
  signingDate?: Date;
  expiresIn?: number;
  prefix?: string;
  encode?: (url: string) => string;
}

/** What "aws eks get-token" prints, or something near it. */
async function token(options: TokenOptions): Promise<string> {
  const host = options.host ?? 'sts.us-east-1.amazonaws.com';
  const clusterName = options.clusterName === undefined ? 'platform' : options.clusterName;
  const signer = new SignatureV4({
    service: 'sts',
    region: 'us-east-1',
    sha256: Sha256,
    credentials: {
      accessKeyId: options.accessKeyId ?? 'AKIAENTRY',
      secretAccessKey: options.secretAccessKey ?? 'a-secret',
      sessionToken: options.sessionToken,
    },
  });
  const signed = await signer.presign(new HttpRequest({
    protocol: 'https:',
    hostname: host,
    method: 'GET',
    path: options.path ?? '/',
    query: options.query ?? { Action: 'GetCallerIdentity', Version: '2011-06-15' },
    headers: { host, ...clusterName === null ? {} : { 'x-k8s-aws-id': clusterName } },
  }), { expiresIn: options.expiresIn ?? 60, signingDate: options.signingDate, unhoistableHeaders: new Set(['x-k8s-aws-id']) });
  const query = Object.entries(signed.query!).map(([key, value]) => `${key}=${encodeURIComponent(value as string)}`).join('&');
  const url = `https://${host}${signed.path}?${query}`;
  return (options.prefix ?? 'k8s-aws-v1.') + (options.encode ? options.encode(url) : Buffer.from(url).toString('base64url'));
}

/** Asks as a client does that knows what EKS says of a cluster. */
function ask(plane: ControlPlane, path: string, bearer?: string, ca: string | null = plane.caData, body?: object): Promise<any> {
  return new Promise((answer, reject) => request(plane.url + path, {
    method: body ? 'POST' : 'GET',
    ca: ca === null ? undefined : Buffer.from(ca, 'base64'),
    agent: false,
    headers: { 'content-type': 'application/json', ...bearer ? { authorization: `Bearer ${bearer}` } : {} },
  }, response => void json(response).then(answer, reject)).on('error', reject).end(body && JSON.stringify(body)));
}

/** The user that the API server takes the holder of a token for, or the status of its refusal. */
async function whoIs(plane: ControlPlane, bearer: string): Promise<any> {
  const review = await ask(plane, '/apis/authentication.k8s.io/v1/selfsubjectreviews', bearer, plane.caData,
    { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' });
  return review.status?.userInfo ?? review.code;
}

async function expectGone(kubeconfigPath: string, url: string): Promise<void> {
  expect(existsSync(dirname(kubeconfigPath))).toBe(false);
  expect(await processesOf(kubeconfigPath)).toEqual([]);
  expect(await refusal(url)).toBe('ECONNREFUSED');
}

/** Why nothing answers, if nothing does. */
function refusal(url: string): Promise<string | undefined> {
  return fetch(url).then(() => undefined, e => e.cause?.code);
}

/** The command lines in which the folder of a control plane is (on Linux; elsewhere its one port has to tell). */
async function processesOf(kubeconfigPath: string): Promise<string[]> {
  const ids = (await readdir('/proc').catch(() => [])).filter(name => /^\d+$/.test(name));
  const commands = await Promise.all(ids.map(id => readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '')));
  return commands.filter(command => command.includes(dirname(kubeconfigPath)));
}
