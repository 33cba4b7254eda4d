import { gunzipSync, gzipSync } from 'node:zlib';
import { loggedLines } from './logged-lines';
import { Answers, refusal, scriptedClient, timeByWaiting } from './scripted-client';
import { ApiResource } from '../../handlers/delivery/discovery';
import { Entry } from '../../handlers/delivery/inventory';
import { keyOf, KubeObject } from '../../handlers/delivery/objects';
import { Owner } from '../../handlers/delivery/owner';
import { remove, RemovalOptions, waitUntilGone, whatHolds } from '../../handlers/delivery/remove';

const owner = new Owner('prod', '123456789012/eu-central-1/shop', 'Chart');
const logs = loggedLines();
let time: ReturnType<typeof timeByWaiting>;
beforeEach(() => { time = timeByWaiting(); });

function entryOf(kind: string, name = 'x', more: Partial<Entry> = {}): Entry {
  return { group: GROUPS[kind] ?? '', version: 'v1', kind, namespace: NAMESPACED.includes(kind) ? 'shop' : '', name, uid: `uid-of-${name}`, ...more };
}
const GROUPS: Record<string, string> = { Deployment: 'apps', Widget: 'example.com', CustomResourceDefinition: 'apiextensions.k8s.io' };
const NAMESPACED = ['Deployment', 'Widget', 'ConfigMap', 'PersistentVolumeClaim'];

function pathOf({ group, kind, namespace, name }: Entry): string {
  return `${group ? `/apis/${group}/v1` : '/api/v1'}${namespace ? `/namespaces/${namespace}` : ''}/${kind.toLowerCase()}s/${name}`;
}

/** The object of an entry, as an owner has delivered it. */
function objectOf(entry: Entry, annotations: object = {}, of = owner): KubeObject {
  const { kind, name, namespace, group } = entry;
  return {
    apiVersion: group ? `${group}/v1` : 'v1',
    kind,
    metadata: { name, ...namespace ? { namespace } : {}, uid: entry.uid ?? `uid-of-${name}`, resourceVersion: '7', annotations: { 'eks-slipway/claim': `${of}:${keyOf(entry)}`, ...annotations } },
  };
}

const OPTIONS: RemovalOptions = { retain: false, undo: false };

/** What becomes of entries whose objects are there as they were delivered, until they are deleted. */
async function removal(entries: Entry[], options: Partial<RemovalOptions> = {}, answers: Answers = {}) {
  const gone = new Set<string>();
  const script = scriptedClient({
    ...Object.fromEntries(entries.flatMap(entry => [
      [`GET ${pathOf(entry)}`, () => gone.has(pathOf(entry)) ? undefined : objectOf(entry)],
      [`DELETE ${pathOf(entry)}`, () => { gone.add(pathOf(entry)); }],
    ])),
    ...answers,
  }, { deadline: 60_000 });
  const kept = await remove(script.client, owner, entries, { ...OPTIONS, ...options }).catch((error: Error) => error.message);
  const actions = script.writes().map(({ method, path, body }) => [method, path.split('/').pop(), (body as any)?.propagationPolicy].join(' ').trim());
  return { ...script, kept, actions };
}

