/*
 * Measures the bundled delivery function against the same calls made by hand over kept connections, with a real control plane. See README.md.
 */
import { execFileSync, spawn, spawnSync } from 'child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'fs';
import { createServer as createHttpServer } from 'http';
import { Agent, request } from 'https';
import { createRequire } from 'module';
import { AddressInfo, createServer } from 'net';
import { tmpdir } from 'os';
import { join, resolve } from 'path';
import { setTimeout as sleep } from 'timers/promises';
import { bearerToken } from '../handlers/delivery/token';
import { ControlPlane } from '../rig/control-plane/control-plane';
import { helmPath } from '../rig/control-plane/helm';
import { Endpoints } from '../rig/model/endpoints';
import { CdkHandler } from '../test/cluster/cdk-handler';

const bundle = resolve(__dirname, '..', 'lib', 'handlers', 'delivery', 'index.js');
const CLUSTER = 'bench';
const OBJECTS = 500;
const MANY = 2000;
/** Of a large chart. */
const TEMPLATES = 300;
const TEMPLATE_BYTES = 4000;
const ROUNDS = 5;
const CONNECTIONS = 8;
const STEPS = ['create', 'update', 'prune', 'delete'] as const;
type Step = typeof STEPS[number];
type Times = Record<Step, number>;

interface Figure {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  readonly limit?: number;
  readonly atLeast?: boolean;
}

function configMaps(namespace: string, count: number, changed: string): any[] {
  return Array.from({ length: count }, (_, i) => ({
    apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: `cm-${i}`, namespace }, data: { value: i < 10 ? changed : 'x'.repeat(100) },
  }));
}

/** Milliseconds. */
async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = process.hrtime.bigint();
  await work();
  return Number(process.hrtime.bigint() - start) / 1e6;
}

/** The same calls and no others: server-side apply of each object, delete of each object. */
async function byHand(plane: ControlPlane, namespace: string): Promise<Times> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS, ca: Buffer.from(plane.caData, 'base64') });
  const token = await bearerToken(CLUSTER);
  const call = (method: string, name: string, query: string, body: object) => new Promise<void>((done, failed) => {
    const url = new URL(`/api/v1/namespaces/${namespace}/configmaps/${name}${query}`, plane.url);
    const text = JSON.stringify(body);
    const headers = {
      'authorization': `Bearer ${token}`,
      'content-type': method === 'PATCH' ? 'application/apply-patch+yaml' : 'application/json',
      'content-length': Buffer.byteLength(text),
    };
    request(url, { method, agent, headers }, response => {
      const chunks: Buffer[] = [];
      response.on('data', chunk => chunks.push(chunk)).on('end', () => {
        JSON.parse(Buffer.concat(chunks).toString());
        return response.statusCode! < 300 ? done() : failed(new Error(`${method} ${url}: ${response.statusCode}`));
      });
    }).on('error', failed).end(text);
  });
  const all = async (objects: any[], work: (object: any) => Promise<void>) => {
    const queue = [...objects];
    await Promise.all(Array.from({ length: CONNECTIONS }, async () => {
      for (let object = queue.shift(); object; object = queue.shift()) {
        await work(object);
      }
    }));
  };
  const apply = (object: any) => call('PATCH', object.metadata.name, '?fieldManager=bench&force=true&fieldValidation=Strict', object);
  const remove = (object: any) => call('DELETE', object.metadata.name, '', { apiVersion: 'v1', kind: 'DeleteOptions', propagationPolicy: 'Background' });
  const objects = configMaps(namespace, OBJECTS, 'first');
  try {
    const create = await timed(() => all(objects, apply));
    const update = await timed(() => all(configMaps(namespace, OBJECTS, 'second'), apply));
    const prune = await timed(async () => {
      await all(objects.slice(0, OBJECTS / 2), apply);
      await all(objects.slice(OBJECTS / 2), remove);
    });
    await all(objects, apply);
    return { create, update, prune, delete: await timed(() => all(objects, remove)) };
  } finally {
    agent.destroy();
  }
}

