import { ServerResponse } from 'node:http';
import { loggedLines } from './logged-lines';
import { ScriptedServer, Reply } from './scripted-server';
import { ApiResource } from '../../handlers/delivery/discovery';
import { KubeClient, KubeClientOptions, resourceOf } from '../../handlers/delivery/kube-client';
import { KubeError } from '../../handlers/delivery/kube-error';
import { until } from '../cluster/until';

const PODS = new ApiResource('', 'v1', 'Pod', 'pods', true);
const CONFIG_MAPS = new ApiResource('', 'v1', 'ConfigMap', 'configmaps', true);
const SECRETS = new ApiResource('', 'v1', 'Secret', 'secrets', true);
const NODES = new ApiResource('', 'v1', 'Node', 'nodes', false);
const THINGS = new ApiResource('example.com', 'v1', 'Thing', 'things', true);
const PATH = '/api/v1/namespaces/shop/pods/p';

let server: ScriptedServer;
let client: KubeClient;
let tokens = 0;
const logs = loggedLines();
beforeAll(async () => { server = await ScriptedServer.startTls(); });
afterAll(async () => server.stop());
beforeEach(() => {
  tokens = server.received.length = logs.length = 0;
  server.replies = [[200, {}]];
  client = clientWith();
});
afterEach(() => {
  client.close();
  jest.restoreAllMocks();
});

/** A client to this server, with a new token whenever it asks for one. */
function clientWith(options: Partial<KubeClientOptions> = {}): KubeClient {
  return new KubeClient({
    endpoint: server.url, ca: server.ca, token: async () => `t-${++tokens}`, fieldManager: 'the-client', deadline: Date.now() + 3_600_000, patience: 5000, ...options,
  });
}

const status = (code: number, message: string, more: object = {}): Reply => [code, { kind: 'Status', status: 'Failure', message, ...more }];
const notFound = status(404, 'pods "p" not found', { reason: 'NotFound', details: { name: 'p', kind: 'pods' } });
const unknownPath: Reply = [404, '404 page not found\n', { 'content-type': 'text/plain' }];

