import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GivenCluster, revision } from './given-cluster';
import { cdkHelmChart, helmRelease } from '../../handlers/delivery/helm-types';
import { KubeObject } from '../../handlers/delivery/objects';
import { Owner } from '../../handlers/delivery/owner';
import { Outcome, Request } from '../../handlers/delivery/request';

/* What the properties of a custom resource mean, by what a program in the place of helm is told. */

const OWNER = new Owner('cluster', '123456789012/eu-central-1/shop', 'Web');
const ARN = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:db-AbCdEf';
const RELEASE = { Release: 'web', Namespace: 'shop', Chart: 'web', Repository: 'https://charts.example.com' };
const SPACE = '/api/v1/namespaces/shop';
const ours = revision('web', 1, { owner: OWNER.hash });

let folder: string;
let server: Server;
let asked: string[];
beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(request.url!.split('?')[0]);
    response.end(request.headers['x-amz-target'] ? JSON.stringify({ SecretString: 'hunter2' }) : Buffer.from([0x1f, 0x8b]));
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  Object.assign(process.env, {
    CLUSTER_NAME: 'cluster',
    CLUSTER_ENDPOINT: 'https://cluster.example.com',
    CLUSTER_CA: Buffer.from('the certificate').toString('base64'),
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'key',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_ENDPOINT_URL_S3: url,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: url,
  });
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise(resolve => server.close(resolve));
});
beforeEach(() => {
  asked = [];
  jest.spyOn(console, 'log').mockImplementation(() => undefined);
  folder = mkdtempSync(join(tmpdir(), 'stand-in-'));
  process.env.HELM_PATH = join(folder, 'helm');
  standIn('');
});
afterEach(() => {
  rmSync(folder, { recursive: true });
  jest.restoreAllMocks();
});

/** A helm that writes down what it is told; a chart that it pulls is there. */
function standIn(answer: string): void {
  writeFileSync(process.env.HELM_PATH!, `#!/bin/sh
    echo "$@" >> ${folder}/told
    cat "$(dirname "$KUBECONFIG")/token" > ${folder}/token
    case "$1" in
      pull) for destination; do :; done; touch "$destination/web.tgz";;
      upgrade) cat > ${folder}/values;;
    esac
    ${answer}\n`, { mode: 0o755 });
}

/** What helm was told, without the folders of the run. */
function told(): string[] {
  const path = join(folder, 'told');
  return existsSync(path) ? readFileSync(path, 'utf8').trim().split('\n').map(line => line.replaceAll(/\/\S+\/helm-[^/]+\/(\S*)/g, '$1')) : [];
}
const toldOf = (command: string) => told().find(line => line.startsWith(`${command} `));

type Work = (request: Request) => Promise<Outcome>;
async function run(work: Work, type: 'Create' | 'Update' | 'Delete', properties: object, cluster = new GivenCluster(), seconds = 1000): Promise<Outcome> {
  cluster.client.deadline = Date.now() + seconds * 1000;
  const event = { RequestType: type, RequestId: 'now', ResourceProperties: properties } as unknown as Request['event'];
  return work({ event, client: cluster.client, owner: OWNER, deadline: cluster.client.deadline, lastMoment: cluster.client.deadline });
}

async function failure(work: Promise<unknown>): Promise<string> {
  const error = await work.then(() => undefined, e => e);
  expect(error).toBeInstanceOf(Error);
  return error.message;
}

const UPGRADE = `upgrade web chart/web.tgz --install --namespace shop --skip-crds --history-max 10 --labels eks-slipway/owner=${OWNER.hash}`;