describe('what holds an object', () => {
  const held = (...finalizers: string[]) => whatHolds({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'x', finalizers } });

  test.each([
    ['foregroundDeletion', 'its dependents are not gone yet'],
    ['kubernetes.io/pvc-protection', 'something still uses it: a pod or a claim'],
    ['kubernetes.io/pv-protection', 'something still uses it: a pod or a claim'],
    ['service.kubernetes.io/load-balancer-cleanup', 'the cloud controller of the cluster'],
    ['service.k8s.aws/resources', 'the AWS Load Balancer Controller'],
    ['elbv2.k8s.aws/resources', 'the AWS Load Balancer Controller'],
    ['ingress.k8s.aws/resources', 'the AWS Load Balancer Controller'],
    ['gateway.k8s.aws/alb', 'the AWS Load Balancer Controller'],
    ['group.ingress.k8s.aws/shared', 'the AWS Load Balancer Controller'],
    ['karpenter.sh/termination', 'Karpenter'],
    ['karpenter.k8s.aws/termination', 'Karpenter'],
    ['resources-finalizer.argocd.argoproj.io', 'Argo CD'],
    ['finalizer.acme.cert-manager.io', 'cert-manager'],
    ['customresourcecleanup.apiextensions.k8s.io', 'custom resources of the kind are not gone yet'],
    ['example.com/slow', 'to be removed by the controller of example.com'],
    ['example.com/foregroundDeletion', 'to be removed by the controller of example.com'],
    ['foregroundDeletions', 'to be removed by the controller of foregroundDeletions'],
    ['my.kubernetes.io/pvc-protection', 'to be removed by the controller of my.kubernetes.io'],
    ['kubernetes.io/pvc-protection-2', 'to be removed by the controller of kubernetes.io'],
    ['my.service.kubernetes.io/load-balancer-cleanup', 'to be removed by the controller of my.service.kubernetes.io'],
    ['service.kubernetes.io/load-balancer-cleanup-2', 'to be removed by the controller of service.kubernetes.io'],
    ['microservice.k8s.aws/resources', 'to be removed by the controller of microservice.k8s.aws'],
    ['not-karpenter.sh/termination', 'to be removed by the controller of not-karpenter.sh'],
  ])('%s: %s', (finalizer, text) => {
    expect(held(finalizer)).toBe(`finalizer "${finalizer}" (${text}). Is that controller still running? If it is gone for good, remove the finalizer by hand and delete again`);
  });

  test('is all of its finalizers', () => expect(held('karpenter.sh/a', 'example.com/b')).toMatch(/^finalizer "karpenter.sh\/a" \(Karpenter\), finalizer "example.com\/b" \(to be.*\)\. Is that/));

  test('without finalizers is what depends on it', () => {
    expect([held(), whatHolds({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'x' } })]).toEqual(Array(2).fill('its pods or other dependents still run'));
  });

  const namespace = (conditions?: object[], spec: object = {}, kind = 'Namespace') => ({ apiVersion: 'v1', kind, metadata: { name: 'x' }, spec, status: { conditions } });
  const conditions = [
    { type: 'NamespaceContentRemaining', status: 'True', message: 'Some resources are remaining: pods. has 1 resource instances' },
    { type: 'NamespaceDeletionDiscoveryFailure', status: 'False', message: 'All resources successfully discovered' },
    { type: 'NamespaceFinalizersRemaining', status: 'True' },
    { type: 'NamespaceFinalizersRemaining', status: 'True', message: 'Some content has finalizers' },
  ];

  test('of a namespace is what it says about what is in it', () => {
    expect(whatHolds(namespace(conditions))).toBe('its pods or other dependents still run; Some resources are remaining: pods. has 1 resource instances; Some content has finalizers');
    expect(whatHolds(namespace(conditions, { finalizers: ['kubernetes'] }))).toBe('finalizer "kubernetes" (to be removed by the controller of kubernetes) '
      + 'Some resources are remaining: pods. has 1 resource instances; Some content has finalizers. Is that controller still running? If it is gone for good, remove the finalizer by hand and delete again');
    expect(whatHolds(namespace(conditions, {}, 'Service'))).toBe('its pods or other dependents still run');
  });
});