describe('the server is asked', () => {
  test('for an object, as a whole or for its metadata only', async () => {
    server.replies = [[200, { metadata: { name: 'p' } }]];
    expect(await client.get(PODS, 'shop', 'p')).toEqual({ metadata: { name: 'p' } });
    await client.get(PODS, 'shop', 'p', 'metadata');
    expect(server.received).toMatchObject([
      { method: 'GET', path: PATH, query: {}, headers: { authorization: 'Bearer t-1', accept: 'application/json' }, body: '' },
      { path: PATH, headers: { accept: 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1, application/json' } },
    ]);
    expect(server.received[0].headers['content-type']).toBeUndefined();
  });

  test('for all of a kind, page by page', async () => {
    server.replies = [
      [200, { items: [{ a: 1 }, { a: 2 }], metadata: { continue: 'from-2' } }], [200, { items: [{ a: 3 }], metadata: { continue: 'from-3' } }], [200, { items: [{ a: 4 }], metadata: {} }],
    ];
    expect(await client.list(PODS, 'shop', { selector: 'app=web', fields: 'spec.nodeName=n' })).toEqual([1, 2, 3, 4].map(a => ({ a })));
    const query = { limit: '500', labelSelector: 'app=web', fieldSelector: 'spec.nodeName=n' };
    expect(server.received.map(({ path }) => path)).toEqual(Array(3).fill('/api/v1/namespaces/shop/pods'));
    expect(server.received.map(request => request.query)).toEqual([query, { ...query, continue: 'from-2' }, { ...query, continue: 'from-3' }]);
    expect(server.received[0].headers.accept).toBe('application/json');
  });

  test('for metadata of all of a kind in all namespaces', async () => {
    server.replies = [[200, { items: [] }]];
    expect(await client.list(PODS, '', { metadata: true })).toEqual([]);
    expect(server.received).toMatchObject([
      { path: '/api/v1/pods', headers: { accept: 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1, application/json' } },
    ]);
    expect(server.received[0].query).toEqual({ limit: '500' });
  });

  test.each([[1, 1], [2, 1], [3, 2]])('for %d at least, and for no further page when there are as many', async (limit, pages) => {
    server.replies = [[200, { items: [{}, {}], metadata: { continue: 'more' } }]];
    expect(await client.list(PODS, 'shop', { limit })).toHaveLength(2 * pages);
    expect(server.received.map(({ query }) => query.limit)).toEqual(Array(pages).fill(String(limit)));
  });

  test('to apply an object, as the client or as another field manager', async () => {
    const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: 'shop' }, data: { v: 'ü' } };
    server.replies = [[200, { applied: true }]];
    expect(await client.apply(CONFIG_MAPS, object, { force: true, validation: 'Strict' })).toEqual({ applied: true });
    const node = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'n' } };
    await client.apply(NODES, node, { force: false, validation: 'Ignore', fieldManager: 'other' });
    expect(server.received).toMatchObject([{
      method: 'PATCH', path: '/api/v1/namespaces/shop/configmaps/a', query: { fieldManager: 'the-client', force: 'true', fieldValidation: 'Strict' }, body: JSON.stringify(object),
      headers: { 'content-type': 'application/apply-patch+yaml', 'content-length': String(Buffer.byteLength(JSON.stringify(object))) },
    }, { path: '/api/v1/nodes/n', query: { fieldManager: 'other', force: 'false', fieldValidation: 'Ignore' } }]);
  });

  test('to patch and to replace one', async () => {
    server.replies = [[200, { done: true }]];
    expect(await client.patch(PODS, 'shop', 'p', [{ op: 'remove' }], 'application/json-patch+json')).toEqual({ done: true });
    await client.patch(PODS, 'shop', 'p', {}, 'application/merge-patch+json', 'other');
    const object = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p', namespace: 'shop' } };
    expect(await client.replace(PODS, object)).toEqual({ done: true });
    await client.replace(NODES, { apiVersion: 'v1', kind: 'Node', metadata: { name: 'n' } });
    expect(server.received).toMatchObject([
      { method: 'PATCH', path: PATH, query: { fieldManager: 'the-client' }, headers: { 'content-type': 'application/json-patch+json' }, body: '[{"op":"remove"}]' },
      { method: 'PATCH', path: PATH, query: { fieldManager: 'other' }, headers: { 'content-type': 'application/merge-patch+json' }, body: '{}' },
      { method: 'PUT', path: PATH, query: { fieldManager: 'the-client' }, headers: { 'content-type': 'application/json' }, body: JSON.stringify(object) },
      { method: 'PUT', path: '/api/v1/nodes/n' },
    ]);
  });

  test.each<[string, Reply, boolean]>([
    ['is gone', [200, { kind: 'Status', status: 'Success' }], true], ['was gone before', notFound, true],
    ['is held by a finalizer', [200, { kind: 'Pod', status: { phase: 'Running' } }], false],
    // Of a custom resource the field may hold anything.
    ['is held and has "Success" for its status', [202, { kind: 'Thing', status: 'Success' }], false], ['is not there, as it says otherwise', [200, { kind: 'Status', status: 'Unknown' }], false],
  ])('to delete one, which %s', async (_title, reply, expected) => {
    server.replies = [reply];
    expect(await client.delete(PODS, 'shop', 'p', { uid: 'u-1' }, 'Foreground')).toBe(expected);
    expect(server.received).toMatchObject([{ method: 'DELETE', path: PATH, query: {}, headers: { 'content-type': 'application/json' } }]);
    expect(JSON.parse(server.received[0].body)).toEqual({ apiVersion: 'v1', kind: 'DeleteOptions', propagationPolicy: 'Foreground', preconditions: { uid: 'u-1' } });
  });

  test('to evict a pod, which may be gone by then', async () => {
    server.replies = [[201, {}], notFound];
    await client.evict('shop', 'p', 'u-1');
    await client.evict('shop', 'p', 'u-1');
    expect(server.received[0]).toMatchObject({ method: 'POST', path: `${PATH}/eviction` });
    expect(JSON.parse(server.received[0].body)).toEqual({
      apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name: 'p', namespace: 'shop' }, deleteOptions: { preconditions: { uid: 'u-1' } },
    });
  });

  test('over a few connections, which are kept, and given up at the end', async () => {
    const held: ServerResponse[] = [];
    server.replies = [response => { held.push(response); }];
    const before = server.connections;
    const all = Promise.all(Array.from({ length: 20 }, () => client.request('GET', '/readyz')));
    await until(() => held.length === 8);
    server.replies = [[200, {}]];
    held.forEach(response => response.end('{}'));
    await all;
    await client.request('GET', '/readyz');
    expect(server.connections - before).toBe(8);
    client.close();
    await until(async () => await server.open === 0);
  });

  test('only when its certificate is that of the authority', async () => {
    const stranger = await ScriptedServer.startTls();
    const other = clientWith({ endpoint: stranger.url });
    await expect(other.request('GET', '/readyz')).rejects.toThrow(/^the API server cannot be reached: self-signed certificate$/);
    expect([stranger.received, logs]).toEqual([[], []]);
    await stranger.stop();
  });
});

