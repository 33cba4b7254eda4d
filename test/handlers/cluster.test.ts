import { loggedLines } from './logged-lines';
import { ScriptedServer } from './scripted-server';
import { clusterAddress, isClusterGone } from '../../handlers/delivery/cluster';

const base64 = (text: string) => Buffer.from(text).toString('base64');
const gone: [number, object] = [404, { __type: 'ResourceNotFoundException', message: 'No cluster found' }];
const refused: [number, object] = [403, { __type: 'AccessDeniedException', message: 'not you' }];
const busy = Array<[number, object]>(3).fill([503, { message: 'busy' }]);
const eksSays = (cluster: object | undefined): [number, object] => [200, { cluster }];

let eks: ScriptedServer;
const logs = loggedLines();
beforeAll(async () => {
  eks = await ScriptedServer.start();
  Object.assign(process.env, { AWS_REGION: 'eu-central-1', AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE', AWS_SECRET_ACCESS_KEY: 's', AWS_ENDPOINT_URL_EKS: eks.url });
});
afterAll(async () => eks.stop());
beforeEach(() => {
  eks.received.length = logs.length = 0;
  eks.replies = [gone];
});

const GIVEN = { CLUSTER_NAME: 'shop', CLUSTER_ENDPOINT: 'https://given.example', CLUSTER_CA: base64('given authority') };

describe('the address of a cluster', () => {
  test('is that of the environment, and nobody is asked', async () => {
    expect(await clusterAddress('shop', GIVEN)).toEqual({ endpoint: 'https://given.example', ca: 'given authority' });
    expect(await clusterAddress('any', { ...GIVEN, CLUSTER_NAME: undefined })).toEqual({ endpoint: 'https://given.example', ca: 'given authority' });
    expect(eks.received).toEqual([]);
  });

  test.each([{ ...GIVEN, CLUSTER_NAME: 'other' }, { ...GIVEN, CLUSTER_ENDPOINT: undefined }, { ...GIVEN, CLUSTER_CA: '' }])('is that which EKS tells where the environment has none for it: %j', async env => {
    eks.replies = [eksSays({ endpoint: 'https://told.example', certificateAuthority: { data: base64('told authority') } })];
    expect(await clusterAddress('shop', env)).toEqual({ endpoint: 'https://told.example', ca: 'told authority' });
    expect(eks.received).toMatchObject([{ method: 'GET', path: '/clusters/shop' }]);
  });

  test('is none where there is no such cluster', async () => expect(await clusterAddress('shop', {})).toBeUndefined());

  test('is not known when EKS does not tell', async () => {
    eks.replies = [refused];
    await expect(clusterAddress('shop', {})).rejects.toThrow('not you');
  });

  test.each<[object | undefined, string]>([
    [{ status: 'CREATING' }, 'CREATING'], [{ status: 'CREATING', endpoint: 'https://told.example', certificateAuthority: {} }, 'CREATING'],
    [{ status: 'PENDING', endpoint: 'https://told.example' }, 'PENDING'], [{ status: 'PENDING', certificateAuthority: { data: base64('told authority') } }, 'PENDING'],
    [undefined, 'undefined'],
  ])('is not there yet while a cluster is made: %j', async (cluster, status) => {
    eks.replies = [eksSays(cluster)];
    await expect(clusterAddress('shop', {})).rejects.toThrow(`cluster "shop" has no endpoint yet (status ${status})`);
  });

  test('is asked for again when EKS has no answer', async () => {
    eks.replies = [...busy, eksSays({ endpoint: 'https://told.example', certificateAuthority: { data: '' } }), gone];
    await expect(clusterAddress('shop', {})).rejects.toThrow('has no endpoint yet');
    expect(eks.received).toHaveLength(4);
  });

  test('is asked for without leaving a connection behind', async () => {
    await clusterAddress('shop', {});
    while (await eks.open > 0) {
      await new Promise(setImmediate);
    }
  });
});

describe('a cluster is gone', () => {
  test('when EKS says so, whatever the environment of the function says', async () => {
    Object.assign(process.env, GIVEN);
    expect(await isClusterGone('shop')).toBe(true);
    expect(logs).toEqual([]);
  });

  test('not when EKS knows it, or does not tell', async () => {
    eks.replies = [eksSays({ endpoint: 'https://told.example', certificateAuthority: { data: base64('told authority') } }), refused];
    expect(await isClusterGone('shop')).toBe(false);
    expect(logs).toEqual([]);
    expect(await isClusterGone('shop')).toBe(false);
    expect(logs).toEqual(['whether the cluster still exists cannot be told: AccessDeniedException']);
  });
});