describe('waiting for the end of an object', () => {
  const resource = new ApiResource('', 'v1', 'ConfigMap', 'configmaps', true);
  const entry = entryOf('ConfigMap');
  const PATH = `GET ${pathOf(entry)}`;
  const wait = (answer: unknown, deadline = 60_000) => waitUntilGone(scriptedClient({ [PATH]: answer }, { deadline }).client, resource, entry, 'uid-of-x');

  test('ends when it is gone, or when it is another', async () => {
    await wait(undefined);
    await wait(objectOf({ ...entry, uid: 'another' }));
    expect([time.waits, logs]).toEqual([[], Array(2).fill('gone ConfigMap shop/x')]);
  });

  test('looks often at first, then every two seconds, and says at the deadline what holds it', async () => {
    await expect(wait(objectOf(entry))).rejects.toThrow('ConfigMap shop/x is not gone in time: its pods or other dependents still run');
    expect(time.waits.slice(0, 3)).toEqual([100, 150, 225]);
    expect([Math.max(...time.waits), time.now() <= 60_000, time.now() > 58_000]).toEqual([2000, true, true]);
  });

  test('looks a last time at the deadline itself', async () => {
    const found = [objectOf(entry)];
    await wait(() => found.shift(), 100);
    expect(time.waits).toEqual([100]);
  });
});

describe('of what is to be removed', () => {
  test('nothing needs no question', async () => {
    const { kept, sent } = await removal([]);
    expect([kept, sent]).toEqual([[], []]);
  });

  test('what is gone already needs nothing', async () => {
    const { kept, actions } = await removal([entryOf('ConfigMap'), entryOf('Gnu')], {}, { [`GET ${pathOf(entryOf('ConfigMap'))}`]: undefined });
    expect([kept, actions]).toEqual([[], []]);
  });

  test('what owns nothing is gone at once, and others when what they own is', async () => {
    const { actions, sent } = await removal([entryOf('ConfigMap'), entryOf('Deployment', 'web')]);
    expect(actions).toEqual(['DELETE web Foreground', 'DELETE x Background']);
    // Its delete was answered with success: it was not there any more.
    expect(sent.filter(({ method, path }) => method === 'GET' && path.endsWith('/x')).length).toBe(1);
    expect(sent.find(({ method }) => method === 'DELETE')!.body).toMatchObject({ preconditions: { uid: 'uid-of-web', resourceVersion: '7' } });
    expect(logs).toEqual([expect.stringMatching(/^deleted Deployment shop\/web \d+ ms$/), expect.stringMatching(/^deleted ConfigMap shop\/x \d+ ms$/)]);
  });

  test('what goes slowly is waited for before the next is touched, all of it at the same time', async () => {
    const looks: string[] = [];
    const slowly = (name: string) => {
      let left = 3;
      return { [`GET ${pathOf(entryOf('Deployment', name))}`]: () => (looks.push(name), left-- > 0 ? objectOf(entryOf('Deployment', name)) : undefined), [`DELETE ${pathOf(entryOf('Deployment', name))}`]: objectOf(entryOf('Deployment', name)) };
    };
    const { actions } = await removal([entryOf('ConfigMap'), entryOf('Deployment', 'a'), entryOf('Deployment', 'b')], {}, { ...slowly('a'), ...slowly('b') });
    expect(actions).toEqual(['DELETE a Foreground', 'DELETE b Foreground', 'DELETE x Background']);
    expect(looks).toEqual(['a', 'b', 'a', 'b', 'a', 'b', 'a', 'b']);
    expect(logs.slice(2, 4)).toEqual(['gone Deployment shop/a', 'gone Deployment shop/b']);
  });

  test('an undo does not wait for dependents of what goes with its definition', async () => {
    const entries = [entryOf('CustomResourceDefinition', 'widgets.example.com'), entryOf('Widget'), entryOf('Deployment', 'web')];
    const definition = { [`GET ${pathOf(entries[0])}`]: { ...objectOf(entries[0]), spec: { group: 'example.com', names: { kind: 'Widget', plural: 'widgets' }, scope: 'Namespaced', versions: [{ name: 'v1', served: true }] } } };
    const actions = async (undo: boolean, among = entries) => (await removal(among, { undo }, { ...definition, [`DELETE ${pathOf(entries[0])}`]: { kind: 'Status', status: 'Success' } })).actions;
    expect(await actions(true)).toEqual(['DELETE x Background', 'DELETE web Foreground', 'DELETE widgets.example.com Foreground']);
    expect((await actions(false))[0]).toBe('DELETE x Foreground');
    expect((await actions(true, [entries[1], entryOf('ConfigMap', 'widgets.example.com')]))[0]).toBe('DELETE x Foreground');
    expect((await actions(true, [entries[1], entryOf('CustomResourceDefinition', 'gnus.not-example.com')]))[0]).toBe('DELETE x Foreground');
  });

  test.each<[string, Entry, Partial<RemovalOptions>, KubeObject]>([
    ['is another\'s', entryOf('ConfigMap'), {}, objectOf(entryOf('ConfigMap'), {}, owner.siblingCalled('Other'))],
    ['was made anew', entryOf('ConfigMap', 'x', { uid: 'before' }), {}, objectOf(entryOf('ConfigMap'))],
    ['bears another name of the same thing now', entryOf('ConfigMap'), { keepUids: new Set(['uid-of-x']) }, objectOf(entryOf('ConfigMap'))],
  ])('what %s is left alone', async (_title, entry, options, object) => {
    const { kept, actions } = await removal([entry], options, { [`GET ${pathOf(entry)}`]: object });
    expect([kept, actions, logs]).toEqual([[], [], ['left alone ConfigMap shop/x: it is not ours any more']]);
  });

  test('what was recorded without an identity, and what others keep, is removed', async () => {
    expect((await removal([entryOf('ConfigMap', 'x', { uid: undefined })], { keepUids: new Set(['other']) })).actions).toEqual(['DELETE x Background']);
  });

  test('what may not be deleted is an error that names it', async () => {
    expect((await removal([entryOf('ConfigMap')], {}, { [`DELETE ${pathOf(entryOf('ConfigMap'))}`]: refusal(403, 'not allowed') })).kept).toBe('ConfigMap shop/x cannot be deleted: not allowed');
  });
});