describe('what is applied is read as YAML', () => {
  test('so that characters that mean something there are escaped', async () => {
    const text = '\u007f \u0080 \u0085 \u009f \u2028 \u2029 \ufeff \ufffe \uffff ü \u00a0 \u{1F6A2} ~ \u2027 \u202a';
    await client.request('POST', '/x', { body: { text } });
    expect(JSON.parse(server.received[0].body)).toEqual({ text });
    expect(server.received[0].body).toBe(
      '{"text":"\\u007f \\u0080 \\u0085 \\u009f \\u2028 \\u2029 \\ufeff \\ufffe \\uffff ü \u00a0 \u{1F6A2} ~ \u2027 \u202a"}');
  });
});

describe('an answer', () => {
  test('that is no JSON is none', async () => {
    server.replies = [[200, 'ok']];
    expect(await client.request('GET', '/readyz')).toBeUndefined();
  });

  test.each<[string, Reply, string]>([
    ['in words', status(422, 'spec: Required value'), 'spec: Required value'], ['in text', [404, '404 page not found'], '404 page not found'], ['without any', [418, ''], 'HTTP 418'],
    ['of another place', [301, {}, { location: '/elsewhere' }], 'HTTP 301'],
  ])('that is a refusal is repeated, %s, at once', async (_title, reply, message) => {
    server.replies = [reply];
    await expect(client.request('GET', PATH)).rejects.toThrow(new RegExp(`^${message}$`));
    expect([server.received.length, logs]).toEqual([1, []]);
  });

  test('about a Secret is not repeated', async () => {
    server.replies = [status(422, 'data.password: Invalid value: "hunter2"', { reason: 'Invalid' })];
    const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's', namespace: 'shop' } };
    const custom = { apiVersion: 'example.com/v1', kind: 'Secret', metadata: { name: 's', namespace: 'shop' } };
    const words = (work: Promise<unknown>) => work.then(() => '', error => error.message);
    expect(await words(client.apply(SECRETS, secret, { force: true, validation: 'Strict' }))).toMatch(/^Invalid \(the server's words may hold values/);
    expect(await words(client.patch(SECRETS, 'shop', 's', {}, 'application/merge-patch+json'))).not.toMatch('hunter2');
    expect(await words(client.replace(SECRETS, secret))).not.toMatch('hunter2');
    expect(await words(client.apply(THINGS, custom, { force: true, validation: 'Strict' }))).toMatch('hunter2');
    expect(await words(client.patch(PODS, 'shop', 'p', {}, 'application/merge-patch+json'))).toMatch('hunter2');
    expect(await words(client.replace(THINGS, custom))).toMatch('hunter2');
  });

  test('that says there is no such object is undefined, and the kind is still known', async () => {
    server.replies = [[200, { resources: [{ name: 'pods', kind: 'Pod', namespaced: true }] }], notFound];
    const pods = (await resourceOf(client, { apiVersion: 'v1', kind: 'Pod' }))!;
    expect(pods.path('', 'x')).toBe('/api/v1/pods/x');
    expect([await client.get(pods, 'shop', 'p'), client.discovery.knows(pods)]).toEqual([undefined, true]);
  });

  test.each<[string, (things: ApiResource) => Promise<unknown>, unknown]>([
    ['get', things => client.get(things, 'shop', 'x'), undefined], ['list', things => client.list(things, 'shop'), []],
  ])('that says the kind is not served (%s) makes it looked up afresh', async (_title, ask, expected) => {
    const document: Reply = [200, { resources: [{ name: 'things', kind: 'Thing', namespaced: true }] }];
    server.replies = [document, unknownPath, document];
    const things = (await resourceOf(client, { apiVersion: 'example.com/v1', kind: 'Thing' }))!;
    expect(await ask(things)).toEqual(expected);
    expect(client.discovery.knows(things)).toBe(false);
    await resourceOf(client, { apiVersion: 'example.com/v1', kind: 'Thing' });
    expect(server.received.map(({ path }) => path).filter(path => path === '/apis/example.com/v1')).toHaveLength(2);
  });

  test('other than that is an error of each of them', async () => {
    server.replies = [status(422, 'no')];
    for (const ask of [client.get(PODS, 'shop', 'p'), client.list(PODS, 'shop'), client.delete(PODS, 'shop', 'p', undefined, 'Orphan'), client.evict('shop', 'p', 'u')]) {
      await expect(ask).rejects.toThrow('no');
    }
  });
});