function event(type: string, id: string, responseUrl: string, properties: object, old?: object): any {
  return {
    RequestType: type,
    ResponseURL: responseUrl,
    StackId: 'arn:aws:cloudformation:eu-central-1:123456789012:stack/bench/1',
    RequestId: `${type}-${id}-${Math.random()}`,
    LogicalResourceId: id,
    PhysicalResourceId: type === 'Create' ? undefined : id,
    ResourceType: 'Custom::EKSSlipway-Chart',
    ResourceProperties: { ClusterName: CLUSTER, ...properties },
    OldResourceProperties: old && { ClusterName: CLUSTER, ...old },
  };
}

const chart = (objects: object[]) => ({ Content: { Parts: [JSON.stringify(objects)] } });

/** What CloudFormation is told. */
class Answers {
  static async listen(): Promise<Answers> {
    const answers = new Answers();
    await new Promise<void>(done => answers.server.listen(0, '127.0.0.1', done));
    return answers;
  }

  last: any;
  private readonly server = createHttpServer(async (incoming, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) {
      chunks.push(chunk as Buffer);
    }
    this.last = JSON.parse(Buffer.concat(chunks).toString());
    response.end();
  });

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/`;
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}

/** Runs one step and insists on its success. */
type Send = (event: any) => Promise<void>;

async function throughHandler(send: Send, url: string, namespace: string): Promise<Times> {
  const id = namespace.replace(/\W/g, '');
  const [first, second] = ['first', 'second'].map(text => chart(configMaps(namespace, OBJECTS, text)));
  const half = chart(configMaps(namespace, OBJECTS / 2, 'first'));
  const create = await timed(() => send(event('Create', id, url, first)));
  const update = await timed(() => send(event('Update', id, url, second, first)));
  const prune = await timed(() => send(event('Update', id, url, half, second)));
  await send(event('Update', id, url, first, half));
  return { create, update, prune, delete: await timed(() => send(event('Delete', id, url, first))) };
}

/** From the start of a process to its first connection to the API server, and how long node takes for nothing at all. */
async function coldStart(): Promise<{ first: number; bare: number }> {
  const bare = await timed(async () => spawnSync(process.execPath, ['-e', '']));
  const server = createServer(socket => socket.destroy());
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  const env = { ...process.env, CLUSTER_ENDPOINT: `https://127.0.0.1:${(server.address() as AddressInfo).port}` };
  const script = `require(${JSON.stringify(bundle)}).handler(${JSON.stringify(event('Create', 'Cold', 'http://127.0.0.1:1/', chart(configMaps('default', OBJECTS, 'x'))))})`;
  const start = process.hrtime.bigint();
  const connected = new Promise<number>(done => server.once('connection', () => done(Number(process.hrtime.bigint() - start) / 1e6)));
  const child = spawn(process.execPath, ['-e', script], { env, stdio: 'ignore' });
  const first = await connected;
  child.kill('SIGKILL');
  server.close();
  return { first, bare };
}

/** Megabytes: the peak of a process that deals with some events, one after the other. */
async function memory(events: object[], environment: Record<string, string> = {}): Promise<number> {
  const script = `
    const { handler } = require(${JSON.stringify(bundle)});
    console.log = () => undefined;
    let text = '';
    process.stdin.on('data', chunk => { text += chunk; }).on('end', async () => {
      for (const event of JSON.parse(text)) { await handler(event, { getRemainingTimeInMillis: () => 600000 }); }
      process.stderr.write('\\n' + process.resourceUsage().maxRSS / 1024);
    });`;
  const child = spawn(process.execPath, ['-e', script], { stdio: ['pipe', 'ignore', 'pipe'], env: { ...process.env, ...environment } });
  let printed = '';
  child.stderr.on('data', chunk => { printed += chunk; });
  child.stdin.end(JSON.stringify(events));
  await new Promise(done => child.on('close', done));
  return Number(printed.split('\n').at(-1));
}