describe('what has changed since it was looked at', () => {
  const entry = entryOf('ConfigMap');
  const [GET, DELETE] = [`GET ${pathOf(entry)}`, `DELETE ${pathOf(entry)}`];
  const changed = refusal(409, 'Precondition failed: ResourceVersion in precondition: 7, ResourceVersion in object meta: 8');
  const newer = { ...objectOf(entry), metadata: { ...objectOf(entry).metadata, resourceVersion: '8' } };

  test('is deleted as it is now, if it is ours still', async () => {
    const { kept, writes, sent } = await removal([entry], {}, { [GET]: [objectOf(entry), newer, undefined], [DELETE]: [changed, { kind: 'Status', status: 'Success' }] });
    expect(kept).toEqual([]);
    expect(sent.filter(({ method, path }) => method === 'GET' && path === pathOf(entry)).map(({ accept }) => accept)).toEqual(Array(2).fill(expect.stringContaining('PartialObjectMetadata')));
    expect(writes().map(({ body }) => (body as any).preconditions)).toEqual([{ uid: 'uid-of-x', resourceVersion: '7' }, { uid: 'uid-of-x', resourceVersion: '8' }]);
  });

  test.each<[string, KubeObject | undefined]>([
    ['is gone', undefined], ['is another one', objectOf({ ...entry, uid: 'another' })], ['is somebody else\'s', objectOf(entry, {}, owner.siblingCalled('Other'))],
  ])('stays if it %s by now', async (_title, now) => {
    const { kept, actions } = await removal([entry], {}, { [GET]: [objectOf(entry), now], [DELETE]: changed });
    expect([kept, actions]).toEqual([[], ['DELETE x Background']]);
  });
});