describe('what passes by itself is waited for', () => {
  let now: number;
  const waits: number[] = [];
  beforeEach(() => {
    waits.length = 0;
    now = 1_000_000;
    jest.spyOn(Date, 'now').mockImplementation(() => now);
    jest.spyOn(Math, 'random').mockReturnValue(0.5);
    // The waits between tries pass at once.
    jest.spyOn(globalThis, 'setTimeout').mockImplementation(((resolve: () => void, wait: number) => {
      waits.push(wait);
      now += wait;
      setImmediate(resolve);
    }) as never);
    client = clientWith({ deadline: now + 3_600_000 });
  });

  const busy = status(503, 'busy', { reason: 'ServiceUnavailable' });
  const forbidden = status(403, 'not you', { reason: 'Forbidden' });
  const unauthorized = status(401, 'who?', { reason: 'Unauthorized' });
  const hangUp: Reply = response => { response.socket!.destroy(); };
  const total = () => waits.reduce((sum, wait) => sum + wait, 0);

  /** What a request comes to when the server answers this. */
  const ask = (replies: Reply[], path = PATH, body?: unknown): Promise<any> => {
    server.replies = replies;
    return client.request('PATCH', path, { body });
  };
  const admit = async () => {
    await ask([[200, {}]]);
    server.received.length = 0;
  };

  test('and the answer that comes at last is the answer', async () => {
    expect(await ask([busy, busy, [200, { done: true }]], PATH, { a: 1 })).toEqual({ done: true });
    expect(waits).toEqual([200, 400]);
    expect(server.received.map(({ method, path, body, headers }) => [method, path, body, headers.authorization]))
      .toEqual(Array(3).fill(['PATCH', PATH, '{"a":1}', 'Bearer t-1']));
    expect(logs).toEqual([`PATCH ${PATH}: ServiceUnavailable, trying again`]);
  });

  test('ever longer, the last time at the end of the patience, and the error says how long', async () => {
    client = clientWith({ deadline: now + 3_600_000, patience: 20_000 });
    expect(client.patience).toBe(20_000);
    await expect(ask([busy])).rejects.toThrow(/^busy \(tried for 20 s\)$/);
    expect(waits).toEqual([200, 400, 800, 1600, 3200, 5000, 5000, 3800]);
    expect(logs).toEqual(Array(5).fill(`PATCH ${PATH}: ServiceUnavailable, trying again`));
  });

  test.each([[0, [150, 300]], [1, [250, 500]]])('not by all at the same moment (%d)', async (random, expected) => {
    jest.spyOn(Math, 'random').mockReturnValue(random);
    await ask([busy, busy, [200, {}]]);
    expect(waits).toEqual(expected);
  });

  test('as long as the server asks for', async () => {
    await ask([[429, { message: 'slowly' }, { 'retry-after': '3' }], [429, { message: 'slowly', details: { retryAfterSeconds: 1 } }], busy, [200, {}]]);
    expect(waits).toEqual([3000, 1000, 800]);
  });

  test('not beyond the deadline, which may be moved', async () => {
    client = clientWith({ deadline: now + 1000 });
    await expect(ask([busy])).rejects.toThrow('busy (tried for 1 s)');
    expect(waits).toEqual([200, 400, 400]);
    client.deadline = now + 2000;
    waits.length = 0;
    await expect(ask([busy])).rejects.toThrow('busy (tried for 2 s)');
    expect(total()).toBe(2000);
    // When there is no time at all, it is not said for how long it was tried.
    waits.length = 0;
    await expect(ask([busy])).rejects.toThrow(/^busy$/);
    expect(waits).toEqual([]);
  });

  test('when the connection fails, from the beginning of each request once the server was reached', async () => {
    await admit();
    now += 60_000;
    await expect(ask([hangUp])).rejects.toThrow(/^the API server cannot be reached: socket hang up \(tried for 5 s\)$/);
    expect(waits).toEqual([200, 400, 800, 1600, 2000]);
    expect(logs).toEqual([`PATCH ${PATH}: ECONNRESET, trying again`]);
  });

  test('when the connection fails at first, from the beginning of all, and a second at least', async () => {
    await expect(ask([hangUp])).rejects.toThrow('(tried for 5 s)');
    expect(total()).toBe(5000);
    waits.length = 0;
    await expect(ask([hangUp])).rejects.toThrow('(tried for 1 s)');
    expect(total()).toBe(1000);
  });

  test('when an answer is cut off', async () => {
    const cut: Reply = response => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('{"a":', () => response.socket!.destroy());
    };
    expect(await ask([cut, [200, { whole: true }]])).toEqual({ whole: true });
    expect([waits, logs]).toEqual([[200], [`PATCH ${PATH}: ECONNRESET, trying again`]]);
  });

  test('when a namespace is on its way out', async () => {
    await admit();
    const terminating = status(403, 'being terminated', { reason: 'Forbidden', details: { causes: [{ reason: 'NamespaceTerminating' }] } });
    expect(await ask([terminating, terminating, [200, { done: true }]])).toEqual({ done: true });
    expect(waits).toEqual([200, 400]);
  });

  test.each([['refused', forbidden], ['unknown', unauthorized]])('when the function is still %s: the access entry may not have arrived; it shows a new token each time', async (_title, reply) => {
    expect(await ask([reply, reply, [200, { done: true }]])).toEqual({ done: true });
    expect(server.received.map(({ headers }) => headers.authorization)).toEqual(['Bearer t-1', 'Bearer t-2', 'Bearer t-3']);
    client = clientWith({ deadline: now + 3_600_000 });
    waits.length = 0;
    now += 1000;
    await expect(ask([reply])).rejects.toThrow('(tried for 4 s)');
    expect(total()).toBe(4000);
    await expect(ask([reply])).rejects.toThrow(/(not you|who\?)$/);
  });

  test('but not a refusal once it was let in', async () => {
    await admit();
    await expect(ask([forbidden])).rejects.toThrow(/^not you$/);
    expect([waits, server.received.length]).toEqual([[], 1]);
  });

  test('what everybody may read is no sign of it', async () => {
    for (const path of ['/api', '/apis/example.com/v1', '/version']) {
      await ask([[200, {}]], path);
    }
    expect(await ask([forbidden, [200, { done: true }]])).toEqual({ done: true });
  });

  test('a token that has run out is renewed at once, one time', async () => {
    await admit();
    expect(await ask([unauthorized, [200, { done: true }]])).toEqual({ done: true });
    expect([waits, server.received.map(({ headers }) => headers.authorization)]).toEqual([[], ['Bearer t-1', 'Bearer t-2']]);
    await expect(ask([unauthorized])).rejects.toThrow('who?');
    expect([waits, server.received.length]).toEqual([[], 4]);
  });

  test('a token serves for ten minutes', async () => {
    await admit();
    now += 599_000;
    await ask([[200, {}]]);
    now += 2000;
    await ask([[200, {}]]);
    now += 599_000;
    await ask([[200, {}]]);
    expect(server.received.map(({ headers }) => headers.authorization)).toEqual(['Bearer t-1', 'Bearer t-2', 'Bearer t-2']);
  });

  test('when two write at once, unless it was meant for one state of the object', async () => {
    const conflict = status(409, 'the object has been modified', { reason: 'Conflict' });
    expect(await ask([conflict, [200, { done: true }]], PATH, { metadata: { name: 'p' } })).toEqual({ done: true });
    expect(await ask([conflict, [200, { done: true }]], PATH, [{ op: 'remove', path: '/data' }])).toEqual({ done: true });
    expect(await ask([conflict, [200, { done: true }]])).toEqual({ done: true });
    await expect(ask([conflict], PATH, { metadata: { resourceVersion: '7' } })).rejects.toThrow(/^the object has been modified$/);
    await expect(ask([status(409, 'Precondition failed: UID in precondition')])).rejects.toThrow(/^Precondition failed/);
    const fields = { details: { causes: [{ reason: 'FieldManagerConflict', field: '.data', message: 'conflict with "kubectl"' }] } };
    await expect(ask([status(409, 'conflict', fields)])).rejects.toThrow(/^conflict$/);
    expect(waits).toEqual([200, 200, 200]);
  });

  test.each([[500, true], [429, true], [501, false], [400, false]])('of a status %d: %s', async (code, expected) => {
    await ask([status(code, 'x'), [200, {}]]).catch(() => undefined);
    expect(waits).toEqual(expected ? [200] : []);
    expect(logs).toEqual(expected ? [`PATCH ${PATH}: ${code}, trying again`] : []);
  });
});

test('a server that says nothing is given up at the deadline, after a second at least', async () => {
  client = clientWith({ deadline: Date.now() + 20 });
  server.replies = [response => { setTimeout(() => response.end('{"slow":true}'), 200); }, () => undefined];
  expect(await client.request('GET', PATH)).toEqual({ slow: true });
  const error = await client.request('GET', PATH).catch(e => e);
  expect(error).toBeInstanceOf(KubeError);
  expect([error.message, error.code]).toEqual(['the API server cannot be reached: the API server did not answer in time', 'ETIMEDOUT']);
});
