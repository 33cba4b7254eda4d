import { randomBytes } from 'node:crypto';
import { scriptedClient } from './scripted-client';
import { idOf, KubeObject } from '../../handlers/delivery/objects';
import { Owner } from '../../handlers/delivery/owner';
import { Previous } from '../../handlers/delivery/previous';

const giver = new Owner('prod', '123456789012/eu-central-1/shop', 'Old');
const taker = giver.siblingCalled('New');
const NAME = `eks-slipway-${taker.hash}-${giver.hash}`;
const SECRETS = '/api/v1/namespaces/kube-system/secrets';
const object = (name: string, v = 'first'): KubeObject => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'shop' }, data: { v } });
const [A, B] = [idOf(object('a')), idOf(object('b'))];

afterEach(() => jest.restoreAllMocks());

/** A server that has the Secret that was written to it last, and nothing else. */
function secretStore() {
  const store: { secret?: any } = {};
  const scripted = scriptedClient(({ method, path, body }) => {
    if (path !== `${SECRETS}/${NAME}`) {
      return undefined;
    }
    if (method === 'PATCH') {
      store.secret = body;
    } else if (method === 'DELETE') {
      delete store.secret;
      return { kind: 'Status', status: 'Success' };
    }
    return store.secret;
  });
  return { ...scripted, store, methods: () => scripted.sent.map(({ method }) => method) };
}

test('what was kept is there for the next request, by what it is', async () => {
  const { client, sent, store } = secretStore();
  const before = await Previous.read(client, taker, giver);
  expect(before.of(A)).toBeUndefined();
  await before.keep([object('a'), object('b')]);
  expect(sent.at(-1)).toMatchObject({
    method: 'PATCH', path: `${SECRETS}/${NAME}`, query: { fieldManager: 'the-client', force: 'true', fieldValidation: 'Strict' }, confidential: true,
  });
  expect(store.secret).toMatchObject({
    apiVersion: 'v1', kind: 'Secret', type: 'eks-slipway/previous',
    metadata: {
      name: NAME, namespace: 'kube-system',
      labels: { 'app.kubernetes.io/managed-by': 'eks-slipway', 'eks-slipway/owner': taker.hash, 'eks-slipway/taken-from': giver.hash },
    },
  });
  const after = await Previous.read(client, taker, giver);
  expect([after.of(A), after.of(B), after.of({ ...A, name: 'c' }), after.of({ ...A, namespace: 'other' })]).toEqual([object('a'), object('b'), undefined, undefined]);
});

test('what is kept already is what was first', async () => {
  const { client } = secretStore();
  const previous = await Previous.read(client, taker, giver);
  await previous.keep([object('a', 'first')]);
  await previous.keep([object('a', 'second'), object('b', 'second')]);
  const after = await Previous.read(client, taker, giver);
  expect([after.of(A)?.data.v, after.of(B)?.data.v]).toEqual(['first', 'second']);
});

test('what is dropped is no longer kept, and nothing is written for what was not', async () => {
  const { client, sent, methods, store } = secretStore();
  const previous = await Previous.read(client, taker, giver);
  await previous.keep([object('a'), object('b')]);
  await previous.drop([A, { ...A, name: 'unknown' }]);
  const after = await Previous.read(client, taker, giver);
  expect([after.of(A), after.of(B)?.data.v]).toEqual([undefined, 'first']);
  const writes = methods().length;
  await after.drop([A]);
  await after.drop([]);
  expect(methods()).toHaveLength(writes);
  await after.drop([B]);
  expect([sent.at(-1), store.secret]).toMatchObject([{ method: 'DELETE', body: { propagationPolicy: 'Background' } }, undefined]);
});

test('a Secret that somebody has emptied keeps nothing', async () => {
  const { client, store } = secretStore();
  store.secret = { metadata: { name: NAME } };
  expect((await Previous.read(client, taker, giver)).of(A)).toBeUndefined();
});

test('more than a Secret takes is refused before it is written', async () => {
  const { client, methods } = secretStore();
  const previous = await Previous.read(client, taker, giver);
  // Nothing but the base64 can be compressed: what is kept has about as many bytes as these.
  await previous.keep([object('a', randomBytes(900_000).toString('base64'))]);
  await expect(previous.keep([object('b', randomBytes(200_000).toString('base64'))])).rejects.toThrow(
    'too much at once is taken over from "Old" of stack shop (account 123456789012, eu-central-1, cluster prod): move fewer objects in one deployment');
  expect(methods()).toEqual(['GET', 'PATCH']);
});

test.each<[string, { taker: Owner } | { giver: Owner }, string]>([
  ['all that one has taken', { taker }, `eks-slipway/taken-from,eks-slipway/owner=${taker.hash}`], ['all that was taken from one', { giver }, `eks-slipway/taken-from=${giver.hash}`],
])('%s is forgotten by its labels', async (_title, party, labelSelector) => {
  const { client, sent } = scriptedClient(() => ({}));
  await Previous.forget(client, party);
  expect(sent).toEqual([{ method: 'DELETE', path: SECRETS, query: { labelSelector } }]);
});
