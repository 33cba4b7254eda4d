import { claimOf } from '../../handlers/delivery/claim';
import { ApiResource } from '../../handlers/delivery/discovery';
import { KubeClient, RequestOptions } from '../../handlers/delivery/kube-client';
import { KubeError } from '../../handlers/delivery/kube-error';
import { giveBack, passOn } from '../../handlers/delivery/move';
import { idOf, KubeObject } from '../../handlers/delivery/objects';
import { Owner } from '../../handlers/delivery/owner';

const from = new Owner('prod', '123456789012/eu-central-1/shop', 'Old');
const to = from.siblingCalled('New');
const resource = new ApiResource('apps', 'v1', 'Deployment', 'deployments', true);
const PATH = '/apis/apps/v1/namespaces/shop/deployments/web';
const CLAIM_PATH = '/metadata/annotations/eks-slipway~1claim';

function object(metadata: object = {}): KubeObject {
  const found: KubeObject = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', namespace: 'shop', uid: 'u-1', resourceVersion: '7' } };
  found.metadata = { ...found.metadata, annotations: { 'eks-slipway/claim': claimOf(from, idOf(found)), 'note': 'n' }, ...metadata };
  return found;
}

const id = idOf(object());
const tests = [{ op: 'test', path: '/metadata/uid', value: 'u-1' }, { op: 'test', path: CLAIM_PATH, value: claimOf(from, id) }];
const newClaim = { op: 'replace', path: CLAIM_PATH, value: claimOf(to, id) };

/** A client whose server has this object and answers writes one after the other: with an error, or with what was there. */
function clientOf(found: KubeObject | undefined, ...writes: (KubeError | KubeObject | undefined)[]) {
  const client = new KubeClient({ endpoint: 'https://127.0.0.1:1', ca: '', token: async () => 't', fieldManager: 'the-client', deadline: 0, patience: 0 });
  const written: (RequestOptions & { method: string; path: string })[] = [];
  let reads = 0;
  jest.spyOn(client, 'request').mockImplementation(async (method, path, options = {}) => {
    if (method === 'GET') {
      reads++;
      if (!found) {
        throw KubeError.ofResponse(404, {}, undefined);
      }
      return found;
    }
    written.push({ method, path, ...options });
    const answer = writes.length > 1 ? writes.shift() : writes[0];
    if (answer instanceof KubeError) {
      throw answer;
    }
    return answer ?? found;
  });
  return { client, written, reads: () => reads };
}

const modified = KubeError.ofResponse(409, { message: 'the object has been modified; please apply your changes' }, undefined);
const testFailed = KubeError.ofResponse(422, { message: 'testing path /metadata/uid: test failed' }, undefined);
const gone = KubeError.ofResponse(404, { message: 'deployments.apps "web" not found' }, undefined);
const forbidden = KubeError.ofResponse(403, { message: 'not allowed' }, undefined);

beforeEach(() => void jest.spyOn(console, 'log').mockImplementation(() => undefined));
afterEach(() => jest.restoreAllMocks());

test('a claim is passed on in one write, for this very object and as long as it is still the one\'s', async () => {
  const { client, written } = clientOf(object());
  expect(await passOn(client, resource, id, from, to)).toBe(true);
  expect(written).toEqual([expect.objectContaining({
    method: 'PATCH', path: PATH, contentType: 'application/json-patch+json', query: { fieldManager: to.fieldManager }, body: [...tests, newClaim],
  })]);
  expect(console.log).toHaveBeenCalledWith(expect.stringMatching(/^passed on from "Old" to "New" Deployment shop\/web \d+ ms$/));
});

test('what the one has applied counts as applied by the other, what others and updates have set does not', async () => {
  const { client, written } = clientOf(object({
    managedFields: [
      { manager: 'kubectl', operation: 'Apply' },
      { manager: from.fieldManager, operation: 'Update' },
      { manager: from.fieldManager, operation: 'Apply' },
    ],
  }));
  await passOn(client, resource, id, from, to);
  expect(written[0].body).toEqual([
    ...tests,
    { op: 'test', path: '/metadata/managedFields/2/manager', value: from.fieldManager },
    { op: 'test', path: '/metadata/managedFields/2/operation', value: 'Apply' },
    { op: 'replace', path: '/metadata/managedFields/2/manager', value: to.fieldManager },
    newClaim,
  ]);
});