describe('a release of ours', () => {
  test('is installed with what holds where nothing is said', async () => {
    const cluster = new GivenCluster();
    await run(helmRelease, 'Create', RELEASE, cluster);
    expect(told()).toEqual(['pull web --repo https://charts.example.com --destination chart', 'show crds chart/web.tgz', `${UPGRADE} --timeout 600s --wait`]);
    expect(readFileSync(join(folder, 'values'), 'utf8')).toBe('');
    expect(readFileSync(join(folder, 'token'), 'utf8')).toMatch(/^k8s-aws-v1\./);
    expect(cluster.at(SPACE)).toBeDefined();
  });

  test('is installed as its properties say', async () => {
    const cluster = new GivenCluster();
    await run(helmRelease, 'Create', {
      ...RELEASE, Version: '1.2.3', CreateNamespace: 'false', SkipCrds: 'true', Wait: 'false', MaxHistory: '3', Timeout: '30', Content: { Parts: ['{"a":"', '"}'], Values: ['"'] },
    }, cluster);
    expect(told()).toEqual([
      'pull web --repo https://charts.example.com --version 1.2.3 --destination chart',
      `${UPGRADE.replace('10', '3')} --timeout 30s --values -`,
    ]);
    expect(readFileSync(join(folder, 'values'), 'utf8')).toBe('{"a":"\\""}');
    expect(cluster.at(SPACE)).toBeUndefined();
  });

  test('is read from a bucket', async () => {
    await run(helmRelease, 'Create', { Release: 'web', Namespace: 'shop', ChartAsset: { Bucket: 'assets', Key: 'web.tgz' } });
    expect(asked).toEqual(['/assets/web.tgz']);
    expect(toldOf('upgrade')).toContain('upgrade web chart/chart.tgz');
    expect(toldOf('pull')).toBeUndefined();
  });

  test.each([[{}, false], [{ Conflict: 'Refuse' }, false], [{ Conflict: 'Adopt' }, true]])('that is there and is nobody\'s is adopted only if it is to be: %p', async (more, adopted) => {
    const work = run(helmRelease, 'Create', { ...RELEASE, ...more }, new GivenCluster(revision('web', 1)));
    await (adopted ? expect(work).resolves.toBeDefined() : expect(work).rejects.toThrow('was not delivered by EKS Slipway'));
  });

  test.each([[{ ...RELEASE, Chart: undefined }], [{ ...RELEASE, ChartAsset: { Bucket: 'assets', Key: 'web.tgz' } }]])('wants one source of its chart: %p', async properties => {
    expect(await failure(run(helmRelease, 'Create', properties))).toBe('exactly one of "Chart" and "ChartAsset" must be given');
    expect(told()).toEqual([]);
  });

  test('is refused with values that are no JSON, without repeating them', async () => {
    expect(await failure(run(helmRelease, 'Create', { ...RELEASE, Content: { Parts: ['{"a":}'] } }))).toMatch(/^the values of the release is not valid JSON/);
    expect(await failure(run(helmRelease, 'Create', { ...RELEASE, Timeout: 'soon' }))).toBe('"Timeout" is "soon": give a number of seconds');
    expect(told()).toEqual([]);
  });

  test('that fails is not put back: CloudFormation does that', async () => {
    standIn('[ "$1" != upgrade ] || { echo "Error: no" >&2; exit 1; }');
    expect(await failure(run(helmRelease, 'Update', RELEASE, new GivenCluster(ours)))).toBe('helm upgrade: no');
    expect(toldOf('rollback')).toBeUndefined();
  });

  test('tells of pods of its service accounts without credentials', async () => {
    const pod: KubeObject = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web-1', namespace: 'shop' }, spec: { containers: [{}] } };
    const cluster = new GivenCluster(pod);
    Object.assign(cluster.client, { patience: 0 });
    expect((await run(helmRelease, 'Create', { ...RELEASE, Identities: ['shop/web'] }, cluster)).note).toMatch(/shop\/web-1/);
  });

  test('repeats nothing that sounds secret among its values, nor what is read as secret', async () => {
    standIn('[ "$1" != upgrade ] || { echo "Error: neither hunter2 nor swordfish nor plain" >&2; exit 1; }');
    expect(await failure(run(helmRelease, 'Update', {
      ...RELEASE, Content: { Parts: ['{"password":"swordfish","word":"plain"}'] }, SecretValues: { 'db.key': { Secret: ARN } },
    }))).toBe('helm upgrade: neither *** nor *** nor plain');
    expect(JSON.parse(readFileSync(join(folder, 'values'), 'utf8'))).toEqual({ password: 'swordfish', word: 'plain', db: { key: 'hunter2' } });
  });

  test('gets secrets also when it has no other values', async () => {
    await run(helmRelease, 'Create', { ...RELEASE, SecretValues: { key: { Secret: ARN } } });
    expect(readFileSync(join(folder, 'values'), 'utf8')).toBe('{"key":"hunter2"}');
  });

  test('is uninstalled, whatever is wrong with its properties', async () => {
    await run(helmRelease, 'Delete', { Release: 'web', Namespace: 'shop', Timeout: 'soon', Content: { Parts: ['{'] } }, new GivenCluster(ours));
    expect(told().map(line => line.split(' ')[0])).toEqual(['uninstall']);
  });

  test.each([[{ Removal: 'Retain' }, 'kept: Helm release shop/web'], [{ Removal: 'Delete' }, undefined], [{}, undefined]])('stays at a delete only if it is to: %p', async (more, note) => {
    expect((await run(helmRelease, 'Delete', { ...RELEASE, ...more }, new GivenCluster(ours))).note).toBe(note);
    expect(toldOf('uninstall') === undefined).toBe(note !== undefined);
  });
});

