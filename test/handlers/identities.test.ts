import { loggedLines } from './logged-lines';
import { refusal, Answers, scriptedClient, timeByWaiting } from './scripted-client';
import { Identities } from '../../handlers/delivery/identities';
import { KubeClientOptions } from '../../handlers/delivery/kube-client';
import { KubeObject } from '../../handlers/delivery/objects';

const PODS = '/api/v1/namespaces/shop/pods';
const SETS = '/apis/apps/v1/namespaces/shop/replicasets';
const CREDENTIALS = [{ name: 'AWS_CONTAINER_CREDENTIALS_FULL_URI', value: 'http://169.254.170.23/v1/credentials' }];
const MINUTE = 60_000;
const logs = loggedLines();
let time: ReturnType<typeof timeByWaiting>;

beforeEach(() => { time = timeByWaiting(); });

/** A pod of the ReplicaSet `web`, that serves and has no credentials. */
function pod(name: string, more: { spec?: object; status?: object; metadata?: object; ready?: boolean } = {}): KubeObject {
  const ownerReferences = [{ apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web', uid: 'set', controller: true }];
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'shop', uid: `uid-of-${name}`, ownerReferences, ...more.metadata },
    spec: { serviceAccountName: 'orders', containers: [{ name: 'main' }], ...more.spec },
    status: { phase: 'Running', conditions: [{ type: 'Ready', status: more.ready === false ? 'False' : 'True' }], ...more.status },
  };
}

const withCredentials = { spec: { containers: [{ name: 'main' }, { name: 'side', env: [{ name: 'A' }, ...CREDENTIALS] }] } };
const set = (replicas: number, more: object = {}): KubeObject => ({
  apiVersion: 'apps/v1', kind: 'ReplicaSet', metadata: { name: 'web', namespace: 'shop', uid: 'set' }, spec: { replicas }, status: {}, ...more,
});

/** A namespace with these pods: in the place of one that goes comes another, as `successor` makes it. */
function namespaceOf(
  pods: KubeObject[],
  successor: (name: string) => KubeObject | undefined = name => pod(name, withCredentials),
  answers: Answers = {},
  options: Partial<KubeClientOptions> = {},
) {
  const go = (name: string) => () => {
    const next = successor(`${name}-next`);
    pods.splice(pods.findIndex(one => one.metadata.name === name), 1, ...next ? [next] : []);
    return { kind: 'Status', status: 'Success' };
  };
  return scriptedClient({
    [`GET ${PODS}`]: () => ({ items: [...pods] }),
    [`GET ${SETS}/web`]: set(pods.length),
    ...Object.fromEntries(pods.flatMap(({ metadata: { name } }) => [[`DELETE ${PODS}/${name}`, go(name)], [`POST ${PODS}/${name}/eviction`, go(name)]])),
    ...answers,
  }, { patience: MINUTE, deadline: 10 * MINUTE, ...options });
}

const work = async () => undefined;
const during = (script: { client: any }, wait = true, deadline = 10 * MINUTE, doing: () => Promise<void> = work) =>
  new Identities(script.client, ['shop/orders']).during(doing, wait, deadline);
const note = (names: string) => [`pods without the credentials of their service account: ${names}`];
const actions = (writes: { method: string; path: string }[]) => writes.map(({ method, path }) => `${method} ${path.slice(PODS.length + 1)}`);

test('where nobody has an association nothing is looked at', async () => {
  const { client, sent } = scriptedClient();
  let isDone = false;
  expect(await new Identities(client, []).during(async () => { isDone = true; }, true, 0)).toEqual([]);
  expect([isDone, sent, time.waits]).toEqual([true, [], []]);
});

test('pods with credentials are looked at once, and stay', async () => {
  const script = namespaceOf([pod('a', withCredentials), pod('b', { spec: { initContainers: [{ name: 'i', env: CREDENTIALS }] } })]);
  expect(await during(script)).toEqual([]);
  expect(script.writes()).toEqual([]);
  expect(time.waits).toEqual([200]);
  expect(script.sent[0]).toMatchObject({ path: PODS, query: { fieldSelector: 'spec.serviceAccountName=orders' } });
});

