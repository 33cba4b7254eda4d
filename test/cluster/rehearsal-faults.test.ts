import { rmSync } from 'node:fs';
import { chartOf, platform } from './rehearsal-apps';
import { CloudFormationEvent } from '../../handlers/delivery/events';
import { Stack } from '../../rig/engine/stack';
import { Obstacle } from '../../rig/model/api-proxy';
import { differencesFrom, settledState, State, takeState } from '../../rig/oracle/state';
import { unprotected } from '../../rig/rehearsal/variants';
import { Rig } from '../../rig/rig';

const NAME = 'Small';
const SHOP = [
  { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings', namespace: 'default' }, data: { greeting: 'hello' } },
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'default' },
    spec: {
      selector: { matchLabels: { app: 'web' } },
      template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web:1' }] } },
    },
  },
];

const folders: string[] = [];
let rig: Rig;
let empty: State;
let base: State;

function synthesized(build?: Parameters<typeof platform>[0]): string {
  folders.push(platform(build));
  return folders.at(-1)!;
}

async function deploy(build?: Parameters<typeof platform>[0]): Promise<Stack> {
  const [{ template }] = rig.load(synthesized(build)).stacks;
  return rig.engine.deploy(NAME, unprotected(template));
}

const withShop = (...objects: any[]) => deploy(cluster => cluster.addChart('Shop', chartOf(...SHOP, ...objects)));
const isShop = ({ LogicalResourceId }: { LogicalResourceId: string }) => LogicalResourceId.includes('Shop');
const cluster = () => [...rig.model.clusters.values()][0];
const get = async (path: string) => {
  const { status, body } = await cluster().request('GET', path);
  return status === 200 ? body : undefined;
};

beforeAll(async () => {
  rig = await Rig.start({ hour: 20 });
  empty = await takeState(rig.model);
  expect(await deploy()).toMatchObject({ status: 'CREATE_COMPLETE', failures: [] });
  base = await settledState(rig.model);
}, 180_000);

afterEach(async () => {
  rig.engine.faults = {};
  rig.lambda.faults = {};
  rig.mailbox.fate = undefined;
  cluster().proxy.obstacle = undefined;
  // Whatever happened: without the chart, all is as it was.
  expect(await deploy()).toMatchObject({ status: 'UPDATE_COMPLETE', failures: [] });
  expect(await differencesFrom(base, rig.model)).toEqual([]);
}, 120_000);

afterAll(async () => {
  const stack = await rig.engine.delete(NAME);
  const left = await differencesFrom(empty, rig.model, 5000);
  const { residues } = rig;
  await rig.stop();
  folders.forEach(folder => rmSync(folder, { recursive: true }));
  expect({ status: stack.status, failures: stack.failures, left, residues }).toEqual({ status: 'DELETE_COMPLETE', failures: [], left: [], residues: [] });
}, 120_000);