describe('what is kept', () => {
  /** What is said of an object, and whether it was deleted. */
  async function fate(kind: string, annotations: object, options: Partial<RemovalOptions> = {}, answers: Answers = {}, name = 'x'): Promise<string> {
    const entry = entryOf(kind, name);
    const object = objectOf(entry, annotations);
    let looks = 0;
    const { kept, writes } = await removal([entry], options, { [`GET ${pathOf(entry)}`]: () => looks++ === 0 ? object : undefined, ...answers });
    if (writes()[0]?.method === 'DELETE') {
      expect(kept).toEqual([]);
      return 'deleted';
    }
    expect(writes().map(({ method, contentType, body }) => [method, contentType, body])).toEqual([['PATCH', 'application/merge-patch+json', {
      metadata: { uid: `uid-of-${name}`, annotations: { 'eks-slipway/claim': null, 'eks-slipway/retained': `${owner}:${keyOf(entry)}` } },
    }]]);
    expect(logs.at(-1)).toMatch(/^released /);
    return (kept as string[]).join().replace(/^\w+ (shop\/)?x \((.*)\)$/, '$2');
  }

  const RETAIN = { 'eks-slipway/on-delete': 'retain' };
  const DELETE = { 'eks-slipway/on-delete': 'delete' };
  const volumes = { 'GET /api/v1/namespaces/x/persistentvolumeclaims': { items: [{ metadata: { name: 'data' } }] } };
  const neighbour = new Owner('prod', '123456789012/eu-central-1/guests', 'Guest');
  const guests = {
    'GET /api/v1/namespaces/kube-system/configmaps': {
      items: [{
        metadata: { name: 'i', labels: { 'eks-slipway/owner': neighbour.hash }, annotations: { 'eks-slipway/inventory-of': neighbour.toString() } },
        data: { objects: JSON.stringify([entryOf('ConfigMap', 'theirs', { namespace: 'x' })]) },
      }],
    },
  };
  const DATA = 'it holds data: annotate it eks-slipway/on-delete: delete to have it removed';
  const DELIVERS = '"Guest" of stack guests (account 123456789012, eu-central-1, cluster prod) delivers into it';

  test.each<[string, object, Partial<RemovalOptions>, Answers, string]>([
    ['ConfigMap', {}, {}, {}, 'deleted'],
    ['ConfigMap', RETAIN, {}, {}, 'eks-slipway/on-delete is "retain"'],
    ['ConfigMap', DELETE, { retain: true }, {}, 'deleted'],
    ['ConfigMap', {}, { retain: true }, {}, 'this chart retains its objects'],
    ['ConfigMap', RETAIN, { undo: true }, {}, 'deleted'],
    ['ConfigMap', {}, { undo: true, retain: true }, {}, 'deleted'],
    ['ConfigMap', { 'eks-slipway/on-delete': 'other' }, { retain: true }, {}, 'this chart retains its objects'],
    ['PersistentVolumeClaim', {}, {}, {}, DATA],
    ['PersistentVolumeClaim', DELETE, {}, {}, 'deleted'],
    ['PersistentVolumeClaim', {}, { undo: true }, {}, 'deleted'],
    ['PersistentVolume', {}, {}, {}, DATA],
    ['Namespace', {}, {}, {}, 'deleted'],
    ['Namespace', {}, {}, volumes, 'it holds PersistentVolumeClaims: annotate it eks-slipway/on-delete: delete to have it removed with them'],
    ['Namespace', DELETE, {}, volumes, 'deleted'],
    ['Namespace', {}, { undo: true }, volumes, 'deleted'],
    ['Namespace', {}, {}, guests, DELIVERS],
    ['Namespace', {}, { undo: true }, guests, DELIVERS],
    ['Namespace', DELETE, {}, guests, 'deleted'],
    ['ConfigMap', {}, {}, guests, 'deleted'],
    ['ConfigMap', {}, {}, volumes, 'deleted'],
  ])('%s, annotated %j, with %j', async (kind, annotations, options, answers, expected) => expect(await fate(kind, annotations, options, answers)).toBe(expected));

  test.each(['default', 'kube-system', 'kube-public', 'kube-node-lease'])('namespace "%s", whatever is said', async name => {
    expect(await fate('Namespace', DELETE, {}, {}, name)).toBe(`Namespace ${name} (it belongs to Kubernetes)`);
    const configMap = await removal([entryOf('ConfigMap', name)]);
    expect(configMap.actions).toEqual([`DELETE ${name} Background`]);
  });

  test('a namespace asks for one claim, and for its name only', async () => {
    const { sent } = await removal([entryOf('Namespace')]);
    expect(sent.find(({ path }) => path.endsWith('/x/persistentvolumeclaims'))).toMatchObject({ query: { limit: '1' }, accept: expect.stringContaining('PartialObjectMetadataList') });
  });

  describe('of definitions', () => {
    const CRD = entryOf('CustomResourceDefinition', 'widgets.example.com');
    const spec = (versions: object[], scope = 'Namespaced') => ({ group: 'example.com', names: { kind: 'Widget', plural: 'widgets' }, scope, versions });
    const v1 = [{ name: 'v0', served: false, storage: true }, { name: 'v1', served: true }];
    const theirs = ['a', 'b'].map(name => ({ apiVersion: 'meta.k8s.io/v1', kind: 'PartialObjectMetadata', metadata: { name, namespace: 'shop' } }));
    const left = (answers: Answers = {}, more: object = spec(v1), annotations: object = {}, options: Partial<RemovalOptions> = {}) => {
      const found = [{ ...objectOf(CRD, annotations), spec: more }, { ...objectOf(CRD, annotations), spec: more }];
      return fateOf(options, { [`GET ${pathOf(CRD)}`]: () => found.shift(), ...answers });
    };
    const fateOf = async (options: Partial<RemovalOptions>, answers: Answers) => {
      const { kept, actions } = await removal([CRD], options, answers);
      return kept.length > 0 ? [kept].flat().join() : actions.join().split(' ')[0];
    };
    const OBJECTS = { 'GET /apis/example.com/v1/widgets': { items: theirs } };
    const LEFT = 'CustomResourceDefinition widgets.example.com (objects of this kind are left that would go with it: Widget shop/a, Widget shop/b)';

    test('those that others have objects of, in any version that is served; an undo and an annotation change nothing in that', async () => {
      expect(await left()).toBe('DELETE');
      expect(await left(OBJECTS)).toBe(LEFT);
      expect(await left(OBJECTS, spec(v1), {}, { undo: true })).toBe(LEFT);
      expect(await left(OBJECTS, spec(v1), DELETE)).toBe(LEFT);
      expect(await left(OBJECTS, spec(v1), RETAIN, { undo: true })).toBe(LEFT);
      expect(await left({ 'GET /apis/example.com/v1/widgets': { items: theirs.map(({ metadata: { name }, ...o }) => ({ ...o, metadata: { name } })) } }, spec(v1, 'Cluster'))).toMatch(/: Widget a, Widget b\)$/);
    });

    test('as a few of the objects show, by their names', async () => {
      const found = { ...objectOf(CRD), spec: spec(v1) };
      const { sent } = await removal([CRD], {}, { [`GET ${pathOf(CRD)}`]: found, ...OBJECTS });
      expect(sent.find(({ path }) => path === '/apis/example.com/v1/widgets')).toMatchObject({ query: { limit: '3' }, accept: expect.stringContaining('PartialObjectMetadataList') });
    });

    test('those that are retained, whether there are objects or not', async () => {
      expect(await left({}, spec(v1), RETAIN)).toBe('CustomResourceDefinition widgets.example.com (eks-slipway/on-delete is "retain")');
      expect(await left(OBJECTS, spec(v1), {}, { retain: true })).toBe('CustomResourceDefinition widgets.example.com (this chart retains its objects)');
    });

    test('those of which no version is served, but in an undo', async () => {
      const none = spec([{ name: 'v1', served: false }]);
      expect(await left({}, none)).toBe('CustomResourceDefinition widgets.example.com (none of its versions is served, so that nobody can see whether objects of it are left)');
      expect(await left({}, none, {}, { undo: true })).toBe('DELETE');
    });

    test('not those that are gone meanwhile', async () => {
      expect(await fateOf({}, { [`GET ${pathOf(CRD)}`]: [objectOf(CRD), undefined] })).toBe('DELETE');
    });
  });
});

