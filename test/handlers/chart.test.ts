import { gunzipSync } from 'node:zlib';
import { loggedLines } from './logged-lines';
import { Answers, refusal, scriptedClient, timeByWaiting } from './scripted-client';
import { deliver, ObjectSet, withdraw } from '../../handlers/delivery/chart';
import { CloudFormationEvent } from '../../handlers/delivery/events';
import { Entry } from '../../handlers/delivery/inventory';
import { KubeClientOptions } from '../../handlers/delivery/kube-client';
import { idOf, keyOf, KubeObject } from '../../handlers/delivery/objects';
import { Owner } from '../../handlers/delivery/owner';

const owner = new Owner('prod', '123456789012/eu-central-1/shop', 'Chart');
const LISTS = '/api/v1/namespaces/kube-system/configmaps';
const INVENTORY = `${LISTS}/eks-slipway-${owner.hash}`;
const logs = loggedLines();
let time: ReturnType<typeof timeByWaiting>;
beforeEach(() => { time = timeByWaiting(); });

const configMap = (name = 'a', metadata: object = {}, data: object = {}): KubeObject => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'shop', ...metadata }, data });
const web = (spec: object = {}, metadata: object = {}): KubeObject => ({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', namespace: 'shop', ...metadata }, spec });
const PATH = '/api/v1/namespaces/shop/configmaps/a';
const WEB = '/apis/apps/v1/namespaces/shop/deployments/web';

/** As the cluster has it, made by somebody. */
function there(object: KubeObject, annotations: Record<string, string> = {}, more: object = {}): KubeObject {
  return { ...object, metadata: { ...object.metadata, uid: 'u', resourceVersion: '7', annotations, ...more } };
}
const claim = (object: KubeObject, of = owner) => ({ 'eks-slipway/claim': `${of}:${keyOf(idOf(object))}` });
const ours = (object: KubeObject) => there(object, claim(object));

function inventory(entries: Entry[], state = 'settled', requests = ['r-0']) {
  return { [`GET ${INVENTORY}`]: { metadata: { name: 'i' }, data: { objects: JSON.stringify(entries), requests: JSON.stringify(requests), state } } };
}
const entry = (object: KubeObject, more: Partial<Entry> = {}): Entry => ({ ...idOf(object), version: 'v1', uid: 'u', ...more });

interface Given {
  readonly type?: string;
  readonly set?: Partial<ObjectSet>;
  readonly options?: Partial<KubeClientOptions>;
  readonly previous?: KubeObject[];
}

/** What comes of a request to deliver these objects. */
async function delivery(objects: KubeObject[], answers: Answers = {}, { type = 'Create', set = {}, options = {}, previous = [] }: Given = {}) {
  const script = scriptedClient(answers, { deadline: 600_000, ...options });
  const event = { RequestType: type, RequestId: 'r-1' } as CloudFormationEvent;
  const request = { event, client: script.client, owner, deadline: 600_000, lastMoment: 660_000 };
  const { note, reason } = await deliver(
    request, { objects, adopt: false, retain: false, wait: false, validation: 'Strict', ...set }, async () => previous,
  ).then(({ note: text }) => ({ note: text, reason: undefined }), (error: Error) => ({ note: undefined, reason: error.message }));
  /** What was written but for the books. */
  const effects = script.writes().filter(({ path }) => !path.startsWith('/api/v1/namespaces/kube-system/'));
  const books = script.writes().filter(({ method, path }) => method === 'PATCH' && path === INVENTORY).map(({ body }) => (body as KubeObject).data);
  return { ...script, note, reason, effects, actions: effects.map(({ method, path }) => `${method} ${path.split('/').pop()}`), books };
}

describe('an object', () => {
  test('is written as it was given, with a claim, and with nothing that only the server may say', async () => {
    const given = configMap('a', {
      uid: 'x', resourceVersion: '1', generation: 2, creationTimestamp: 't', managedFields: [], selfLink: '/x', labels: { app: 'shop' },
      annotations: { 'note': 'n', 'eks-slipway/retained': 'before', 'eks-slipway/claim': 'another\'s' },
    }, { v: '1' });
    const { effects, note } = await delivery([{ ...given, status: { phase: 'Bound' } }]);
    expect(note).toBeUndefined();
    expect(effects).toEqual([expect.objectContaining({
      method: 'PATCH', path: PATH, query: { fieldManager: 'the-client', force: 'false', fieldValidation: 'Strict' },
      body: {
        apiVersion: 'v1', kind: 'ConfigMap', data: { v: '1' },
        metadata: { name: 'a', namespace: 'shop', labels: { app: 'shop' }, annotations: { note: 'n', ...claim(configMap()) } },
      },
    })]);
    expect(logs).toEqual([expect.stringMatching(/^applied ConfigMap shop\/a \d+ ms$/)]);
  });

  test('that is ours is written to this very one, whatever others have set', async () => {
    const { effects, sent } = await delivery([configMap()], { [`GET ${PATH}`]: ours(configMap()) });
    // What it holds is asked for only where it may have to be put back.
    expect(sent.filter(({ method, path }) => method === 'GET' && path === PATH).map(({ accept = 'whole' }) => accept)).toEqual([expect.stringContaining('PartialObjectMetadata')]);
    expect(effects[0].query).toMatchObject({ force: 'true' });
    expect((effects[0].body as KubeObject).metadata.uid).toBe('u');
  });

  test('without a namespace is in "default", and one that lies in none has none', async () => {
    const nowhere = { ...configMap(), metadata: { name: 'a' } };
    const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', namespace: 'shop' } };
    expect((await delivery([nowhere, namespace])).effects.map(({ path }) => path)).toEqual(['/api/v1/namespaces/shop', '/api/v1/namespaces/default/configmaps/a']);
  });

  test('of a kind that is new here is where its definition says', async () => {
    const definition = (scope: string) => ({
      apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', metadata: { name: 'gnus.example.org' }, spec: { group: 'example.org', names: { kind: 'Gnu' }, scope },
    });
    const established = { status: { conditions: [{ type: 'Established', status: 'True' }] } };
    const gnu = () => ({ apiVersion: 'example.org/v1', kind: 'Gnu', metadata: { name: 'g' } });
    const place = async (scope: string, namespaced: boolean) => {
      const path = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions/gnus.example.org';
      let isMade = false;
      const { effects, reason } = await delivery([{ ...gnu(), metadata: { name: 'g', ...namespaced ? {} : { namespace: 'shop' } } }, definition(scope)], {
        [`GET ${path}`]: () => isMade ? { ...definition(scope), ...established } : undefined,
        [`PATCH ${path}`]: () => { isMade = true; },
        'GET /apis/example.org/v1': () => isMade ? { resources: [{ kind: 'Gnu', name: 'gnus', namespaced }] } : undefined,
      });
      expect(reason).toBeUndefined();
      const { path: at, body } = effects.at(-1)!;
      return [at, (body as KubeObject).metadata.namespace, (body as KubeObject).metadata.annotations!['eks-slipway/claim'].replace(/.*:/, '')];
    };
    expect(await place('Namespaced', true)).toEqual(['/apis/example.org/v1/namespaces/default/gnus/g', 'default', 'example.org/Gnu/default/g']);
    expect(await place('Cluster', false)).toEqual(['/apis/example.org/v1/gnus/g', undefined, 'example.org/Gnu//g']);
  });

  test('that lies in no namespace bears none', async () => {
    const { effects } = await delivery([{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', namespace: 'shop' } }]);
    expect((effects[0].body as KubeObject).metadata).toEqual({ name: 'shop', annotations: { 'eks-slipway/claim': `${owner}:core/Namespace//shop` } });
  });

  test('of a kind is where the server says, whatever is said of the kind by what is no definition of it', async () => {
    const like = { apiVersion: 'example.com/v1', kind: 'Widget', metadata: { name: 'w' }, spec: { group: 'apps', names: { kind: 'Deployment' }, scope: 'Cluster' } };
    expect((await delivery([like, { ...web(), metadata: { name: 'web' } }])).effects.map(({ path }) => path)).toContain('/apis/apps/v1/namespaces/default/deployments/web');
  });

  test('is written when its definition is established, and not before', async () => {
    const definition = { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', metadata: { name: 'widgets.example.com' }, spec: { group: 'example.com', names: { kind: 'Widget' }, scope: 'Namespaced' } };
    const path = 'GET /apis/apiextensions.k8s.io/v1/customresourcedefinitions/widgets.example.com';
    const established = { ...definition, status: { conditions: [{ type: 'Established', status: 'True' }] } };
    const { sent, actions } = await delivery([{ apiVersion: 'example.com/v1', kind: 'Widget', metadata: { name: 'w' } }, definition], { [path]: [undefined, definition, definition, established] });
    expect(actions).toEqual(['PATCH widgets.example.com', 'PATCH w']);
    expect(sent.filter(({ method, path: at }) => `${method} ${at}` === path).length).toBe(4);
  });

  test('that defines a kind and says nothing is left to the server to refuse', async () => {
    const path = 'PATCH /apis/apiextensions.k8s.io/v1/customresourcedefinitions/x';
    for (const spec of [undefined, {}]) {
      const definition = { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', metadata: { name: 'x' }, spec };
      expect((await delivery([definition], { [path]: refusal(422, 'spec: Required value') })).reason).toBe('CustomResourceDefinition x: spec: Required value');
    }
  });

  test('is written beside others of its stage, but custom resources one after the other', async () => {
    let [now, most] = [0, 0];
    const slowly = async () => {
      most = Math.max(most, ++now);
      await new Promise(resolve => setImmediate(resolve));
      now--;
    };
    const together = async (...objects: KubeObject[]) => {
      [now, most] = [0, 0];
      await delivery(objects, Object.fromEntries(objects.map(({ kind, metadata: { name } }) =>
        [`PATCH ${kind === 'Widget' ? '/apis/example.com' : '/api'}/v1/namespaces/shop/${kind.toLowerCase()}s/${name}`, slowly])));
      return most;
    };
    const widget = (name: string) => ({ ...configMap(name), apiVersion: 'example.com/v1', kind: 'Widget' });
    expect([await together(configMap('a'), configMap('b')), await together(widget('a'), widget('b'))]).toEqual([2, 1]);
  });

  test('that has no readiness is not asked for again', async () => {
    const { sent } = await delivery([configMap()], {}, { set: { wait: true } });
    expect(sent.filter(({ method, path }) => method === 'GET' && path === PATH).length).toBe(1);
  });

  test('that is in the set twice is refused, also under two names of its namespace', async () => {
    expect(await delivery([configMap('a', { namespace: 'default' }), configMap('a', { namespace: undefined })])).toMatchObject({ reason: 'ConfigMap default/a is in the manifest twice', actions: [] });
  });

  test('of a kind that is just being made is waited for half a minute', async () => {
    let looks = 0;
    const served = () => ++looks > 6 ? { resources: [{ kind: 'Gnu', name: 'gnus', namespaced: true }] } : undefined;
    const gnu = () => ({ apiVersion: 'example.org/v1', kind: 'Gnu', metadata: { name: 'g' } });
    expect((await delivery([gnu()], { 'GET /apis/example.org/v1': served }, { options: { patience: 150_000 } })).actions).toEqual(['PATCH g']);
    expect(new Set(time.waits)).toEqual(new Set([500]));
    const { reason } = await delivery([gnu()], {}, { options: { patience: 150_000 } });
    expect(reason).toBe('Gnu default/g: the cluster knows no kind "Gnu" in "example.org/v1". Deliver its CustomResourceDefinition first, or correct the apiVersion'.replace('default/', ''));
    expect([time.now() >= 30_000, time.now() < 34_000]).toEqual([true, true]);
  });

  test.each([[10_000, 600_000, 10_000], [150_000, 20_000, 20_000]])('of an unknown kind is waited for no longer than what passes by itself may take (%d), and no longer than there is (%d)', async (patience, deadline, most) => {
    await delivery([{ apiVersion: 'example.org/v1', kind: 'Gnu', metadata: { name: 'g' } }], {}, { options: { patience, deadline } });
    expect(time.now()).toBe(most);
  });

  test('of a version that is not served is told which one is', async () => {
    const { reason } = await delivery([{ apiVersion: 'apps/v1beta1', kind: 'Deployment', metadata: { name: 'd', namespace: 'shop' } }], { 'GET /apis/apps': { versions: [{ version: 'v1' }] } });
    expect(reason).toBe('Deployment shop/d: the cluster knows no kind "Deployment" in "apps/v1beta1". It serves "apps/v1": write the object in that version');
  });

  test('that goes is waited for, and made anew', async () => {
    const going = there(configMap(), claim(configMap()), { deletionTimestamp: 't' });
    const { effects, sent } = await delivery([configMap()], { [`GET ${PATH}`]: [going, going, going, undefined] });
    expect([effects.length, effects[0].query!.force, (effects[0].body as KubeObject).metadata.uid]).toEqual([1, 'false', undefined]);
    expect(sent.filter(({ method, path }) => method === 'GET' && path === PATH).length).toBe(4);
  });
});

describe('replicas', () => {
  const fields = { 'f:spec': { 'f:replicas': {} } };
  const written = async (managedFields: object[] | undefined) => {
    const { effects } = await delivery([web({ replicas: 1, paused: true })], { [`GET ${WEB}`]: there(web(), claim(web()), { managedFields }) });
    return (effects[0].body as KubeObject).spec;
  };
  test('are left to an autoscaler', async () => {
    for (const manager of ['horizontal-pod-autoscaler', 'not-kubectl']) {
      expect(await written([{ manager: 'other' }, { manager, subresource: 'scale', fieldsV1: fields }])).toEqual({ paused: true });
    }
  });

  test.each<[string, object[] | undefined]>([
    ['a person', [{ manager: 'kubectl', subresource: 'scale', fieldsV1: fields }]],
    ['a person with a client of another name', [{ manager: 'kubectl-scale', subresource: 'scale', fieldsV1: fields }]],
    ['who has written to the object itself', [{ manager: 'my-kubectl', fieldsV1: fields }]],
    ['who has scaled nothing', [{ manager: 'm', subresource: 'scale', fieldsV1: { 'f:spec': {} } }, { manager: 'm', subresource: 'scale', fieldsV1: {} }, { manager: 'm', subresource: 'scale' }]],
    ['nobody', undefined],
  ])('are not left to %s', async (_title, managedFields) => expect(await written(managedFields)).toEqual({ replicas: 1, paused: true }));

  test('of something without a spec are none', async () => {
    const managedFields = [{ manager: 'hpa', subresource: 'scale', fieldsV1: fields }];
    const { effects } = await delivery([{ ...web(), spec: undefined }], { [`GET ${WEB}`]: there(web(), claim(web()), { managedFields }) });
    expect((effects[0].body as KubeObject).spec).toBeUndefined();
  });
});

describe('a Secret', () => {
  const secret = (more: object): KubeObject => ({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 's', namespace: 'shop' }, ...more });
  const written = async (more: object) => {
    const { effects } = await delivery([secret(more)]);
    const { data, stringData } = effects[0].body as KubeObject;
    return { data, stringData };
  };
  test('has its text written as data, which wins over data of the same key', async () => {
    expect(await written({ data: { raw: 'eA==', both: 'eA==' }, stringData: { text: 'me', both: 'y' } })).toEqual({ data: { raw: 'eA==', text: 'bWU=', both: 'eQ==' } });
    expect(await written({ stringData: { text: 'me' } })).toEqual({ data: { text: 'bWU=' } });
    expect(await written({ data: { raw: 'eA==' } })).toEqual({ data: { raw: 'eA==' } });
  });

  test('with something else among its text is left to the server to refuse', async () => {
    expect(await written({ stringData: { text: 'me', number: 1 } })).toEqual({ stringData: { text: 'me', number: 1 } });
  });
});

describe('an object that exists', () => {
  const adopt = { set: { adopt: true } };
  const refused = async (current: KubeObject, given: Given = {}, answers: Answers = {}) => {
    const { reason, effects } = await delivery([configMap()], { [`GET ${PATH}`]: current, ...answers }, given);
    expect(effects).toEqual([]);
    return reason;
  };
  const EXISTS = (maker: string) => `ConfigMap shop/a exists and was not delivered by EKS Slipway (it was made by ${maker}). Adopt it (conflict: adopt), give the object another name, or delete the existing one`;

  test('is refused with who made it', async () => {
    expect(await refused(there(configMap()))).toBe(EXISTS('somebody else'));
    expect(await refused(there(configMap(), {}, { managedFields: [{}, { manager: 'kubectl' }, { manager: 'later' }] }))).toBe(EXISTS('"kubectl"'));
    expect(await refused(there(configMap(), { 'meta.helm.sh/release-name': 'web' }, { managedFields: [{ manager: 'helm' }] }))).toBe(EXISTS('Helm release "web"'));
  });

  test.each([[5, ''], [7, '; and 2 more']])('is named, %d of them as five', async (count, more) => {
    const objects = Array.from({ length: count }, (_, i) => configMap(`c${i}`));
    const { reason } = await delivery(objects, Object.fromEntries(objects.map(object => [`GET ${PATH.replace(/a$/, object.metadata.name)}`, there(object)])));
    expect(reason!.match(/exists and was/g)!.length).toBe(5);
    expect(reason!.replace(/.*existing one/s, '')).toBe(more);
    expect(reason).toContain('existing one; ConfigMap shop/c1 exists');
  });

  test('and is another stack\'s is refused, adopted or not', async () => {
    const other = new Owner('prod', '123456789012/eu-central-1/other', 'Theirs');
    expect(await refused(there(configMap(), claim(configMap(), other)), adopt)).toBe(
      'ConfigMap shop/a is delivered by "Theirs" of stack other (account 123456789012, eu-central-1, cluster prod) and cannot be delivered by "Chart" of stack shop '
      + '(account 123456789012, eu-central-1, cluster prod) too. Remove it from one of the two');
  });

  test('can be adopted, or taken up again by who has let it go', async () => {
    const adopted = async (current: KubeObject, given: Given = {}) => {
      const { effects, books } = await delivery([configMap()], { [`GET ${PATH}`]: current }, given);
      expect(JSON.parse(books[0].objects)).toEqual([entry(configMap(), { adopted: true })]);
      return effects.map(({ query, body }) => [query!.force, (body as KubeObject).metadata.uid, (body as KubeObject).metadata.annotations]);
    };
    expect(await adopted(there(configMap()), adopt)).toEqual([['true', 'u', claim(configMap())]]);
    expect(await adopted(there(configMap(), { 'eks-slipway/retained': claim(configMap())['eks-slipway/claim'] }))).toEqual([['true', 'u', claim(configMap())]]);
  });

  test('and was delivered before is ours without its claim, if it is the very same', async () => {
    const known = (uid?: string) => inventory([entry(configMap(), { uid })]);
    const { reason, actions } = await delivery([configMap()], { [`GET ${PATH}`]: there(configMap()), ...known('u') }, { type: 'Update' });
    expect([reason, actions]).toEqual([undefined, ['PATCH a']]);
    expect(await refused(there(configMap()), { type: 'Update' }, known('before'))).toBe(EXISTS('somebody else'));
    expect(await refused({ ...configMap() }, { type: 'Update' }, known())).toBe(EXISTS('somebody else'));
  });
});

describe('an object of another chart of the stack', () => {
  const old = owner.siblingCalled('Old');
  const older = owner.siblingCalled('Older');
  const TAKEN = (from: Owner) => `taken over from ${from.describe()}`;
  const SECRETS = '/api/v1/namespaces/kube-system/secrets';
  /** As another chart has applied it. */
  const theirs = (object: KubeObject, of: Owner) => there(object, claim(object, of), {
    managedFields: [{ manager: of.fieldManager, operation: 'Apply', fieldsV1: { 'f:data': { 'f:v': {} } } }],
  });
  const kept = ({ writes }: { writes: () => { method: string; path: string; body?: unknown }[] }) => writes().filter(({ method, path }) => method === 'PATCH' && path.startsWith(SECRETS)).map(({ body }) =>
    JSON.parse(gunzipSync(Buffer.from((body as KubeObject).data.objects, 'base64')).toString('utf8')).map(({ metadata, data }: KubeObject) => [metadata.name, data]));

  test('is taken over, and what it was is kept before anything is written', async () => {
    const objects = [configMap('a'), configMap('b'), configMap('c')];
    const found = [theirs(configMap('a', {}, { v: '1' }), old), theirs(configMap('b', {}, { v: '2' }), older), theirs(configMap('c', {}, { v: '3' }), old)];
    const result = await delivery(objects, Object.fromEntries(found.map(object => [`GET ${PATH.replace(/a$/, object.metadata.name)}`, object])));
    expect(result.note).toBe(`${TAKEN(old)}; ${TAKEN(older)}`);
    expect(kept(result)).toEqual([[['a', { v: '1' }], ['c', { v: '3' }]], [['b', { v: '2' }]]]);
    expect(result.writes().slice(0, 3).map(({ path }) => path)).toEqual([`${SECRETS}/eks-slipway-${owner.hash}-${old.hash}`, `${SECRETS}/eks-slipway-${owner.hash}-${older.hash}`, INVENTORY]);
    expect(JSON.parse(result.books[0].objects).map(({ from }: Entry) => from)).toEqual(['Old', 'Older', 'Old']);
    expect(result.effects.filter(({ path }) => path === PATH).map(({ contentType }) => contentType)).toEqual(['application/json-patch+json', 'application/apply-patch+yaml']);
  });

  test('that goes in the moment it is looked at is nothing to keep', async () => {
    const result = await delivery([configMap()], { [`GET ${PATH}`]: [theirs(configMap(), old), undefined] });
    expect([result.reason, result.note]).toEqual([undefined, TAKEN(old)]);
    expect(kept(result)).toEqual([]);
    expect(result.effects.map(({ contentType, query }) => [contentType, query!.force])).toEqual([['application/apply-patch+yaml', 'false']]);
  });

  test('that is given to a third before it can be taken is refused', async () => {
    const { reason, actions } = await delivery([configMap()], { [`GET ${PATH}`]: [theirs(configMap(), old), theirs(configMap(), old), theirs(configMap(), older)] });
    expect(reason).toMatch(/^ConfigMap shop\/a is delivered by "Older" of stack shop/);
    expect(actions).toEqual([]);
  });

  test('is refused where this one has it too, has come to an end with it, and nobody has asked the other to let go', async () => {
    const update = async (entries: Entry[], state?: string) => {
      const { note, reason } = await delivery([configMap()], { [`GET ${PATH}`]: theirs(configMap(), old), ...inventory(entries, state) }, { type: 'Update' });
      return note ?? reason;
    };
    expect(await update([entry(configMap())])).toMatch(/^ConfigMap shop\/a is delivered by "Old" of stack shop .* Remove it from one of the two$/);
    expect(await update([entry(configMap())], 'pending')).toBe(TAKEN(old));
    expect(await update([entry(configMap(), { uid: 'before' })])).toBe(TAKEN(old));
    expect(await update([])).toBe(TAKEN(old));
  });

  test('is told with what is kept', async () => {
    const { note } = await delivery([configMap()], {
      [`GET ${PATH}`]: theirs(configMap(), old), [`GET ${WEB}`]: there(web(), claim(web()), { uid: 'w' }), ...inventory([entry(web(), { uid: 'w' })]),
    }, { type: 'Update', set: { retain: true } });
    expect(note).toBe(`${TAKEN(old)}; kept: Deployment shop/web (this chart retains its objects)`);
  });
});

describe('an object that changes hands while it is written', () => {
  const changed: [string, Error][] = [
    ['fields are somebody\'s', refusal(409, 'conflict', { details: { causes: [{ reason: 'FieldManagerConflict', field: '.data.v', message: 'conflict with "kubectl"' }] } })],
    ['it is another one', refusal(409, 'Operation cannot be fulfilled: uid mismatch: the provided object specified uid u, and no existing object was found')],
    ['it is gone', refusal(422, 'metadata.uid: Invalid value: field is immutable; uid of what is gone')],
    ['a precondition fails', refusal(409, 'Precondition failed: UID in precondition')],
  ];
  test.each(changed)('%s: is looked at again and written as it is then', async (_title, error) => {
    const { effects } = await delivery([configMap()], { [`GET ${PATH}`]: [ours(configMap()), { ...ours(configMap()), metadata: { ...ours(configMap()).metadata, uid: 'u-2' } }], [`PATCH ${PATH}`]: [error, ours(configMap())] });
    expect(effects.map(({ body }) => (body as KubeObject).metadata.uid)).toEqual(['u', 'u-2']);
  });

  test('is written three times at most, and then the reason is told', async () => {
    const { reason, effects } = await delivery([configMap()], { [`PATCH ${PATH}`]: changed[0][1] });
    expect(effects.length).toBe(3);
    expect(reason).toBe('ConfigMap shop/a: another manager holds .data.v (kubectl). Leave these fields out of the chart, or let the other manager go');
  });

  test('is written as often where fields were left out before', async () => {
    const odd = { ...configMap(), k: 1 };
    const unknown = refusal(500, 'failed to create typed patch object (shop/a; /v1, Kind=ConfigMap): .k: field not declared in schema');
    const { reason, effects } = await delivery([odd], { [`PATCH ${PATH}`]: [unknown, changed[0][1], changed[0][1], there(configMap())] }, { set: { validation: 'Ignore' } });
    expect([reason, effects.length]).toEqual([undefined, 4]);
  });

  test('names all fields that others hold', async () => {
    const causes = ['a', 'b'].map(field => ({ reason: 'FieldManagerConflict', field: `.data.${field}`, message: 'conflict with "kubectl"' }));
    expect((await delivery([configMap()], { [`PATCH ${PATH}`]: refusal(409, 'conflict', { details: { causes } }) })).reason).toContain('holds .data.a (kubectl), .data.b (kubectl). Leave');
  });

  test('is refused when it is somebody else\'s by then, be it of the same stack', async () => {
    const theirs = there(configMap(), claim(configMap(), owner.siblingCalled('Sibling')));
    const { reason, actions } = await delivery([configMap()], { [`GET ${PATH}`]: [undefined, theirs], [`PATCH ${PATH}`]: changed[0][1] });
    expect(reason).toMatch(/is delivered by "Sibling" of stack shop .* Remove it from one of the two$/);
    expect(actions).toEqual(['PATCH a']);
  });

  test.each<[string, Error]>([
    ['a conflict of another sort', refusal(409, 'AlreadyExists')], ['a refusal', refusal(422, 'squid: Invalid value')], ['a guid', refusal(422, 'guid: Invalid value')], ['a refusal that speaks of a uid', refusal(403, 'uid not allowed')],
  ])('is not what %s says', async (_title, error) => {
    const { reason, effects } = await delivery([configMap()], { [`PATCH ${PATH}`]: error });
    expect([effects.length, reason]).toEqual([1, `ConfigMap shop/a: ${error.message}`]);
  });
});

describe('a refusal says which object it was', () => {
  const told = async (error: Error, more: Given = {}) => (await delivery([configMap()], { [`PATCH ${PATH}`]: error }, more)).reason;

  test('and what can be done about it', async () => {
    expect(await told(refusal(422, 'data: field is immutable'))).toBe('ConfigMap shop/a: data: field is immutable. The field cannot be changed in place: give the object a new name, so that the old one is removed, '
      + 'or annotate it eks-slipway/on-immutable: replace to have it deleted and made anew');
    for (const words of ['failed calling webhook "w"', 'conversion webhook for example.com/v1 failed']) {
      expect(await told(refusal(400, words))).toBe(`ConfigMap shop/a: ${words}. Deliver it after what serves the webhook is ready`);
    }
    expect(await told(refusal(400, 'admission webhook "w" denied the request'))).toBe('ConfigMap shop/a: admission webhook "w" denied the request');
  });

  test('but a mistake of ours is told as it is', async () => expect(await told(new TypeError('a mistake'))).toBe('a mistake'));

  test('and fields that nobody knows are left out, one after the other, where that was asked for', async () => {
    const unknown = () => ['k', 'l', 'm', 'n'].map(field => refusal(500, `failed to create typed patch object (shop/a; /v1, Kind=ConfigMap): .${field}: field not declared in schema`));
    const odd = () => ({ ...configMap('a', {}, { v: '1' }), k: 1, l: 2, m: 3, n: 4 });
    const { effects, reason } = await delivery([odd()], { [`PATCH ${PATH}`]: [...unknown(), there(configMap())] }, { set: { validation: 'Ignore' } });
    expect([effects.length, reason]).toEqual([5, undefined]);
    expect(Object.keys(effects.at(-1)!.body as KubeObject).sort()).toEqual(['apiVersion', 'data', 'kind', 'metadata']);
    expect((await delivery([odd()], { [`PATCH ${PATH}`]: unknown() })).reason).toMatch(/^ConfigMap shop\/a: .*\.k: field not declared/);
    expect((await delivery([configMap()], { [`PATCH ${PATH}`]: unknown() }, { set: { validation: 'Ignore' } })).reason).toMatch(/\.k: field not declared/);
  });
});

describe('what cannot be changed', () => {
  const replaced = configMap('a', { annotations: { 'eks-slipway/on-immutable': 'replace' } });
  const immutable = refusal(422, 'data: field is immutable');
  const known = (more: Partial<Entry> = {}) => inventory([entry(configMap(), more)]);

  test('is deleted and made anew where that is asked for', async () => {
    let isThere = true;
    const { actions, reason, effects } = await delivery([replaced], {
      [`GET ${PATH}`]: () => isThere ? ours(configMap()) : undefined, [`DELETE ${PATH}`]: () => { isThere = false; }, [`PATCH ${PATH}`]: () => isThere ? immutable : undefined, ...known(),
    }, { type: 'Update' });
    expect([reason, actions]).toEqual([undefined, ['PATCH a', 'DELETE a', 'PATCH a']]);
    expect([effects[2].query!.force, (effects[2].body as KubeObject).metadata.uid]).toEqual(['false', undefined]);
  });

  test('is not deleted where it is only being adopted or taken over yet', async () => {
    const refused = async (more: Partial<Entry>) => {
      const { actions, reason } = await delivery([replaced], { [`GET ${PATH}`]: ours(configMap()), [`PATCH ${PATH}`]: immutable, ...known(more) }, { type: 'Update' });
      expect(actions).toEqual(['PATCH a']);
      return reason;
    };
    const TEXT = 'and is not replaced yet, although eks-slipway/on-immutable is "replace": take it as it is, and change it in the next deployment';
    expect(await refused({ adopted: true })).toBe(`ConfigMap shop/a is only being adopted, ${TEXT}`);
    expect(await refused({ from: 'Old' })).toBe(`ConfigMap shop/a is only being taken over from "Old" of stack shop (account 123456789012, eu-central-1, cluster prod), ${TEXT}`);
  });

  test('is not deleted for a refusal of another sort', async () => {
    for (const error of [refusal(422, 'no'), new TypeError('a mistake')]) {
      expect((await delivery([replaced], { [`GET ${PATH}`]: ours(configMap()), [`PATCH ${PATH}`]: error, ...known() }, { type: 'Update' })).actions).toEqual(['PATCH a']);
    }
  });

  test('is not deleted where it is not there at all', async () => {
    expect(await delivery([replaced], { [`PATCH ${PATH}`]: immutable })).toMatchObject({ actions: ['PATCH a'], reason: expect.stringContaining('cannot be changed in place') });
  });
});

describe('the books', () => {
  test('say before the first object what is intended, and after the last what is there', async () => {
    const { sent, books } = await delivery([configMap()], { [`PATCH ${PATH}`]: there(configMap()) });
    expect(sent.filter(({ method }) => method === 'PATCH').map(({ path }) => path)).toEqual([INVENTORY, PATH, INVENTORY]);
    const { uid, ...intended } = entry(configMap());
    expect(books.map(({ requests, state }) => [requests, state])).toEqual([['[]', 'pending'], ['["r-1"]', 'settled']]);
    expect(books.map(({ objects }) => JSON.parse(objects))).toEqual([[intended], [{ ...intended, uid }]]);
  });

  test('say what of a failed update is there', async () => {
    const { books } = await delivery([configMap('a'), web()], { [`PATCH ${PATH}`]: there(configMap()), [`PATCH ${WEB}`]: refusal(422, 'no'), ...inventory([]) }, { type: 'Update' });
    expect(books.at(-1)).toMatchObject({ state: 'pending', requests: '["r-0"]' });
    const { uid, ...intended } = entry(web());
    expect(JSON.parse(books.at(-1).objects)).toEqual([entry(configMap()), intended]);
  });

  test('of a request that was dealt with are left as they are', async () => {
    expect(await delivery([configMap()], inventory([], 'settled', ['r-1']))).toMatchObject({ actions: [], books: [], note: undefined });
    expect(logs).toEqual(['this request was dealt with before: nothing to do']);
  });

  test('of a resource of the same name that left its objects behind make them what was there before', async () => {
    const { books } = await delivery([configMap()], { [`GET ${PATH}`]: ours(configMap()), ...inventory([entry(configMap())]) });
    expect(books[0]).toMatchObject({ requests: '[]', objects: JSON.stringify([{ ...idOf(configMap()), version: 'v1', uid: 'u', adopted: true }]) });
    const pending = await delivery([configMap()], { [`GET ${PATH}`]: ours(configMap()), ...inventory([entry(configMap())], 'pending', []) });
    expect(JSON.parse(pending.books[0].objects)).toEqual([entry(configMap())]);
    const updated = await delivery([configMap()], { [`GET ${PATH}`]: ours(configMap()), ...inventory([entry(configMap())]) }, { type: 'Update' });
    expect(JSON.parse(updated.books[0].objects)).toEqual([entry(configMap())]);
  });
});

describe('what is no longer in the set', () => {
  const old = (more: Answers = {}) => ({ [`GET ${WEB}`]: [ours(web()), undefined], ...more });
  const forgotten = ({ writes }: { writes: () => { path: string; query?: Record<string, string> }[] }) =>
    writes().filter(({ path }) => path === '/api/v1/namespaces/kube-system/secrets').map(({ query }) => query!.labelSelector);

  test('goes after the others are there, and is in no book any more; what others took of it meanwhile is forgotten', async () => {
    const result = await delivery([configMap()], old(inventory([entry(web())])), { type: 'Update' });
    expect(result.actions).toEqual(['PATCH a', 'DELETE web']);
    expect(JSON.parse(result.books.at(-1).objects).map(({ name }: Entry) => name)).toEqual(['a']);
    expect(forgotten(result)).toEqual([`eks-slipway/taken-from=${owner.hash}`]);
    expect(forgotten(await delivery([configMap()], inventory([]), { type: 'Update' }))).toEqual([]);
  });

  test('is all that goes', async () => {
    const { books } = await delivery([configMap()], { [`GET ${PATH}`]: ours(configMap()), [`PATCH ${PATH}`]: ours(configMap()), ...inventory([entry(configMap()), entry(web(), { uid: 'w' })]) }, { type: 'Update' });
    expect(JSON.parse(books.at(-1).objects)).toEqual([entry(configMap())]);
    expect(logs.join()).not.toContain('left alone');
  });

  test('is known by the properties of before where there are no books', async () => {
    expect((await delivery([], old(), { type: 'Update', previous: [web()] })).actions).toEqual(['DELETE web']);
    expect((await delivery([], old(), { type: 'Create', previous: [web()] })).actions).toEqual([]);
    expect((await delivery([], old(inventory([])), { type: 'Update', previous: [web()] })).actions).toEqual([]);
  });

  test('stays, and is told, where all is retained, or where a create finds it', async () => {
    const kept = { actions: ['PATCH web'], note: 'kept: Deployment shop/web (this chart retains its objects)' };
    expect(await delivery([], old(inventory([entry(web())])), { type: 'Update', set: { retain: true } })).toMatchObject(kept);
    expect(await delivery([], old(inventory([entry(web())], 'pending', [])))).toMatchObject(kept);
    const both = inventory([entry(web()), entry(configMap())]);
    const { note } = await delivery([], { [`GET ${WEB}`]: ours(web()), [`GET ${PATH}`]: ours(configMap()), ...both }, { type: 'Update', set: { retain: true } });
    expect(note).toBe(`${kept.note}; ConfigMap shop/a (this chart retains its objects)`);
  });

  test('is not deleted under the name of another API group if it is in the set under this one', async () => {
    const widget = (apiVersion: string) => ({ apiVersion, kind: 'Widget', metadata: { name: 'w', namespace: 'shop' } });
    const moved = { ...there(widget('batch/v1')), metadata: { ...there(widget('batch/v1')).metadata, annotations: claim(widget('batch/v1')) } };
    const { actions, note } = await delivery([widget('example.com/v1')], {
      'GET /apis/batch/v1': { resources: [{ kind: 'Widget', name: 'widgets', namespaced: true }] },
      'GET /apis/batch/v1/namespaces/shop/widgets/w': moved,
      'PATCH /apis/example.com/v1/namespaces/shop/widgets/w': there(widget('example.com/v1')),
      ...inventory([{ group: 'batch', version: 'v1', kind: 'Widget', namespace: 'shop', name: 'w', uid: 'u' }]),
    }, { type: 'Update' });
    expect([actions, note]).toEqual([['PATCH w'], undefined]);
  });
});

describe('a create that fails', () => {
  test('is undone, and its books are closed', async () => {
    let isThere = false;
    const { reason, actions, writes } = await delivery([configMap(), web()], {
      [`GET ${PATH}`]: () => isThere ? ours(configMap()) : undefined, [`PATCH ${PATH}`]: () => {
        isThere = true;
        return there(configMap());
      },
      [`PATCH ${WEB}`]: refusal(422, 'no'),
    });
    expect(reason).toBe('Deployment shop/web: no');
    expect(actions).toEqual(['PATCH a', 'PATCH web', 'DELETE a']);
    expect(logs).toContain('undoing the create: Deployment shop/web: no');
    expect(writes().slice(-2).map(({ method, path, query }) => [method, path, query?.labelSelector])).toEqual([
      ['DELETE', INVENTORY, undefined], ['DELETE', '/api/v1/namespaces/kube-system/secrets', `eks-slipway/taken-from,eks-slipway/owner=${owner.hash}`],
    ]);
    expect(writes().filter(({ path }) => path === INVENTORY).map(({ body }) => (body as KubeObject).data?.state)).toEqual(['pending', 'leaving', undefined]);
  });

  test('puts back what it has adopted, also what one before it has', async () => {
    const before = there(configMap('a', {}, { v: 'theirs' }), {}, { managedFields: [{ manager: 'kubectl' }] });
    let current = before;
    const answers = () => ({
      [`GET ${PATH}`]: () => current, [`PATCH ${PATH}`]: () => {
        current = ours(configMap());
        return current;
      },
      [`PATCH ${WEB}`]: refusal(422, 'no'),
    });
    const put = async (more: Answers, set: Partial<ObjectSet>) => {
      current = before;
      return (await delivery([configMap(), web()], { ...answers(), ...more }, { set })).effects.filter(({ method }) => method === 'PUT').map(({ body }) => (body as KubeObject).data);
    };
    expect(await put({}, { adopt: true })).toEqual([{ v: 'theirs' }]);
    expect(await put(inventory([entry(configMap(), { adopted: true })], 'pending', []), {})).toEqual([{ v: 'theirs' }]);
  });

  test('keeps nothing of what it has made, not even what holds data', async () => {
    const volume = { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: 'data', namespace: 'shop' } };
    const path = '/api/v1/namespaces/shop/persistentvolumeclaims/data';
    const { actions } = await delivery([volume, web()], { [`GET ${path}`]: [undefined, ours(volume), undefined], [`PATCH ${path}`]: ours(volume), [`PATCH ${WEB}`]: refusal(422, 'no') });
    expect(actions).toEqual(['PATCH data', 'PATCH web', 'DELETE data']);
  });

  test('has until the last moment for that, and says what it could not take back', async () => {
    const mine = { ...ours(web()), metadata: { ...ours(web()).metadata, finalizers: ['example.com/slow'] } };
    const { reason } = await delivery([web()], { [`GET ${WEB}`]: [undefined, mine], [`PATCH ${WEB}`]: mine, [`DELETE ${WEB}`]: mine }, { set: { wait: true } });
    expect(reason).toMatch(/^Deployment shop\/web is not ready: .*\. What it had made could not be removed completely: Deployment shop\/web is not gone in time: finalizer "example.com\/slow"/);
    expect([time.now() > 657_000, time.now() <= 660_000]).toEqual([true, true]);
  });
});

describe('to withdraw', () => {
  async function withdrawal(answers: Answers, retain = false, previous: KubeObject[] = []) {
    const script = scriptedClient(answers, { deadline: 600_000 });
    const request = { event: { RequestType: 'Delete', RequestId: 'r-1' } as CloudFormationEvent, client: script.client, owner, deadline: 600_000, lastMoment: 660_000 };
    const { note } = await withdraw(request, retain, async () => previous);
    return { note, actions: script.writes().map(({ method, path, query }) => [method, path.split('/').pop(), query?.labelSelector].filter(Boolean).join(' ')) };
  }
  const FORGOTTEN = [`DELETE secrets eks-slipway/taken-from,eks-slipway/owner=${owner.hash}`, `DELETE secrets eks-slipway/taken-from=${owner.hash}`];
  const BOOKS = `eks-slipway-${owner.hash}`;
  const found = { [`GET ${PATH}`]: ours(configMap()) };

  test('is to say so first, to remove what is listed, and then to forget it all', async () => {
    expect(await withdrawal({ ...found, ...inventory([entry(configMap())]) })).toEqual({ note: undefined, actions: [`PATCH ${BOOKS}`, 'DELETE a', `DELETE ${BOOKS}`, ...FORGOTTEN] });
  });

  test('without books is to go by the properties, in which kinds may be named that are gone', async () => {
    const gnu = { apiVersion: 'example.org/v1', kind: 'Gnu', metadata: { name: 'g' } };
    expect(await withdrawal(found, false, [gnu, configMap()])).toEqual({ note: undefined, actions: ['DELETE a', ...FORGOTTEN] });
    const inDefault = { ...configMap(), metadata: { name: 'a' } };
    const path = '/api/v1/namespaces/default/configmaps/a';
    expect((await withdrawal({ [`GET ${path}`]: [ours(configMap('a', { namespace: 'default' })), undefined] }, false, [inDefault])).actions[0]).toBe('DELETE a');
    const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'n', namespace: 'ignored' } };
    const bare = { ...namespace, metadata: { name: 'n' } };
    expect((await withdrawal({ 'GET /api/v1/namespaces/n': [ours(bare), undefined] }, false, [namespace])).actions[0]).toBe('DELETE n');
  });

  test('with books is to go by nothing else', async () => {
    expect((await withdrawal({ ...found, ...inventory([]) }, false, [configMap()])).actions).not.toContain('DELETE a');
  });

  test('tells what is kept', async () => {
    const objects = ['a', 'b'].map(name => configMap(name));
    const answers = Object.fromEntries(objects.map(object => [`GET ${PATH.replace(/a$/, object.metadata.name)}`, ours(object)]));
    const RETAINS = '(this chart retains its objects)';
    expect((await withdrawal({ ...answers, ...inventory(objects.map(object => entry(object))) }, true)).note).toBe(`kept: ConfigMap shop/a ${RETAINS}; ConfigMap shop/b ${RETAINS}`);
  });

  test('what no request has brought to a good end is an undo: then nothing is kept', async () => {
    expect((await withdrawal({ ...found, ...inventory([entry(configMap())], 'pending', []) }, true)).actions).toContain('DELETE a');
    expect((await withdrawal(found, true, [configMap()])).actions).toContain('PATCH a');
  });
});
