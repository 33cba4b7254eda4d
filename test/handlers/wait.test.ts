import { scriptedClient, timeByWaiting } from './scripted-client';
import { ApiResource } from '../../handlers/delivery/discovery';
import { idOf, KubeObject } from '../../handlers/delivery/objects';
import { assess, isReady, isWaitedFor, waitUntilReady, whyNotReady, whyPodIsNotReady } from '../../handlers/delivery/wait';

function object(apiVersion: string, kind: string, spec: object, status: object, generation = 2): KubeObject {
  return { apiVersion, kind, metadata: { name: 'x', generation }, spec, status };
}

const ready = { ready: true };
const not = (detail: RegExp, final?: boolean) =>
  expect.objectContaining({ ready: false, detail: expect.stringMatching(detail), ...final ? { final } : {} });

test.each<[string, KubeObject, unknown]>([
  ['a Deployment whose change was not seen', object('apps/v1', 'Deployment', {}, { observedGeneration: 1, availableReplicas: 1, updatedReplicas: 1 }), not(/not seen the change/)],
  ['a Deployment without a status', object('apps/v1', 'Deployment', {}, {}), not(/not seen it/)],
  ['a Deployment in the middle of its rollout', object('apps/v1', 'Deployment', { replicas: 2 }, { observedGeneration: 2, replicas: 3, updatedReplicas: 2, availableReplicas: 2 }), not(/1 old replicas/)],
  ['a Deployment that is done', object('apps/v1', 'Deployment', { replicas: 2 }, { observedGeneration: 2, replicas: 2, updatedReplicas: 2, availableReplicas: 2 }), ready],
  ['a Deployment of none', object('apps/v1', 'Deployment', { replicas: 0 }, { observedGeneration: 2 }), ready],
  ['a Deployment past its deadline', object('apps/v1', 'Deployment', {}, { observedGeneration: 2, conditions: [{ type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded', message: 'too slow' }] }), not(/too slow/, true)],
  ['a StatefulSet that updates', object('apps/v1', 'StatefulSet', { replicas: 2 }, { observedGeneration: 2, updateRevision: 'b', currentRevision: 'a', updatedReplicas: 1, availableReplicas: 2 }), not(/1 of 2 replicas updated/)],
  ['a StatefulSet with a partition', object('apps/v1', 'StatefulSet', { replicas: 2, updateStrategy: { rollingUpdate: { partition: 1 } } }, { observedGeneration: 2, updateRevision: 'b', currentRevision: 'a', updatedReplicas: 1, availableReplicas: 2 }), ready],
  ['a DaemonSet without nodes', object('apps/v1', 'DaemonSet', {}, { observedGeneration: 2, desiredNumberScheduled: 0 }), ready],
  ['a DaemonSet that updates', object('apps/v1', 'DaemonSet', {}, { observedGeneration: 2, desiredNumberScheduled: 3, updatedNumberScheduled: 1, numberAvailable: 3 }), not(/1 of 3 pods updated/)],
  ['a DaemonSet updated on delete only', object('apps/v1', 'DaemonSet', { updateStrategy: { type: 'OnDelete' } }, { observedGeneration: 2, desiredNumberScheduled: 3, updatedNumberScheduled: 1, numberAvailable: 3 }), ready],
  ['a Job that failed', object('batch/v1', 'Job', {}, { conditions: [{ type: 'Failed', status: 'True', reason: 'BackoffLimitExceeded', message: 'no luck' }] }), not(/BackoffLimitExceeded: no luck/, true)],
  ['a Job that runs', object('batch/v1', 'Job', {}, { active: 1 }), not(/1 pods active/)],
  ['a Job that is done', object('batch/v1', 'Job', {}, { conditions: [{ type: 'Complete', status: 'True' }] }), ready],
  ['a suspended Job', object('batch/v1', 'Job', { suspend: true }, {}), ready],
  ['a definition whose names are taken', object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', {}, { conditions: [{ type: 'NamesAccepted', status: 'False', message: 'taken' }] }), not(/taken/, true)],
  ['a custom resource that bears the name of a workload', object('example.com/v1', 'Deployment', {}, {}), ready],
  ['a kind nobody knows, by the condition its author names', waitingFor('Ready', [{ type: 'Ready', status: 'True' }]), ready],
  ['one without that condition', waitingFor('Ready', [{ type: 'Synced', status: 'True' }]), not(/no condition "Ready" yet/)],
  ['one with a condition that is not true', waitingFor('Ready', [{ type: 'Ready', status: 'False', reason: 'SubnetsNotFound', message: 'no subnets' }]), not(/^condition "Ready" is False: SubnetsNotFound: no subnets$/)],
  ['one whose condition is from before the change', waitingFor('Ready', [{ type: 'Ready', status: 'True', observedGeneration: 1 }]), not(/earlier state/)],
])('%s', (_title, given, expected) => expect(assess(given)).toEqual(expected));

function waitingFor(type: string, conditions: object[]): KubeObject {
  const given = object('example.com/v1', 'NodeClass', {}, { conditions });
  given.metadata.annotations = { 'eks-slipway/wait-for': type };
  return given;
}

test.each<[object, RegExp]>([
  [{ conditions: [{ type: 'PodScheduled', status: 'False', message: '0/3 nodes are available' }] }, /not scheduled: 0\/3 nodes/],
  [{ containerStatuses: [{ name: 'a', state: { waiting: { reason: 'ImagePullBackOff', message: 'no such image' } } }] }, /container a is waiting: ImagePullBackOff: no such image/],
  [{ containerStatuses: [{ name: 'a', state: { waiting: { reason: 'CrashLoopBackOff' } }, lastState: { terminated: { exitCode: 137, reason: 'OOMKilled' } } }] }, /CrashLoopBackOff, last exit code 137 \(OOMKilled\)/],
  [{ initContainerStatuses: [{ name: 'init', state: { terminated: { exitCode: 1 } } }] }, /container init ended with exit code 1/],
  [{ containerStatuses: [{ name: 'a', ready: false, state: { running: {} } }] }, /container a is running but not ready/],
])('a pod says why it does not come up: %#', (status, text) => expect(whyPodIsNotReady(status)).toMatch(text));

const crd = (...conditions: object[]) => object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', {}, { conditions });
const seen = { observedGeneration: 2 };

test.each<[string, KubeObject, unknown]>([
  ['a Deployment that asks for one replica by saying nothing', object('apps/v1', 'Deployment', {}, seen), not(/^0 of 1 replicas updated$/)],
  ['a Deployment whose new pods do not serve yet', object('apps/v1', 'Deployment', { replicas: 3 }, { ...seen, replicas: 3, updatedReplicas: 3, availableReplicas: 1 }), not(/^1 of 3 replicas available$/)],
  ['a Deployment without a status or a generation', { ...object('apps/v1', 'Deployment', {}, {}), status: undefined, metadata: { name: 'x' } }, not(/not seen it yet/)],
  ['a StatefulSet without a status', object('apps/v1', 'StatefulSet', {}, {}), not(/not seen it yet/)],
  ['a StatefulSet that asks for one replica by saying nothing', object('apps/v1', 'StatefulSet', {}, seen), not(/^0 of 1 replicas ready$/)],
  ['a StatefulSet that is done', object('apps/v1', 'StatefulSet', { updateStrategy: { type: 'RollingUpdate' } }, { ...seen, updateRevision: 'a', currentRevision: 'a', availableReplicas: 1 }), ready],
  ['a StatefulSet updated on delete only', object('apps/v1', 'StatefulSet', { updateStrategy: { type: 'OnDelete' } }, { ...seen, updateRevision: 'b', currentRevision: 'a', availableReplicas: 1 }), ready],
  ['a StatefulSet of an older server, which counts ready replicas alone', object('apps/v1', 'StatefulSet', { replicas: 2 }, { ...seen, readyReplicas: 2 }), ready],
  ['a StatefulSet whose replicas are not available long enough', object('apps/v1', 'StatefulSet', { replicas: 2 }, { ...seen, readyReplicas: 2, availableReplicas: 0 }), not(/^0 of 2 replicas ready$/)],
  ['a DaemonSet without a status', object('apps/v1', 'DaemonSet', {}, {}), not(/not seen it yet/)],
  ['a DaemonSet that has not counted its nodes', object('apps/v1', 'DaemonSet', {}, seen), ready],
  ['a DaemonSet whose pods do not serve yet', object('apps/v1', 'DaemonSet', {}, { ...seen, desiredNumberScheduled: 2, updatedNumberScheduled: 2, numberAvailable: 1 }), not(/^1 of 2 pods available$/)],
  ['a ReplicaSet that asks for one replica by saying nothing', object('apps/v1', 'ReplicaSet', {}, {}), not(/^0 of 1 replicas available$/)],
  ['a ReplicaSet of two', object('apps/v1', 'ReplicaSet', { replicas: 2 }, { availableReplicas: 2 }), ready],
  ['a pod that serves', object('v1', 'Pod', {}, { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] }), ready],
  ['a pod that serves, though its generation runs ahead', object('v1', 'Pod', {}, { observedGeneration: 1, conditions: [{ type: 'Ready', status: 'True' }] }), ready],
  ['a pod that has done its work', object('v1', 'Pod', {}, { phase: 'Succeeded' }), ready],
  ['a pod that failed', object('v1', 'Pod', {}, { phase: 'Failed' }), { ready: false, final: true, detail: 'phase Failed' }],
  ['a pod nobody has seen', object('v1', 'Pod', {}, {}), { ready: false, final: false, detail: 'phase unknown' }],
  ['a pod that says why it does not come up', object('v1', 'Pod', {}, { phase: 'Pending', conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable' }] }), { ready: false, final: false, detail: 'not scheduled: Unschedulable' }],
  ['a Job that failed once and goes on', object('batch/v1', 'Job', {}, { active: 1, failed: 2, conditions: [{ type: 'Failed', status: 'False' }] }), { ready: false, detail: 'not complete, 1 pods active, 2 failed' }],
  ['a Job that nobody has seen', object('batch/v1', 'Job', {}, {}), { ready: false, detail: 'not complete, 0 pods active, 0 failed' }],
  ['a definition that is served', crd({ type: 'NamesAccepted', status: 'True' }, { type: 'Established', status: 'True' }), ready],
  ['a definition that is not served yet', crd({ type: 'NamesAccepted', status: 'True' }, { type: 'Established', status: 'False' }), { ready: false, detail: 'not established' }],
  ['a definition nobody has seen', crd(), { ready: false, detail: 'not established' }],
  ['an aggregated API that answers', object('apiregistration.k8s.io/v1', 'APIService', {}, { conditions: [{ type: 'Available', status: 'True' }] }), ready],
  ['an aggregated API that does not answer', object('apiregistration.k8s.io/v1', 'APIService', {}, { conditions: [{ type: 'Available', status: 'False', message: 'no endpoints' }] }), { ready: false, detail: 'no endpoints' }],
  ['an aggregated API nobody has seen', object('apiregistration.k8s.io/v1', 'APIService', {}, {}), { ready: false, detail: 'not available' }],
  ['a kind without a readiness of its own, whatever its status', object('example.com/v1', 'Thing', {}, { observedGeneration: 1 }), ready],
  ['one whose controller has not seen the change, though its condition is true', { ...waitingFor('Ready', []), status: { observedGeneration: 1, conditions: [{ type: 'Ready', status: 'True' }] } }, not(/not seen the change yet/)],
  ['one with a condition about this very state', waitingFor('Ready', [{ type: 'Ready', status: 'True', observedGeneration: 2 }]), ready],
  ['one with a condition and without a reason', waitingFor('Ready', [{ type: 'Ready', status: 'Unknown' }]), { ready: false, detail: 'condition "Ready" is Unknown' }],
  ['one without any status', { ...waitingFor('Ready', []), status: undefined }, not(/no condition "Ready" yet/)],
  ['a workload that is ready, but not by the condition its author names', annotated(object('apps/v1', 'ReplicaSet', {}, { availableReplicas: 1 }), 'Warm'), not(/no condition "Warm" yet/)],
  ['a workload that is not ready, whatever its author names', annotated(object('apps/v1', 'ReplicaSet', {}, {}), 'Warm'), not(/0 of 1/)],
])('%s: what is waited for', (_title, given, expected) => expect(assess(given)).toEqual(expected));

function annotated(given: KubeObject, type: string): KubeObject {
  return { ...given, metadata: { ...given.metadata, annotations: { 'eks-slipway/wait-for': type } } };
}

test('waited for is what has a readiness by itself or by its author', () => {
  const thing = object('example.com/v1', 'Thing', {}, {});
  expect([crd(), thing, annotated(thing, 'Ready'), object('v1', 'ConfigMap', {}, {})].map(isWaitedFor)).toEqual([true, false, true, false]);
});

test('a pod serves when its condition says so', () => {
  const pod = (status?: object): KubeObject => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' }, status });
  expect([{ conditions: [{ type: 'Ready', status: 'True' }] }, { conditions: [{ type: 'Ready', status: 'False' }] }, {}, undefined].map(status => isReady(pod(status))))
    .toEqual([true, false, false, false]);
});

test.each<[string, object, string | undefined]>([
  ['a crash whose cause has no name', { containerStatuses: [{ name: 'a', state: { waiting: { reason: 'CrashLoopBackOff' } }, lastState: { terminated: { exitCode: 2 } } }] }, 'container a is waiting: CrashLoopBackOff, last exit code 2'],
  ['a wait without a past', { containerStatuses: [{ name: 'a', state: { waiting: { reason: 'ErrImagePull' } }, lastState: {} }] }, 'container a is waiting: ErrImagePull'],
  ['an end with a name', { containerStatuses: [{ name: 'a', state: { terminated: { exitCode: 1, reason: 'Error' } } }] }, 'container a ended with exit code 1 (Error)'],
  ['an end without a name', { containerStatuses: [{ name: 'a', state: { terminated: { exitCode: 1 } } }] }, 'container a ended with exit code 1'],
  ['the container that hangs, not the one that has ended well', { initContainerStatuses: [{ name: 'i', state: { terminated: { exitCode: 0 } } }], containerStatuses: [{ name: 'a', state: { waiting: { reason: 'ErrImagePull' } } }] }, 'container a is waiting: ErrImagePull'],
  ['a container that waits for the first ones', { containerStatuses: [{ name: 'a', ready: false, state: { waiting: { reason: 'PodInitializing' } } }] }, 'container a is PodInitializing'],
  ['a container that is being made', { containerStatuses: [{ name: 'b', ready: true }, { name: 'a', ready: false, state: { waiting: { reason: 'ContainerCreating' } } }] }, 'container a is ContainerCreating'],
  ['a container without a state', { containerStatuses: [{ name: 'a', ready: false }] }, 'container a is running but not ready'],
  ['a pod that was scheduled', { conditions: [{ type: 'PodScheduled', status: 'True' }] }, undefined],
  ['a pod without a word', {}, undefined],
  ['a pod that serves', { containerStatuses: [{ name: 'a', ready: true, state: { running: {} } }] }, undefined],
])('why a pod does not come up: %s', (_title, status, text) => expect(whyPodIsNotReady(status)).toBe(text));

describe('waiting', () => {
  const deployments = new ApiResource('apps', 'v1', 'Deployment', 'deployments', true);
  const PATH = '/apis/apps/v1/namespaces/shop/deployments';
  const PODS = '/api/v1/namespaces/shop/pods';
  const EVENTS = '/api/v1/namespaces/shop/events';
  let now: () => number;
  let waits: number[];

  beforeEach(() => { ({ now, waits } = timeByWaiting(0, 200)); });
  afterEach(() => jest.restoreAllMocks());

  /** A client of a server that answers what stands under a path, in turn where it is a list of states; what has no path is not there. */
  function clientOf(answers: Record<string, any>) {
    const { client, sent } = scriptedClient(Object.fromEntries(Object.entries(answers).map(([path, answer]) => [`GET ${path}`, answer])), { deadline: 0 });
    return { client, asked: sent };
  }

  function web(status: object, name = 'web'): KubeObject {
    const given = object('apps/v1', 'Deployment', { selector: { matchLabels: { app: 'web', tier: 'front' } } }, status);
    return { ...given, metadata: { ...given.metadata, name, namespace: 'shop', uid: 'u-1' } };
  }

  const target = (name = 'web') => ({ resource: deployments, id: idOf(web({}, name)) });
  const done = { observedGeneration: 2, replicas: 1, updatedReplicas: 1, availableReplicas: 1 };
  const late = { observedGeneration: 2, conditions: [{ type: 'Progressing', reason: 'ProgressDeadlineExceeded', message: 'too slow' }] };
  const pod = (name: string, status?: object) => ({ metadata: { name }, status });
  const pulling = { containerStatuses: [{ name: 'c', state: { waiting: { reason: 'ErrImagePull' } } }] };

  test('what is ready is not waited for, and nothing is asked where there is nothing', async () => {
    const { client, asked } = clientOf({ [`${PATH}/web`]: web(done) });
    await waitUntilReady(client, [target()], 0);
    await waitUntilReady(client, [], 0);
    expect([asked.length, waits]).toEqual([1, []]);
  });

  test('what is ready is not asked for again while others are waited for', async () => {
    const { client, asked } = clientOf({ [`${PATH}/web`]: web(done), [`${PATH}/api`]: [web({}, 'api'), web({}, 'api'), web(done, 'api')] });
    await waitUntilReady(client, [target(), target('api')], 60_000);
    expect(asked.map(({ path }) => path.split('/').pop())).toEqual(['web', 'api', 'api', 'api']);
    expect(waits).toEqual([100, 150]);
  });

  test('it is asked often at first, then every three seconds, until the deadline and not beyond it', async () => {
    const { client } = clientOf({ [`${PATH}/web`]: web({}) });
    await expect(waitUntilReady(client, [target()], 60_000)).rejects.toThrow('Deployment shop/web is not ready: its controller has not seen it yet');
    expect(waits.slice(0, 4)).toEqual([100, 150, 225, 337.5]);
    expect([Math.max(...waits), waits.at(-1)]).toEqual([3000, 3000]);
    expect(now()).toBeLessThanOrEqual(60_000);
    expect(now()).toBeGreaterThan(57_000);
  });

  test('a wait may end at the deadline itself', async () => {
    const { client } = clientOf({ [`${PATH}/web`]: [web({}), web(done)] });
    await waitUntilReady(client, [target()], 100);
    expect(waits).toEqual([100]);
  });

  test('at the deadline everything that is missing is named, what is gone too', async () => {
    const { client } = clientOf({ [`${PATH}/web`]: web({}) });
    await expect(waitUntilReady(client, [target(), target('gone')], 0)).rejects.toThrow(
      /^Deployment shop\/web is not ready: its controller has not seen it yet; Deployment shop\/gone is not ready: it is gone$/);
    expect(waits).toEqual([]);
  });

  test('before the deadline nobody asks for pods', async () => {
    const { client, asked } = clientOf({ [`${PATH}/web`]: [web({}), web(done)], [PODS]: { items: [] } });
    await waitUntilReady(client, [target()], 60_000);
    expect(asked.map(({ path }) => path)).toEqual([`${PATH}/web`, `${PATH}/web`]);
  });

  test('what will never be ready ends the wait at once, with what its pods say', async () => {
    const { client, asked } = clientOf({ [`${PATH}/web`]: web(late), [PODS]: { items: [pod('web-1', pulling)] } });
    await expect(waitUntilReady(client, [target()], 60_000)).rejects.toThrow(
      'Deployment shop/web is not ready: too slow (pod web-1: container c is waiting: ErrImagePull)');
    expect(waits).toEqual([]);
    expect(asked[1]).toEqual({ method: 'GET', path: PODS, query: { limit: '50', labelSelector: 'app=web,tier=front' } });
  });

  test('at the deadline the pods have their say', async () => {
    const { client } = clientOf({ [`${PATH}/web`]: web({ observedGeneration: 2 }), [PODS]: { items: [pod('web-1', pulling)] } });
    await expect(waitUntilReady(client, [target()], 0)).rejects.toThrow('0 of 1 replicas updated (pod web-1: container c is waiting: ErrImagePull)');
  });

  const why = async (answers: Record<string, any>, given = web({ observedGeneration: 2 })) => whyNotReady(clientOf(answers).client, given);
  const NOT_READY = 'Deployment shop/web is not ready: 0 of 1 replicas updated';

  test('of what is ready nothing is said', async () => expect(await why({}, web(done))).toBeUndefined());

  test('of pods that serve, have ended or say nothing, nothing is said', async () => {
    const items = [
      pod('serves', { ...pulling, conditions: [{ type: 'Ready', status: 'True' }] }), pod('ended', { ...pulling, phase: 'Succeeded' }), pod('silent', {}), pod('new'),
      pod('web-1', pulling),
    ];
    expect(await why({ [PODS]: { items } })).toBe(`${NOT_READY} (pod web-1: container c is waiting: ErrImagePull)`);
  });

  test.each([[3, ''], [5, '; and 2 more pods']])('of %d pods three are told', async (count, more) => {
    const items = Array.from({ length: count }, (_, i) => pod(`web-${i}`, pulling));
    expect(await why({ [PODS]: { items } })).toBe(`${NOT_READY} (${[0, 1, 2].map(i => `pod web-${i}: container c is waiting: ErrImagePull`).join('; ')}${more})`);
  });

  test('a Deployment whose pods the server refuses says so by a condition', async () => {
    const given = web({ observedGeneration: 2, conditions: [{ type: 'ReplicaFailure', status: 'True', message: 'exceeded quota' }] });
    expect(await why({ [PODS]: { items: [] } }, given)).toBe(`${NOT_READY} (exceeded quota)`);
  });

  test('what has no pods says so by its last warning, and by no other', async () => {
    const event = (message: string, type = 'Warning', uid = 'u-1') => ({ type, message, involvedObject: { uid } });
    const items = [event('before'), event('denied by the webhook'), event('of another', 'Warning', 'u-2'), event('all well', 'Normal'), { type: 'Warning', message: 'of nothing' }];
    const { client, asked } = clientOf({ [EVENTS]: { items } });
    expect(await whyNotReady(client, web({ observedGeneration: 2 }))).toBe(`${NOT_READY} (denied by the webhook)`);
    expect(asked.at(-1)).toEqual({ method: 'GET', path: EVENTS, query: { limit: '500' } });
    expect(await why({ [EVENTS]: { items: items.slice(2) } })).toBe(NOT_READY);
    expect(await why({})).toBe(NOT_READY);
  });

  test('what selects no pods by labels has none to speak for it', async () => {
    const { client, asked } = clientOf({ [PODS]: { items: [pod('web-1', pulling)] } });
    for (const spec of [undefined, {}, { selector: {} }]) {
      expect(await whyNotReady(client, { ...web({ observedGeneration: 2 }), spec })).toBe(NOT_READY);
    }
    expect(asked).toEqual([]);
  });
});