describe('what was there before', () => {
  const entry = entryOf('ConfigMap', 'x', { adopted: true });

  test('is put back as it was', async () => {
    const before: KubeObject = { ...objectOf(entry), data: { v: 'theirs' }, metadata: { name: 'x', namespace: 'shop', uid: 'uid-of-x', resourceVersion: '3', managedFields: [{ manager: 'm' }] } };
    const { kept, writes } = await removal([entry], { undo: true, originals: new Map([[keyOf(entry), before]]) });
    expect(kept).toEqual([]);
    expect(writes()).toEqual([expect.objectContaining({
      method: 'PUT', path: pathOf(entry), body: { ...before, metadata: { name: 'x', namespace: 'shop', uid: 'uid-of-x', resourceVersion: '7' } },
    })]);
    expect(logs).toEqual([expect.stringMatching(/^restored ConfigMap shop\/x \d+ ms$/)]);
  });

  test('is at least nobody\'s any more where nobody remembers', async () => {
    for (const originals of [undefined, new Map<string, KubeObject>()]) {
      const { writes } = await removal([entry], { undo: true, originals });
      expect(writes()).toEqual([expect.objectContaining({ method: 'PATCH', body: { metadata: { uid: 'uid-of-x', annotations: { 'eks-slipway/claim': null } } } })]);
      expect(logs.at(-1)).toMatch(/^released ConfigMap shop\/x \d+ ms$/);
    }
  });
});