test.each<[string, boolean, KubeObject]>([
  ['of Fargate', false, pod('x', { metadata: { labels: { 'eks.amazonaws.com/fargate-profile': 'fp' } } })],
  ['of Windows', false, pod('x', { spec: { os: { name: 'windows' } } })],
  ['of a node with Windows', false, pod('x', { spec: { nodeSelector: { 'kubernetes.io/os': 'windows' } } })],
  ['of Linux', true, pod('x', { spec: { os: { name: 'linux' }, nodeSelector: { 'kubernetes.io/os': 'linux' } } })],
  ['with labels and a selector of other things', true, pod('x', { spec: { nodeSelector: { disk: 'fast' } }, metadata: { labels: { app: 'web' } } })],
  ['that has done its work', false, pod('x', { status: { phase: 'Succeeded' } })],
  ['that has failed', false, pod('x', { status: { phase: 'Failed' } })],
  ['that nobody has seen yet', true, { ...pod('x'), status: undefined }],
  ['that goes already', false, pod('x', { metadata: { deletionTimestamp: '2026-01-01T00:00:00Z' } })],
  ['with other variables', true, pod('x', { spec: { initContainers: [{ name: 'i' }], containers: [{ name: 'main', env: [{ name: 'AWS_REGION', value: 'eu-central-1' }] }] } })],
])('a pod %s should have credentials: %s', async (_title, should, given) => {
  const alone = { ...given, metadata: { ...given.metadata, ownerReferences: undefined } };
  expect(await during(namespaceOf([alone]))).toEqual(should ? note('shop/x') : []);
});

test('five pods are named', async () => {
  const alone = (count: number) => Array.from({ length: count }, (_, i) => pod(`p${i}`, { metadata: { ownerReferences: [] } }));
  expect(await during(namespaceOf(alone(5)))).toEqual(note('shop/p0, shop/p1, shop/p2, shop/p3, shop/p4'));
  expect(await during(namespaceOf(alone(7)))).toEqual(note('shop/p0, shop/p1, shop/p2, shop/p3, shop/p4 and 2 more'));
});

