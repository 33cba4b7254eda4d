import { loggedLines } from './logged-lines';
import { Answers, refusal, scriptedClient, timeByWaiting } from './scripted-client';
import { kubernetesManifest, kubernetesObjectValue, kubernetesPatch } from '../../handlers/delivery/cdk-types';
import { CloudFormationEvent } from '../../handlers/delivery/events';
import { KubeObject } from '../../handlers/delivery/objects';
import { Owner } from '../../handlers/delivery/owner';
import { Outcome, Request } from '../../handlers/delivery/request';

const owner = new Owner('prod', '123456789012/eu-central-1/shop', 'Cdk');
const logs = loggedLines();
let time: ReturnType<typeof timeByWaiting>;
beforeEach(() => { time = timeByWaiting(); });

/** What a request of CloudFormation leads to. */
async function deal(
  work: (request: Request) => Promise<Outcome>, RequestType: string, properties: object, answers: Answers = {}, old?: object, deadline = 3_600_000,
) {
  const { client, sent, writes } = scriptedClient(answers);
  const event = { RequestType, RequestId: 'r', ResourceProperties: properties, OldResourceProperties: old } as unknown as CloudFormationEvent;
  const outcome = await work({ event, client, owner, deadline, lastMoment: deadline }).catch((error: Error) => error);
  return { outcome, sent, writes: writes() };
}

describe('a manifest', () => {
  const PATH = '/api/v1/namespaces/default/configmaps/a';
  const Manifest = JSON.stringify([{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } }]);
  const applied = async (properties: object, answers?: Answers) => (await deal(kubernetesManifest, 'Create', properties, answers)).writes.find(({ path }) => path === PATH)?.query;

  test('is checked strictly, unless that is to be skipped', async () => {
    expect(await applied({ Manifest })).toMatchObject({ fieldValidation: 'Strict', force: 'false' });
    expect(await applied({ Manifest, SkipValidation: 'false' })).toMatchObject({ fieldValidation: 'Strict' });
    expect(await applied({ Manifest, SkipValidation: 'true' })).toMatchObject({ fieldValidation: 'Ignore' });
  });

  test('takes no object that exists, unless it is to overwrite', async () => {
    const theirs = { [`GET ${PATH}`]: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: 'default', uid: 'u' } } };
    expect(await applied({ Manifest }, theirs)).toBeUndefined();
    expect(await applied({ Manifest, Overwrite: 'true' }, theirs)).toMatchObject({ force: 'true' });
  });

  test('is not waited for, and removed by its delete', async () => {
    const web = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', namespace: 'shop' } };
    const path = '/apis/apps/v1/namespaces/shop/deployments/web';
    const ours = { ...web, metadata: { ...web.metadata, uid: 'u', annotations: { 'eks-slipway/claim': `${owner}:apps/Deployment/shop/web` } } };
    expect((await deal(kubernetesManifest, 'Create', { Manifest: JSON.stringify([web]) })).outcome).toEqual({ note: undefined });
    expect(time.waits).toEqual([]);
    const { writes } = await deal(kubernetesManifest, 'Delete', { Manifest: JSON.stringify([web]) }, { [`GET ${path}`]: [ours, undefined] });
    expect(writes[0]).toMatchObject({ method: 'DELETE', path });
  });

  test('that is none is refused', async () => {
    for (const properties of [{}, { Manifest: '' }, { Manifest: '[{' }]) {
      expect((await deal(kubernetesManifest, 'Create', properties)).outcome).toMatchObject({ message: expect.stringMatching(/^"Manifest" is not valid JSON/) });
    }
  });

  test('that is none, or is not there, is deleted with success', async () => {
    for (const properties of [{}, { Manifest: '[{' }]) {
      expect((await deal(kubernetesManifest, 'Delete', properties)).outcome).toEqual({ note: undefined });
    }
  });

  test('of before is known by its properties where no inventory tells: what is no longer in it goes', async () => {
    const old = { metadata: { name: 'old', namespace: 'default', uid: 'u', annotations: { 'eks-slipway/claim': `${owner}:core/ConfigMap/default/old` } } };
    const path = '/api/v1/namespaces/default/configmaps/old';
    const gone = (before: object | undefined) => deal(kubernetesManifest, 'Update', { Manifest }, { [`GET ${path}`]: old }, before);
    const { writes } = await gone({ Manifest: Manifest.replace('"a"', '"old"') });
    expect(writes.map(write => `${write.method} ${write.path}`)).toContain(`DELETE ${path}`);
    for (const before of [undefined, {}, { Manifest: '[{' }]) {
      expect((await gone(before)).outcome).toEqual({ note: undefined });
    }
  });
});