describe('what another of the same stack wants', () => {
  const heir = owner.siblingCalled('Heir');
  const another = owner.siblingCalled('Another');
  const LISTS = 'GET /api/v1/namespaces/kube-system/configmaps';
  const SECRETS = '/api/v1/namespaces/kube-system/secrets';
  const listing = (of: Owner, ...entries: Entry[]) => ({
    metadata: { name: of.hash, labels: { 'eks-slipway/owner': of.hash }, annotations: { 'eks-slipway/inventory-of': of.toString() } },
    data: { objects: JSON.stringify(entries) },
  });
  const lists = (...items: object[]) => ({ [LISTS]: { items } });
  const [a, b, c] = ['a', 'b', 'c'].map(name => entryOf('ConfigMap', name));
  /** What was kept of objects when they were taken from an heir. */
  const before = (from: Owner, ...objects: KubeObject[]) => ({
    [`GET ${SECRETS}/eks-slipway-${owner.hash}-${from.hash}`]: { data: { objects: gzipSync(JSON.stringify(objects)).toString('base64') } },
  });
  const types = (writes: { path: string; contentType?: string }[]) => writes.map(({ path, contentType }) => `${path.split('/').pop()} ${contentType?.split('/')[1] ?? ''}`.trim());
  const PASSED = 'json-patch+json';
  const GIVEN = 'apply-patch+yaml';

  test('is passed on as it is, and not deleted, kept or waited for', async () => {
    const { kept, writes } = await removal([a, b], {}, lists(listing(heir, a)));
    expect(kept).toEqual([]);
    expect(types(writes()).sort()).toEqual([`a ${PASSED}`, 'b']);
    expect(writes().find(({ path }) => path === pathOf(a))!.query).toEqual({ fieldManager: heir.fieldManager });
  });

  test('is passed on by its identity, also where that was not recorded', async () => {
    const unknown = { ...a, uid: undefined };
    expect(types((await removal([unknown], {}, { ...lists(listing(heir, a)), [`GET ${pathOf(a)}`]: objectOf(a) })).writes())).toEqual([`a ${PASSED}`]);
    expect(types((await removal([a], {}, lists(listing(heir, { ...a, uid: 'another' })))).writes())).toEqual(['a']);
  });

  test('goes back as it was to whom it was taken from, and nothing is remembered of it then', async () => {
    const [was, stays] = [a, c].map(entry => ({ ...objectOf(entry, {}, heir), data: { v: 'before' } }));
    const remembers = { ...before(heir, was, stays, objectOf(b)), ...before(another, objectOf(b)) };
    const { writes } = await removal([a, b], {}, { ...lists(listing(heir, a), listing(another, b)), ...remembers });
    expect(types(writes()).slice(0, 2).sort()).toEqual([`a ${GIVEN}`, `b ${GIVEN}`]);
    expect(writes().find(({ path }) => path === pathOf(a))!.body).toMatchObject({ data: { v: 'before' } });
    const remembered = writes().slice(2);
    expect(remembered.map(({ method, path }) => `${method} ${path}`)).toEqual([
      `PATCH ${SECRETS}/eks-slipway-${owner.hash}-${heir.hash}`, `DELETE ${SECRETS}/eks-slipway-${owner.hash}-${another.hash}`,
    ]);
    expect(JSON.parse(gunzipSync(Buffer.from((remembered[0].body as KubeObject).data.objects, 'base64')).toString('utf8'))).toEqual([stays, objectOf(b)]);
  });

  test('is remembered once for all that goes to the same', async () => {
    const { sent } = await removal([a, b], {}, lists(listing(heir, a, b)));
    expect(sent.filter(({ path }) => path.startsWith(SECRETS)).length).toBe(1);
  });

  test('goes back in an undo though nobody lists it, and only then', async () => {
    const from = { ...a, from: 'Heir' };
    const undone = await removal([from], { undo: true });
    expect(types(undone.writes())).toEqual([`a ${PASSED}`]);
    expect(undone.writes()[0].query).toEqual({ fieldManager: heir.fieldManager });
    // Nobody looks whether the heir is there still.
    expect(undone.sent.filter(({ method, path }) => `${method} ${path}` === LISTS).length).toBe(1);
    expect(types((await removal([from])).writes())).toEqual(['a']);
    expect(types((await removal([a], { undo: true })).writes())).toEqual(['a']);
  });

  test('is removed in its place where it was deleted meanwhile, and all else it has been given stays', async () => {
    const given = (entry: Entry) => {
      let found: KubeObject | undefined = objectOf(entry);
      return {
        [`GET ${pathOf(entry)}`]: () => found,
        [`PATCH ${pathOf(entry)}`]: () => (found = objectOf(entry, {}, heir)),
        [`DELETE ${pathOf(entry)}`]: () => { found = undefined; },
      };
    };
    const answers = { ...given(a), ...given(b) };
    const gone = await removal([a, b], {}, { ...answers, [LISTS]: [{ items: [listing(heir, a, b)] }, { items: [listing(heir, b)] }] });
    expect([gone.kept, types(gone.writes())]).toEqual([[], [`a ${PASSED}`, `b ${PASSED}`, 'a']]);
    const undone = await removal([a], { undo: true }, { ...given(a), [LISTS]: [{ items: [listing(heir, a)] }, { items: [] }] });
    expect(types(undone.writes())).toEqual([`a ${PASSED}`, 'a']);
    const retained = await removal([a], { retain: true }, { ...given(a), [LISTS]: [{ items: [listing(heir, a)] }, { items: [] }] });
    expect(retained.kept).toEqual(['ConfigMap shop/a (this chart retains its objects)']);
  });
});