/** Megabytes: the peaks of the function and of helm beside it, which it installs and uninstalls a large chart with. */
async function helmMemory(answers: Answers, namespace: string): Promise<{ handler: number; helm: number; megabytes: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-helm-'));
  const [source, peaks, wrapper] = [join(folder, 'large'), join(folder, 'peaks'), join(folder, 'helm')];
  mkdirSync(join(source, 'templates'), { recursive: true });
  writeFileSync(join(source, 'Chart.yaml'), 'apiVersion: v2\nname: large\nversion: 1.0.0\n');
  for (let i = 0; i < TEMPLATES; i++) {
    // Not all alike: a release is stored compressed.
    const text = Array.from({ length: TEMPLATE_BYTES / 32 }, (_, n) => `line ${i} of {{ .Release.Name }} ${n}`.padEnd(31, '.')).join('\n    ');
    writeFileSync(join(source, 'templates', `cm-${i}.yaml`), `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: large-${i}\ndata:\n  text: |\n    ${text}\n`);
  }
  const helm = await helmPath();
  execFileSync(helm, ['package', source, '--destination', folder], { env: { ...process.env, HOME: folder } });
  const file = join(folder, 'large-1.0.0.tgz');
  writeFileSync(peaks, '');
  // The kernel keeps the peak of a process as long as it runs.
  writeFileSync(wrapper, `#!/bin/sh
'${helm}' "$@" <&0 &
pid=$!
while grep VmHWM /proc/$pid/status >> '${peaks}' 2>/dev/null; do sleep 0.02; done
wait $pid
`, { mode: 0o755 });
  const repository = await Endpoints.start({
    charts: async path => ({
      body: path === 'index.yaml'
        ? JSON.stringify({ apiVersion: 'v1', entries: { large: [{ apiVersion: 'v2', name: 'large', version: '1.0.0', urls: [`${repository.url('charts')}/large.tgz`] }] } })
        : readFileSync(file),
    }),
  });
  try {
    const properties = { Chart: 'large', Repository: repository.url('charts'), Version: '1.0.0', Release: 'large', Namespace: namespace };
    const events = ['Create', 'Delete'].map(type => ({ ...event(type, 'HelmMemory', answers.url, properties), ResourceType: 'Custom::EKSSlipway-HelmRelease' }));
    const handler = await memory(events, { HELM_PATH: wrapper });
    if (answers.last.Status !== 'SUCCESS') {
      throw new Error(answers.last.Reason);
    }
    const all = [...readFileSync(peaks, 'utf8').matchAll(/VmHWM:\s+(\d+) kB/g)].map(([, kilobytes]) => Number(kilobytes) / 1024);
    return { handler, helm: Math.max(...all), megabytes: (TEMPLATES * TEMPLATE_BYTES) / 1e6 };
  } finally {
    await repository.stop();
    rmSync(folder, { recursive: true });
  }
}

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