describe('a patch', () => {
  const PATH = '/apis/apps/v1/namespaces/default/deployments/web';
  const patch = { ResourceName: 'deployment/web', ApplyPatchJson: '{"a":1}', RestorePatchJson: '{"a":0}' };
  /** What is sent, in short. */
  const patched = async (type: string, properties: object, old?: object, answers?: Answers) => {
    const { outcome, writes } = await deal(kubernetesPatch, type, properties, answers, old);
    return { outcome, writes: writes.map(({ path, body, contentType }) => [path, JSON.stringify(body), contentType]) };
  };
  const STRATEGIC = 'application/strategic-merge-patch+json';
  const failure = (message: string | RegExp) => expect.objectContaining({ message: expect.stringMatching(message) });

  test('is a strategic one in the namespace "default" where nothing else is said', async () => {
    expect(await patched('Create', patch)).toEqual({ outcome: {}, writes: [[PATH, '{"a":1}', STRATEGIC]] });
    expect(logs).toEqual([expect.stringMatching(/^patched Deployment default\/web \d+ ms$/)]);
  });

  test('is of the type and in the namespace that are named', async () => {
    const { writes } = await patched('Create', { ...patch, PatchType: 'merge', ResourceNamespace: 'shop' });
    expect(writes).toEqual([[PATH.replace('default', 'shop'), '{"a":1}', 'application/merge-patch+json']]);
  });

  test('of what lies in no namespace needs none', async () => {
    expect((await patched('Create', { ...patch, ResourceName: 'ns/shop', ResourceNamespace: 'x' })).outcome).toEqual(failure('^"ResourceName" is "ns/shop"'));
    expect((await patched('Create', { ...patch, ResourceName: 'namespace/shop', ResourceNamespace: 'x' })).writes).toEqual([['/api/v1/namespaces/shop', '{"a":1}', STRATEGIC]]);
    expect(logs.at(-1)).toMatch(/^patched Namespace shop \d+ ms$/);
  });

  test('is taken back on delete', async () => {
    expect(await patched('Delete', patch)).toEqual({ outcome: {}, writes: [[PATH, '{"a":0}', STRATEGIC]] });
  });

  test('that is changed is applied anew, and nothing is taken back first', async () => {
    for (const old of [patch, { ...patch, ResourceNamespace: 'default', ApplyPatchJson: '{"b":1}' }, { ...patch, PatchType: 'strategic' }]) {
      expect(await patched('Update', { ...patch, PatchType: 'merge' }, old)).toEqual({ outcome: {}, writes: [[PATH, '{"a":1}', 'application/merge-patch+json']] });
    }
  });

  test.each<[string, object, string]>([
    ['name', { ResourceName: 'deployment/old' }, PATH.replace('web', 'old')],
    ['namespace', { ResourceNamespace: 'shop' }, PATH.replace('default', 'shop')],
  ])('of another %s before is taken back there first', async (_title, before, path) => {
    expect((await patched('Update', patch, { ...patch, ...before, RestorePatchJson: '{"b":0}' })).writes).toEqual([[path, '{"b":0}', STRATEGIC], [PATH, '{"a":1}', STRATEGIC]]);
    // What is gone needs no taking back.
    const gone = { [`PATCH ${path}`]: refusal(404, 'not found') };
    expect((await patched('Update', patch, { ...patch, ...before }, gone)).outcome).toEqual({});
  });

  test('of type json that is changed takes the one before back in the same write; one that was of another type before is taken back first', async () => {
    const mark = `eks-slipway/patched-by-${owner.hash}`;
    const object = (annotations?: object) => ({ [`GET ${PATH}`]: { metadata: { name: 'web', resourceVersion: '7', annotations } } });
    const json = { ...patch, PatchType: 'json', ApplyPatchJson: '[{"op":"add"}]', RestorePatchJson: '[{"op":"remove"}]' };
    const changed = await patched('Update', json, { ...json, RestorePatchJson: '[{"op":"old"}]' }, object({ [mark]: 'before' }));
    expect(changed.writes).toEqual([[PATH, expect.stringContaining('{"op":"old"},{"op":"add"}]'), 'application/json-patch+json']]);
    const { writes } = await patched('Update', json, patch, object());
    expect(writes.map(([, , type]) => type)).toEqual([STRATEGIC, 'application/json-patch+json']);
    expect((await patched('Delete', json, undefined, object({ [mark]: 'before' }))).writes).toEqual([[PATH, expect.stringContaining('{"op":"remove"}'), 'application/json-patch+json']]);
  });

  test('of what is gone is deleted with success, as is one of a kind that is gone', async () => {
    expect((await patched('Delete', patch, undefined, { [`PATCH ${PATH}`]: refusal(404, 'not found') })).outcome).toEqual({});
    expect(await patched('Delete', { ...patch, ResourceName: 'gnu/web' })).toEqual({ outcome: {}, writes: [] });
  });

  test('of what is not there fails, as does any that is refused', async () => {
    expect((await patched('Create', patch, undefined, { [`PATCH ${PATH}`]: refusal(404, 'not found') })).outcome).toEqual(failure(/^Deployment default\/web cannot be patched: not found$/));
    expect((await patched('Delete', patch, undefined, { [`PATCH ${PATH}`]: refusal(403, 'not allowed') })).outcome).toEqual(failure(/^Deployment default\/web cannot be patched: not allowed$/));
    expect((await patched('Create', { ...patch, ApplyPatchJson: '{' })).outcome).toEqual(failure(/^Deployment default\/web cannot be patched: the patch is not valid JSON/));
    const namespace = { ['PATCH /api/v1/namespaces/shop']: refusal(403, 'not allowed') };
    expect((await patched('Create', { ...patch, ResourceName: 'namespaces/shop' }, undefined, namespace)).outcome).toEqual(failure(/^Namespace shop cannot be patched: not allowed$/));
  });

  test.each([['Create', 'gnu/web'], ['Create', 'deployment'], ['Create', 'deployment/'], ['Delete', 'deployment'], ['Delete', 'gnu']])('in a %s of "%s" is refused with what is missing', async (type, ResourceName) => {
    expect(await patched(type, { ...patch, ResourceName })).toEqual({
      outcome: failure(`^"ResourceName" is "${ResourceName}": give a kind that the cluster knows and a name, such as deployment/coredns$`), writes: [],
    });
  });

  test('of an unknown type is refused with those that are known', async () => {
    expect(await patched('Create', { ...patch, PatchType: 'apply' })).toEqual({ outcome: failure(/^"PatchType" is "apply": give one of strategic, merge, json$/), writes: [] });
  });
});