describe('what users change', () => {
  test('a value, an added and a removed object reach the cluster', async () => {
    await withShop({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'old', namespace: 'default' } });
    const changed = SHOP.map(object => object.metadata.name === 'settings' ? { ...object, data: { greeting: 'bye' } } : object);
    await deploy(c => c.addChart('Shop', chartOf(...changed, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'new', namespace: 'default' } })));
    expect((await get('/api/v1/namespaces/default/configmaps/settings')).data).toEqual({ greeting: 'bye' });
    expect(await get('/api/v1/namespaces/default/configmaps/old')).toBeUndefined();
    expect(await get('/api/v1/namespaces/default/configmaps/new')).toBeDefined();
  }, 120_000);

  test('a chart moves to another namespace', async () => {
    const inNamespace = (name: string) => [
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name } }, ...SHOP.map(object => ({ ...object, metadata: { ...object.metadata, namespace: name } })),
    ];
    await deploy(c => c.addChart('Shop', chartOf(...inNamespace('shop'))));
    expect(await deploy(c => c.addChart('Shop', chartOf(...inNamespace('store'))))).toMatchObject({ status: 'UPDATE_COMPLETE', failures: [] });
    expect(await get('/apis/apps/v1/namespaces/store/deployments/web')).toBeDefined();
    expect(await get('/api/v1/namespaces/shop')).toBeUndefined();
  }, 120_000);

  test('a renamed construct id is refused with a text that says what to do, and all is as before', async () => {
    await withShop();
    const before = await settledState(rig.model);
    const stack = await deploy(c => c.addChart('Store', chartOf(...SHOP)));
    expect(stack.status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(stack.failures[0].reason).toMatch(/is delivered by "\w*Shop\w*" .* cannot be delivered by "\w*Store\w*".*keep the old logical id/);
    expect(await differencesFrom(before, rig.model)).toEqual([]);
  }, 120_000);

  test('an object that moves between charts arrives, or is refused and back where it was', async () => {
    const [settings, web] = SHOP;
    await deploy(c => {
      c.addChart('Shop', chartOf(settings, web));
      c.addChart('ShopMore', chartOf({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'more', namespace: 'default' } }));
    });
    const before = await settledState(rig.model);
    const stack = await deploy(c => {
      c.addChart('Shop', chartOf(web));
      c.addChart('ShopMore', chartOf({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'more', namespace: 'default' } }, settings));
    });
    // Whether the one has let go before the other looks is up to CloudFormation: the end is never in between.
    if (stack.status === 'UPDATE_COMPLETE') {
      expect(await get('/api/v1/namespaces/default/configmaps/settings')).toBeDefined();
    } else {
      expect(stack.status).toBe('UPDATE_ROLLBACK_COMPLETE');
      expect(stack.failures[0].reason).toContain('keep the old logical id');
      // The first chart had let go of it already, so it was made again.
      const found = await differencesFrom(before, rig.model, 3000);
      expect(found.filter(line => line !== 'in Small-Cluster, made anew: api/v1 ConfigMap default settings')).toEqual([]);
    }
  }, 120_000);

  test('a chart that never becomes ready fails the update and leaves nothing of itself', async () => {
    const [, web] = SHOP as any[];
    const stuck = { ...web, spec: { ...web.spec, template: { ...web.spec.template, spec: { ...web.spec.template.spec, nodeSelector: { no: 'where' } } } } };
    const stack = await deploy(c => {
      const { node } = c.addChart('Shop', chartOf(stuck));
      (node.findChild('Resource').node.defaultChild as any).addPropertyOverride('Timeout', '5');
    });
    expect(stack.status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(stack.failures[0].reason).toMatch(/Deployment default\/web is not ready: .*not scheduled/);
    expect(await differencesFrom(base, rig.model)).toEqual([]);
  }, 120_000);
});