test.each<[string, object[] | undefined]>([
  ['nobody', undefined],
  ['a Job, which would count a failure', [{ apiVersion: 'batch/v1', kind: 'Job', name: 'j', uid: 'j', controller: true }]],
  ['a kind of the same name', [{ apiVersion: 'example.com/v1', kind: 'ReplicaSet', name: 'r', uid: 'r', controller: true }]],
  ['an owner that does not make it', [{ apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web', uid: 'set' }]],
])('a pod of %s is not replaced', async (_title, ownerReferences) => {
  const script = namespaceOf([pod('x', { metadata: { ownerReferences } })]);
  expect(await during(script)).toEqual(note('shop/x'));
  expect(script.writes()).toEqual([]);
});

test('an association has ten seconds to arrive before a pod is replaced, or as long as the delivery has', async () => {
  const when = async (deadline: number, options?: Partial<KubeClientOptions>) => {
    time = timeByWaiting();
    let at: number | undefined;
    const script = namespaceOf([pod('a', { ready: false })], undefined, { [`DELETE ${PODS}/a`]: () => { at ??= time.now(); } }, options);
    await during(script, false, deadline);
    return at;
  };
  expect([await when(MINUTE), await when(4000), await when(MINUTE, { patience: 3000 })]).toEqual([10_000, 4000, 3000]);
});

test('what serves nobody is deleted together, whatever a budget says; what serves is asked to go one after the other', async () => {
  const script = namespaceOf([pod('serves-1'), pod('down-1', { ready: false }), pod('serves-2'), pod('down-2', { ready: false })]);
  expect(await during(script)).toEqual([]);
  expect(actions(script.writes())).toEqual(['DELETE down-1', 'DELETE down-2', 'POST serves-1/eviction', 'POST serves-2/eviction']);
  expect(script.writes()[0].body).toMatchObject({ propagationPolicy: 'Background', preconditions: { uid: 'uid-of-down-1' } });
  expect(script.writes()[2].body).toMatchObject({ kind: 'Eviction', deleteOptions: { preconditions: { uid: 'uid-of-serves-1' } } });
  expect(logs).toContain('replaced Pod shop/down-1: it had started without credentials');
});

test('before the next pod goes, the one that took the place of the last is ready', async () => {
  const pods = [pod('a'), pod('b')];
  let looks = 0;
  const script = namespaceOf(pods, name => pod(name, { ...withCredentials, ready: false }), {
    [`GET ${SETS}/web`]: () => {
      if (++looks === 3) {
        pods[0] = pod('a-next', withCredentials);
      }
      return set(2);
    },
  });
  await during(script, false);
  const [first, second] = script.sent.flatMap(({ method }, i) => method === 'POST' ? [i] : []);
  expect(script.sent.slice(first, second).filter(({ path }) => path === `${SETS}/web`).length).toBe(3);
});

test('a pod that does not come up again holds the others no longer than what passes by itself may take, or the delivery has', async () => {
  const asLong = async (deadline: number, patience: number) => {
    time = timeByWaiting();
    const script = namespaceOf([pod('a'), pod('b')], name => pod(name, { ...withCredentials, ready: false }), {}, { patience });
    await during(script, false, deadline);
    expect(actions(script.writes())).toEqual(['POST a/eviction', 'POST b/eviction']);
    return time.now();
  };
  const both = await asLong(10 * MINUTE, 30_000);
  expect([both > 10_000 + 2 * 27_000, both <= 10_000 + 2 * 30_000]).toEqual([true, true]);
  expect(logs.join()).toContain('ReplicaSet shop/web is not ready: 0 of 2 replicas available');
  expect(await asLong(20_000, 30_000)).toBeLessThanOrEqual(20_000);
});

test('what takes the place of another is not replaced again, nor what could not be replaced', async () => {
  const script = namespaceOf([pod('a'), pod('b', { ready: false }), pod('c', { ready: false })], name => pod(name), {
    [`DELETE ${PODS}/b`]: refusal(403, 'not allowed'), [`DELETE ${PODS}/b-next`]: 'never', [`GET ${SETS}/web`]: set(2),
  });
  expect(await during(script)).toEqual(note('shop/a-next, shop/b, shop/c-next'));
  expect(actions(script.writes())).toEqual(['DELETE b', 'DELETE c', 'POST a/eviction']);
  expect(logs).toContain('Pod shop/b has started without credentials and cannot be replaced: not allowed');
});

test('a workload of which no pod could be replaced is not waited for', async () => {
  const script = namespaceOf([pod('a', { ready: false })], undefined, { [`DELETE ${PODS}/a`]: refusal(403, 'not allowed') });
  expect(await during(script)).toEqual(note('shop/a'));
  expect(script.sent.filter(({ path }) => path.startsWith(SETS))).toEqual([]);
});

describe('while the work is being done', () => {
  /** Work that takes until something was sent that is no question. */
  const untilWritten = (script: { writes: () => unknown[] }) => async () => {
    while (script.writes().length === 0 && time.now() < MINUTE) {
      await new Promise(resolve => setImmediate(resolve));
    }
  };

  test('pods are replaced once the association must have arrived, and not before', async () => {
    const script = namespaceOf([pod('a', { ready: false })]);
    let at = 0;
    await during(script, true, 10 * MINUTE, async () => {
      await untilWritten(script)();
      at = time.now();
    });
    expect(actions(script.writes())).toEqual(['DELETE a']);
    expect([at > 10_000, at < 13_000]).toEqual([true, true]);
    expect(Math.max(...time.waits)).toBeLessThanOrEqual(200);
  });

  test('what takes the place of another is not replaced again, not even when the work is done', async () => {
    const script = namespaceOf([pod('a', { ready: false })], name => pod(name, { ready: false }));
    expect(await during(script, false, 10 * MINUTE, untilWritten(script))).toEqual(note('shop/a-next'));
    expect(actions(script.writes())).toEqual(['DELETE a']);
  });

  test('pods are looked at every two seconds', async () => {
    const script = namespaceOf([pod('a', withCredentials)]);
    await during(script, false, 10 * MINUTE, async () => {
      while (time.now() < 30_000) {
        await new Promise(resolve => setImmediate(resolve));
      }
      expect(script.sent.length).toBe(10);
    });
  });

  test('a look that fails is told and is not the end of it', async () => {
    let looks = 0;
    const pods = [pod('a', { ready: false })];
    const script = namespaceOf(pods, undefined, { [`GET ${PODS}`]: () => ++looks === 1 ? refusal(403, 'not allowed') : { items: [...pods] } });
    expect(await during(script, true, 10 * MINUTE, untilWritten(script))).toEqual([]);
    expect(logs).toContain('pods cannot be looked at: not allowed');
    expect(actions(script.writes())).toEqual(['DELETE a']);
  });

  test('nobody looks any more when it has failed', async () => {
    const script = namespaceOf([pod('a', { ready: false })]);
    await expect(during(script, true, 10 * MINUTE, async () => { throw new Error('no such image'); })).rejects.toThrow('no such image');
    expect(script.sent).toEqual([]);
    expect(time.waits).toEqual([200]);
  });
});

describe('when pods were replaced', () => {
  /** Nobody takes the place of a pod, which then is missing to its workload. */
  const replaced = (workload: KubeObject | undefined, kind = 'ReplicaSet', wait = true) => {
    const path = `/apis/apps/v1/namespaces/shop/${kind.toLowerCase()}s/web`;
    const gone = pod('a', { ready: false, metadata: { ownerReferences: [{ apiVersion: 'apps/v1', kind, name: 'web', uid: 'set', controller: true }] } });
    const others = [
      pod('of-another', { ...withCredentials, metadata: { ownerReferences: [{ apiVersion: 'apps/v1', kind, name: 'other', uid: 'other', controller: true }] } }),
      pod('of-nobody', { ...withCredentials, metadata: { ownerReferences: undefined } }),
    ];
    return during(namespaceOf([gone, ...others], () => undefined, { [`GET ${path}`]: workload }), wait, 20_000);
  };

  test('a workload that does not get its pods back fails the delivery with what is missing', async () => {
    await expect(replaced(set(1))).rejects.toThrow('ReplicaSet shop/web is not ready: 0 of 1 replicas available');
    expect([time.now() > 17_000, time.now() <= 20_000]).toEqual([true, true]);
    expect(time.waits.slice(2, 5)).toEqual([100, 150, 225]);
    expect(Math.max(...time.waits.slice(2))).toBe(2000);
  });

  test('a workload that gets them back at the end of the time itself is whole', async () => {
    const pods = [pod('a', { ready: false })];
    const script = namespaceOf(pods, () => undefined, {
      [`GET ${SETS}/web`]: () => {
        pods.splice(0, 1, ...time.now() >= 10_100 ? [pod('b', withCredentials)] : []);
        return set(1);
      },
    });
    expect(await during(script, true, 10_100)).toEqual([]);
  });

  test('a workload that calls itself ready while its pods are not is told too', async () => {
    await expect(replaced(set(1, { status: { availableReplicas: 1 } }))).rejects.toThrow('ReplicaSet shop/web is not ready after pods without credentials were replaced');
  });

  test('a DaemonSet wants a pod on each of its nodes', async () => {
    await expect(replaced({ ...set(0), kind: 'DaemonSet', spec: {}, status: { observedGeneration: 1, desiredNumberScheduled: 1 } }, 'DaemonSet')).rejects.toThrow('DaemonSet shop/web is not ready: 0 of 1 pods updated');
  });

  test.each<[string, KubeObject | undefined]>([
    ['wants none any more', set(0)], ['is gone', undefined], ['was made anew', set(3, { metadata: { name: 'web', namespace: 'shop', uid: 'another' } })], ['says nothing', set(0, { spec: undefined, status: undefined })],
  ])('a workload that %s is not waited for', async (_title, workload) => expect(await replaced(workload)).toEqual([]));

  test('nobody waits who was told not to', async () => expect(await replaced(set(1), 'ReplicaSet', false)).toEqual([]));
});