describe('an object value', () => {
  const PATH = '/api/v1/namespaces/shop/services/lb';
  const value = { ObjectType: 'service', ObjectName: 'lb', ObjectNamespace: 'shop', JsonPath: '.spec.address' };
  const service = (address?: string): KubeObject => ({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'lb' }, spec: { address } });
  const read = (properties: object, answers: Answers = {}, deadline?: number) => deal(kubernetesObjectValue, 'Create', { ...value, ...properties }, answers, undefined, deadline);

  test('is read at once where it is there', async () => {
    expect((await read({}, { [`GET ${PATH}`]: service('lb.example.com') })).outcome).toEqual({ data: { Value: 'lb.example.com' }, noEcho: false });
    expect(time.waits).toEqual([]);
  });

  test('is read in the namespace "default" where none is named, and without one where the kind has none', async () => {
    const found = { 'GET /api/v1/namespaces/default/services/lb': service('here'), 'GET /api/v1/namespaces/lb': service('there') };
    expect((await read({ ObjectNamespace: undefined }, found)).outcome).toMatchObject({ data: { Value: 'here' } });
    expect((await read({ ObjectType: 'namespaces' }, found)).outcome).toMatchObject({ data: { Value: 'there' } });
  });

  test('of a Secret is hidden, and of nothing else', async () => {
    const hidden = async (type: string, path: string) => ((await read({ ObjectType: type }, { [`GET ${path}`]: service('x') })).outcome as Outcome).noEcho;
    expect(await hidden('secret', '/api/v1/namespaces/shop/secrets/lb')).toBe(true);
    expect(await hidden('configmap', '/api/v1/namespaces/shop/configmaps/lb')).toBe(false);
    expect(await hidden('deployment', '/apis/apps/v1/namespaces/shop/deployments/lb')).toBe(false);
    const own = { 'GET /apis/example.com/v1': { resources: [{ kind: 'Secret', name: 'ownsecrets', namespaced: true, singularName: 'ownsecret' }] } };
    expect(((await read({ ObjectType: 'ownsecret' }, { ...own, 'GET /apis/example.com/v1/namespaces/shop/ownsecrets/lb': service('x') })).outcome as Outcome).noEcho).toBe(false);
  });

  test('that is not there yet is asked for often at first, then every five seconds', async () => {
    const found = [undefined, ...Array(8).fill(service()), service('late')];
    expect((await read({}, { [`GET ${PATH}`]: () => found.shift() })).outcome).toMatchObject({ data: { Value: 'late' } });
    expect(time.waits.slice(0, 3)).toEqual([500, 750, 1125]);
    expect(time.waits.slice(6)).toEqual([5000, 5000, 5000]);
  });

  test.each<[string, object, number, number | undefined]>([
    ['five minutes', {}, 300_000, undefined], ['the time that is named', { TimeoutSeconds: '20' }, 20_000, undefined], ['the time of the request, where that is less', { TimeoutSeconds: '600' }, 50_000, 50_000],
  ])('that does not come is waited for %s', async (_title, properties, most, deadline) => {
    const { outcome } = await read(properties, { [`GET ${PATH}`]: service() }, deadline);
    expect(outcome).toMatchObject({ message: 'service shop/lb: no value at ".spec.address" in time: the field has no value' });
    expect([time.now() <= most, time.now() > most - 5001]).toEqual([true, true]);
  });

  test('is looked for a last time at the end of its time itself', async () => {
    expect((await read({ TimeoutSeconds: '0.5' }, { [`GET ${PATH}`]: [service(), service('late')] })).outcome).toMatchObject({ data: { Value: 'late' } });
  });

  test('of a kind or an object that does not come says which', async () => {
    expect((await read({ ObjectType: 'gnu' })).outcome).toMatchObject({ message: 'gnu shop/lb: no value at ".spec.address" in time: the cluster knows no kind "gnu"' });
    expect((await read({})).outcome).toMatchObject({ message: 'service shop/lb: no value at ".spec.address" in time: there is no such object' });
  });

  test('at a path that nobody understands, or with a time that is none, is refused before anything is asked', async () => {
    for (const [properties, message] of [[{ JsonPath: '.a[?(' }, /^"JsonPath" is/], [{ TimeoutSeconds: 'soon' }, /soon/]] as const) {
      const { outcome, sent } = await read(properties);
      expect([outcome, sent]).toEqual([expect.objectContaining({ message: expect.stringMatching(message) }), []]);
    }
  });

  test('needs nothing to be deleted', async () => {
    expect(await deal(kubernetesObjectValue, 'Delete', {})).toEqual({ outcome: {}, sent: [], writes: [] });
  });
});