describe('a release of CDK\'s type', () => {
  test('is installed with what holds there where nothing is said', async () => {
    const cluster = new GivenCluster();
    await run(cdkHelmChart, 'Create', { Release: 'web', Chart: 'web' }, cluster);
    expect(told()).toEqual(['pull web --destination chart', 'show crds chart/web.tgz', `${UPGRADE.replace('namespace shop', 'namespace default')} --timeout 600s`]);
    expect(cluster.at('/api/v1/namespaces/default')).toBeUndefined();
  });

  test('is installed as its properties say', async () => {
    const cluster = new GivenCluster();
    await run(cdkHelmChart, 'Create', { ...RELEASE, Version: '1.2.3', CreateNamespace: 'true', SkipCrds: 'true', Wait: 'true', Timeout: '90s', Values: '{"a":1}' }, cluster);
    expect(told()).toEqual(['pull web --repo https://charts.example.com --version 1.2.3 --destination chart', `${UPGRADE} --timeout 90s --wait --values -`]);
    expect(readFileSync(join(folder, 'values'), 'utf8')).toBe('{"a":1}');
    expect(cluster.at(SPACE)).toBeDefined();
  });

  test.each([
    [{ Repository: 'oci://example.com/charts/web', Chart: undefined }, 'pull oci://example.com/charts/web --destination chart'],
    [{ Repository: 'oci://example.com/charts/web', Chart: 'web' }, 'pull oci://example.com/charts/web --destination chart'],
    [{ Repository: 'https://oci://example.com', Chart: 'web' }, 'pull web --repo https://oci://example.com --destination chart'],
  ])('is pulled as CDK means it: %p', async (more, pull) => {
    await run(cdkHelmChart, 'Create', { ...RELEASE, ...more });
    expect(told()[0]).toBe(pull);
  });

  test.each([['s3://assets/web.tgz', '/assets/web.tgz'], ['s3://assets/charts/web.tgz', '/assets/charts/web.tgz']])('is read from %s', async (url, path) => {
    await run(cdkHelmChart, 'Create', { Release: 'web', Namespace: 'shop', ChartAssetURL: url });
    expect(asked).toEqual([path]);
    expect(toldOf('pull')).toBeUndefined();
  });

  test.each(['https://assets/web.tgz', 's3://assets', 's3://assets/', 's3:///web.tgz', 'as3://assets/web.tgz', ' s3://assets/web.tgz'])('is refused from %s', async url => {
    expect(await failure(run(cdkHelmChart, 'Create', { Release: 'web', ChartAssetURL: url }))).toBe(`"ChartAssetURL" is "${url}": it must be an s3:// address`);
  });

  test('that is there is upgraded, whosever helm made it', async () => {
    await run(cdkHelmChart, 'Create', RELEASE, new GivenCluster(revision('web', 1)));
    expect(toldOf('upgrade')).toBeDefined();
  });

  test.each([[{ Atomic: 'true' }, true], [{ Atomic: 'false' }, false], [{}, false]])('that fails is put back at once if it is to be: %p', async (more, put) => {
    standIn('[ "$1" != upgrade ] || { echo "Error: no" >&2; exit 1; }');
    expect(await failure(run(cdkHelmChart, 'Update', { ...RELEASE, ...more }, new GivenCluster(ours)))).toBe('helm upgrade: no');
    expect(toldOf('rollback') !== undefined).toBe(put);
  });

  test('is uninstalled at a delete', async () => {
    expect(await run(cdkHelmChart, 'Delete', RELEASE, new GivenCluster(ours))).toEqual({});
    expect(toldOf('uninstall')).toBeDefined();
  });
});