test('what lies in no namespace is passed on too', async () => {
  const role: KubeObject = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', uid: 'u-1' } };
  role.metadata.annotations = { 'eks-slipway/claim': claimOf(from, idOf(role)) };
  const { client, written } = clientOf(role);
  await passOn(client, new ApiResource('', 'v1', 'Namespace', 'namespaces', false), idOf(role), from, to);
  expect(written[0].path).toBe('/api/v1/namespaces/shop');
});

test('what is gone, nobody\'s or somebody else\'s is left alone', async () => {
  for (const found of [undefined, object({ annotations: undefined }), object({ annotations: { 'eks-slipway/claim': claimOf(to, id) } })]) {
    const { client, written } = clientOf(found);
    expect(await passOn(client, resource, id, from, to)).toBe(false);
    expect(written).toEqual([]);
  }
});

test.each([['modified', modified], ['another one', testFailed], ['gone', gone]])('when the object is %s meanwhile, it is looked at again', async (_title, error) => {
  const { client, written, reads } = clientOf(object(), error, object());
  expect(await passOn(client, resource, id, from, to)).toBe(true);
  expect([written.length, reads()]).toEqual([2, 2]);
});

test('after ten tries it is said whose the object is and why it could not be taken', async () => {
  const { client, written } = clientOf(object(), modified);
  await expect(passOn(client, resource, id, from, to)).rejects.toThrow(
    'Deployment shop/web cannot be taken from "Old" of stack shop (account 123456789012, eu-central-1, cluster prod): the object has been modified');
  expect(written.length).toBe(10);
});

test('what is not allowed is not tried again', async () => {
  for (const error of [forbidden, new TypeError('a mistake of ours') as never]) {
    const { client, written } = clientOf(object(), error);
    jest.spyOn(client, 'patch').mockImplementation(async () => {
      written.push({ method: 'PATCH', path: PATH });
      throw error;
    });
    await expect(passOn(client, resource, id, from, to)).rejects.toThrow(/cannot be taken from "Old".*: (not allowed|a mistake of ours)$/);
    expect(written.length).toBe(1);
  }
});

const content: KubeObject = { apiVersion: 'apps/v1beta2', kind: 'Deployment', metadata: { name: 'web', namespace: 'shop', annotations: { was: 'so' } }, spec: { replicas: 1 } };

test('what is given back is what it was, claimed by its former owner, and only as long as nobody else writes to it', async () => {
  const { client, written } = clientOf(object());
  await giveBack(client, resource, id, from, to, content);
  expect(written).toEqual([expect.objectContaining({
    method: 'PATCH',
    path: PATH,
    contentType: 'application/apply-patch+yaml',
    query: { fieldManager: to.fieldManager, force: 'true', fieldValidation: 'Ignore' },
    body: {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web', namespace: 'shop', uid: 'u-1', resourceVersion: '7', annotations: { 'was': 'so', 'eks-slipway/claim': claimOf(to, id) } },
      spec: { replicas: 1 },
    },
  })]);
  expect(console.log).toHaveBeenCalledWith(expect.stringMatching(/^given back from "Old" to "New" Deployment shop\/web \d+ ms$/));
});

test('before that the fields become the former owner\'s, so that what it never had goes', async () => {
  const { client, written } = clientOf(object({ managedFields: [{ manager: from.fieldManager, operation: 'Apply' }] }), object({ resourceVersion: '8' }));
  await giveBack(client, resource, id, from, to, content);
  expect(written.map(({ contentType }) => contentType)).toEqual(['application/json-patch+json', 'application/apply-patch+yaml']);
  expect(written[0].body).toEqual([...tests, expect.anything(), expect.anything(), { op: 'replace', path: '/metadata/managedFields/0/manager', value: to.fieldManager }]);
  expect((written[1].body as KubeObject).metadata.resourceVersion).toBe('8');
});