describe('an API server', () => {
  /** Every one of the first requests meets the obstacle. */
  const atFirst = (requests: number, obstacle: Obstacle) => {
    let met = 0;
    cluster().proxy.obstacle = () => met++ < requests ? obstacle : undefined;
  };

  test.each<[string, Obstacle, number]>([
    ['lets nobody in at first', { kind: 'answer', status: 401, reason: 'Unauthorized' }, 3],
    ['refuses everything at first', { kind: 'answer', status: 403, reason: 'Forbidden' }, 3],
    ['is too busy', { kind: 'answer', status: 429, reason: 'TooManyRequests', retryAfter: 1 }, 3],
    ['has an internal error', { kind: 'answer', status: 500, reason: 'InternalError' }, 3],
    ['is not available', { kind: 'answer', status: 503, reason: 'ServiceUnavailable' }, 3],
    ['cuts connections', { kind: 'reset' }, 3],
    ['is slow', { kind: 'delay', milliseconds: 300 }, 50],
  ])('that %s does not fail a delivery', async (_, obstacle, requests) => {
    atFirst(requests, obstacle);
    expect(await withShop()).toMatchObject({ status: 'UPDATE_COMPLETE', failures: [] });
    expect(await get('/apis/apps/v1/namespaces/default/deployments/web')).toBeDefined();
  }, 120_000);

  test('that cannot be reached fails the update with a text that says so', async () => {
    cluster().proxy.obstacle = () => ({ kind: 'reset' });
    const deployed = withShop();
    setTimeout(() => { cluster().proxy.obstacle = undefined; }, 16_000);
    const stack = await deployed;
    expect(stack.status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(stack.failures[0].reason).toMatch(/API server|ECONNRESET|hang up/);
  }, 120_000);
});

describe('a function', () => {
  /** Kills the function when it sends a request for which the count of such requests is right. */
  const killAt = (isCounted: (method: string) => boolean, isRight: (count: number) => boolean) => {
    let count = 0;
    cluster().proxy.obstacle = method => {
      if (!isCounted(method) || !isRight(++count)) { return undefined; }
      rig.lambda.killRunning();
      return { kind: 'reset' };
    };
  };
  const isWrite = (method: string) => method !== 'GET';

  test.each([1, 2, 3, 4])('killed at its write number %i is asked again and carries on', async number => {
    killAt(isWrite, count => count === number);
    const incidents = rig.lambda.incidents.length;
    expect(await withShop()).toMatchObject({ status: 'UPDATE_COMPLETE', failures: [] });
    expect(rig.lambda.incidents.slice(incidents)).toEqual([expect.stringMatching(/^Create \w*Shop\w*, attempt 1: killed/)]);
    expect(await get('/apis/apps/v1/namespaces/default/deployments/web')).toBeDefined();
  }, 120_000);

  test.each([1, 2, 3])('killed at write number %i of a delete is asked again and carries on', async number => {
    await withShop();
    killAt(isWrite, count => count === number);
    const incidents = rig.lambda.incidents.length;
    expect(await deploy()).toMatchObject({ status: 'UPDATE_COMPLETE', failures: [], abandoned: [] });
    expect(rig.lambda.incidents.slice(incidents)).toEqual([expect.stringMatching(/^Delete \w*Shop\w*, attempt 1: killed/)]);
    expect(await differencesFrom(base, rig.model)).toEqual([]);
  }, 120_000);

  test('killed every time fails the create, and the delete that follows leaves nothing', async () => {
    rig.lambda.faults = {
      killAfter: event => {
        if (isShop(event) && event.RequestType === 'Create') { killAt(isWrite, count => count === 3); } else { cluster().proxy.obstacle = undefined; }
        return undefined;
      },
    };
    const stack = await withShop();
    expect(stack.status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(stack.failures[0].reason).toContain('did not receive a response');
    expect(await differencesFrom(base, rig.model)).toEqual([]);
  }, 120_000);

  test('that gets every event twice changes nothing the second time', async () => {
    rig.lambda.faults = { repeats: isShop };
    expect((await withShop()).status).toBe('UPDATE_COMPLETE');
    const { uid } = (await get('/apis/apps/v1/namespaces/default/deployments/web')).metadata;
    await withShop({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'new', namespace: 'default' } });
    expect((await get('/apis/apps/v1/namespaces/default/deployments/web')).metadata.uid).toBe(uid);
    expect(await get('/api/v1/namespaces/default/configmaps/new')).toBeDefined();
  }, 120_000);

  test('whose answer is refused puts it again', async () => {
    const asked = new Map<string, number>();
    rig.mailbox.fate = id => {
      asked.set(id, (asked.get(id) ?? 0) + 1);
      return asked.get(id)! < 3 ? 503 : 'take';
    };
    expect((await withShop()).status).toBe('UPDATE_COMPLETE');
    expect(Math.max(...asked.values())).toBe(3);
  }, 120_000);

  test('whose answer gets lost has its work taken back', async () => {
    let creates = 0;
    const seen: CloudFormationEvent[] = [];
    rig.lambda.faults = { killAfter: event => { seen.push(event as CloudFormationEvent); return undefined; } };
    rig.mailbox.fate = () => creates++ === 0 ? 'lose' : 'take';
    const stack = await withShop();
    expect(stack.status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(stack.failures[0].reason).toContain('did not receive a response');
    expect(seen.filter(isShop).map(({ RequestType }) => RequestType)).toEqual(['Create', 'Delete']);
    expect(await differencesFrom(base, rig.model)).toEqual([]);
  }, 120_000);
});

describe('the oracle', () => {
  test('sees an object that somebody left, one that is gone, and one that was made anew', async () => {
    await withShop();
    const before = await settledState(rig.model);
    await cluster().request('POST', '/api/v1/namespaces/default/configmaps', { metadata: { name: 'stray' } });
    await cluster().request('DELETE', '/api/v1/namespaces/default/configmaps/settings');
    await cluster().objects.remove('Deployment', 'default', 'web');
    await cluster().request('POST', '/apis/apps/v1/namespaces/default/deployments', SHOP[1]);
    const found = await differencesFrom(before, rig.model, 0);
    expect(found).toEqual(expect.arrayContaining([
      expect.stringContaining('left over: api/v1 ConfigMap default stray'),
      expect.stringContaining('missing: api/v1 ConfigMap default settings'),
      expect.stringMatching(/Deployment default web/),
    ]));
    await cluster().request('DELETE', '/api/v1/namespaces/default/configmaps/stray');
    await cluster().objects.remove('Deployment', 'default', 'web');
  }, 120_000);

  test('sees what a controller left in the account', async () => {
    const before = await takeState(rig.model);
    const stray = rig.model.make('AWS::ElasticLoadBalancingV2::LoadBalancer', 'stray', 'Ingress shop/web');
    expect(await differencesFrom(before, rig.model, 0)).toEqual(['left over: AWS::ElasticLoadBalancingV2::LoadBalancer stray of Ingress shop/web']);
    rig.model.world.remove(stray);
  });
});