async function figures(plane: ControlPlane, withCdk: boolean): Promise<Figure[]> {
  const answers = await Answers.listen();
  const namespace = async (name: string) => {
    await plane.request('POST', '/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
    return name;
  };
  const { handler } = createRequire(__filename)(bundle);
  const ours: Send = async given => {
    const { log } = console;
    console.log = () => undefined;
    try {
      await handler(given, { getRemainingTimeInMillis: () => 600_000 });
    } finally {
      console.log = log;
    }
    if (answers.last.Status !== 'SUCCESS') {
      throw new Error(answers.last.Reason);
    }
  };
  try {
    await throughHandler(ours, answers.url, await namespace('warm-up'));
    const runs: { hand: Times; handler: Times }[] = [];
    for (let round = 1; round <= ROUNDS; round++) {
      // In turn, so that a slow machine slows both.
      runs.push({
        hand: await byHand(plane, await namespace(`hand-${round}`)),
        handler: await throughHandler(ours, answers.url, await namespace(`handler-${round}`)),
      });
    }
    const results: Figure[] = STEPS.map(step => ({
      what: `${step} / by hand (${median(runs.map(r => r.handler[step])).toFixed(0)} / ${median(runs.map(r => r.hand[step])).toFixed(0)} ms)`,
      value: median(runs.map(r => r.handler[step] / r.hand[step])), unit: '', limit: 1.5,
    }));
    const { first, bare } = await coldStart();
    const many = chart(configMaps(await namespace('memory'), MANY, 'x'));
    const large = await helmMemory(answers, await namespace('helm-memory'));
    results.push(
      { what: 'bundle', value: statSync(bundle).size / 1e6, unit: ' MB', limit: 3 },
      { what: 'first API call after the start of a process', value: first, unit: ' ms' },
      { what: 'the same / a node that does nothing', value: first / bare, unit: '' },
      { what: `peak memory at ${MANY} objects`, value: await memory([event('Create', 'Memory', answers.url, many), event('Delete', 'Memory', answers.url, many)]), unit: ' MB' },
      { what: `peak memory with a chart of ${TEMPLATES} objects, ${large.megabytes.toFixed(1)} MB: the function`, value: large.handler, unit: ' MB' },
      { what: 'and helm', value: large.helm, unit: ' MB' },
      { what: 'both, of the function\'s default', value: (large.handler + large.helm) / 1024, unit: '', limit: 0.5 },
    );
    if (withCdk) {
      results.push(...await againstCdk(plane, await namespace('cdk'), runs.map(r => r.handler)));
    }
    return results;
  } finally {
    answers.close();
  }
}

/** How many times as long CDK's own handler takes: minutes. */
async function againstCdk(plane: ControlPlane, namespace: string, runs: Times[]): Promise<Figure[]> {
  if (CdkHandler.missing) {
    throw new Error(`CDK's handler cannot be measured: ${CdkHandler.missing}`);
  }
  const cdk = await CdkHandler.create(plane.kubeconfigPath);
  const label = 'aws.cdk.eks/prune-c8';
  const properties = (changed: string) => ({
    Manifest: JSON.stringify(configMaps(namespace, OBJECTS, changed).map(o => ({ ...o, metadata: { ...o.metadata, labels: { [label]: '' } } }))), PruneLabel: label,
  });
  const send = async (type: string, given: object) => {
    const { Status, Reason } = await cdk.send({ ...event(type, 'Cdk', '', given), ResourceType: 'Custom::AWSCDK-EKS-KubernetesResource' }, 600);
    if (Status !== 'SUCCESS') {
      throw new Error(`CDK's handler: ${Reason}`);
    }
  };
  try {
    return [
      ['create', 1, await timed(() => send('Create', properties('first')))] as const,
      ['update', 20, await timed(() => send('Update', properties('second')))] as const,
      ['delete', 80, await timed(() => send('Delete', properties('second')))] as const,
    ].map(([step, limit, time]) => {
      const mine = median(runs.map(run => run[step]));
      return { what: `${step}: CDK's handler / this one (${(time / 1000).toFixed(1)} s)`, value: time / mine, unit: '', limit, atLeast: true };
    });
  } finally {
    cdk.close();
  }
}

async function main(): Promise<void> {
  if (!existsSync(bundle)) {
    throw new Error('there is no bundle: run "npx projen bundle" first');
  }
  const plane = await ControlPlane.start();
  try {
    const credentials = { accessKeyId: 'AKIABENCH', secretAccessKey: 'not-a-real-key' };
    plane.authenticate(credentials.accessKeyId, { username: 'bench', groups: ['system:masters'] }, { ...credentials, clusterName: CLUSTER });
    Object.assign(process.env, {
      CLUSTER_NAME: CLUSTER, CLUSTER_ENDPOINT: plane.url, CLUSTER_CA: plane.caData, AWS_REGION: 'eu-central-1',
      AWS_ACCESS_KEY_ID: credentials.accessKeyId, AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      NODE_PATH: join(__dirname, '..', 'node_modules'),
    });
    await sleep(2000); // until the controllers of the new control plane have come to rest
    for (const { what, value, unit, limit, atLeast } of await figures(plane, process.argv.includes('--cdk'))) {
      const ok = limit === undefined || (atLeast ? value >= limit : value <= limit);
      const budget = limit === undefined ? '' : `${atLeast ? 'at least' : 'at most'} ${limit}${unit}`;
      console.log(`${ok ? 'ok  ' : 'OVER'}  ${what.padEnd(64)} ${`${value.toFixed(2)}${unit}`.padStart(12)}   ${budget}`);
      process.exitCode = ok ? process.exitCode : 1;
    }
  } finally {
    await plane.stop();
  }
}

void main().catch(error => {
  console.error(error.message);
  process.exitCode = 1;
});
