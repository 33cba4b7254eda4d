import { KubectlV36Layer } from '@aws-cdk/lambda-layer-kubectl-v36';
import { Duration } from 'aws-cdk-lib';
import { chartOf } from './rehearsal-apps';
import { configMap, SHOP, withSmallPlatform } from './rehearsal-small';
import { until } from './until';
import { CloudFormationEvent } from '../../handlers/delivery/events';
import { Obstacle } from '../../rig/model/api-proxy';
import { differencesFrom, settledState, takeState } from '../../rig/oracle/state';
import { HelmRelease } from '../../src/delivery/helm-release';

const small = withSmallPlatform();
const withShop = (...objects: any[]) => small.deploy(cluster => cluster.addChart('Shop', chartOf(...SHOP, ...objects)));
const isShop = ({ LogicalResourceId }: { LogicalResourceId: string }) => LogicalResourceId.includes('Shop');

describe('an API server', () => {
  /** Every one of the first requests meets the obstacle. */
  const atFirst = (requests: number, obstacle: Obstacle) => {
    let met = 0;
    small.cluster.proxy.obstacle = () => met++ < requests ? obstacle : undefined;
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
    expect(await small.get('/apis/apps/v1/namespaces/default/deployments/web')).toBeDefined();
  }, 300_000);

  test('that reports conflicts at first does not fail a delivery', async () => {
    let met = 0;
    small.cluster.proxy.obstacle = method => method !== 'GET' && met++ < 3 ? { kind: 'answer', status: 409, reason: 'Conflict' } : undefined;
    expect(await withShop()).toMatchObject({ status: 'UPDATE_COMPLETE', failures: [] });
    expect(met).toBeGreaterThan(3);
    expect(await small.get('/apis/apps/v1/namespaces/default/deployments/web')).toBeDefined();
  }, 300_000);

  test('that cannot be reached fails the update with a text that says so', async () => {
    small.cluster.proxy.obstacle = () => ({ kind: 'reset' });
    // It can be reached again when the update is taken back.
    small.rig.engine.faults = { before: ({ phase }) => { if (phase !== 'forward') { small.cluster.proxy.obstacle = undefined; } } };
    const stack = await withShop();
    expect(stack.status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(stack.failures[0].reason).toMatch(/API server|ECONNRESET|hang up/);
    expect(stack.abandoned).toEqual([]);
  }, 300_000);
});

describe('somebody else', () => {
  const WEBHOOKS = '/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations';
  const SERVICES = '/api/v1/namespaces/default/services';
  /** A webhook of some operator whose pods are not there. */
  const addWebhook = async () => {
    await small.cluster.request('POST', SERVICES, { metadata: { name: 'operator' }, spec: { selector: { app: 'operator' }, ports: [{ port: 443 }] } });
    await small.cluster.request('POST', WEBHOOKS, {
      metadata: { name: 'operator' },
      webhooks: [{
        name: 'operator.example.com',
        clientConfig: { service: { name: 'operator', namespace: 'default' } },
        rules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE', 'UPDATE'], resources: ['configmaps'] }],
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'default' } },
        failurePolicy: 'Fail',
        sideEffects: 'None',
        admissionReviewVersions: ['v1'],
      }],
    });
    // It takes a moment until the API server asks it.
    await until(async () => (await small.cluster.request('POST', '/api/v1/namespaces/default/configmaps?dryRun=All', configMap('probe'))).status >= 400);
  };
  const removeWebhook = async () => {
    await small.cluster.request('DELETE', `${WEBHOOKS}/operator`);
    await small.cluster.request('DELETE', `${SERVICES}/operator`);
  };

  test('whose webhook has no endpoints yet does not fail a delivery', async () => {
    await addWebhook();
    let refusals = 0;
    small.cluster.proxy.obstacle = (method, path) => {
      if (method === 'PATCH' && path.includes('/default/configmaps/settings') && ++refusals === 2) { void removeWebhook(); }
      return undefined;
    };
    expect(await withShop()).toMatchObject({ status: 'UPDATE_COMPLETE', failures: [] });
    expect(refusals).toBeGreaterThan(1);
  }, 300_000);

  test('whose webhook never has endpoints fails the delivery with a text that names it, and nothing is left', async () => {
    await addWebhook();
    const stack = await withShop();
    expect(stack.status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(stack.failures[0].reason).toMatch(/ConfigMap default\/settings.*operator\.example\.com/s);
    await removeWebhook();
    expect(await small.differences()).toEqual([]);
  }, 300_000);

  test('who changes an object just when it is to be deleted does not keep it from going', async () => {
    await withShop();
    let deletes = 0;
    small.cluster.proxy.obstacle = (method, path) => {
      if (method !== 'DELETE' || !path.endsWith('/default/configmaps/settings') || ++deletes > 2) { return undefined; }
      void small.cluster.request('PATCH', '/api/v1/namespaces/default/configmaps/settings', { metadata: { labels: { touched: `${deletes}` } } });
      return { kind: 'delay', milliseconds: 500 };
    };
    expect(await small.deploy()).toMatchObject({ status: 'UPDATE_COMPLETE', failures: [], abandoned: [] });
    expect(deletes).toBe(3);
  }, 300_000);

  test('who took a controller away that has a finalizer on an object: its removal is tried until its time is over, and the text names both', async () => {
    const held = configMap('held', { metadata: { name: 'held', namespace: 'default', finalizers: ['example.com/hold'] } });
    await small.deploy(c => c.addChart('Shop', chartOf(...SHOP, held), { timeout: Duration.seconds(3) }));
    const stack = await small.deploy();
    expect(stack.status).toBe('UPDATE_COMPLETE');
    expect(stack.failures.map(({ reason }) => reason)).toEqual([expect.stringMatching(/ConfigMap default\/held.*example\.com\/hold/s)]);
    expect(stack.abandoned.splice(0)).toMatchObject([{ type: 'Custom::EKSSlipway-Chart' }]);
    // Somebody else puts that right by hand; what was recorded of the chart is nobody's any more.
    await small.cluster.request('PATCH', '/api/v1/namespaces/default/configmaps/held', { metadata: { finalizers: null } });
    for (const line of await differencesFrom(small.base, small.rig.model, 3000)) {
      const [, name] = /left over: api\/v1 ConfigMap kube-system (eks-slipway-\w+)/.exec(line) ?? [];
      if (name) { await small.cluster.request('DELETE', `/api/v1/namespaces/kube-system/configmaps/${name}`); }
    }
    expect(await small.differences()).toEqual([]);
  }, 300_000);
});

describe('a function', () => {
  /** Kills the function when it sends a request for which the count of such requests is right. */
  const killAt = (isCounted: (method: string, path: string) => boolean, isRight: (count: number) => boolean) => {
    let count = 0;
    small.cluster.proxy.obstacle = (method, path) => {
      if (!isCounted(method, path) || !isRight(++count)) { return undefined; }
      small.rig.lambda.killRunning();
      return { kind: 'reset' };
    };
  };
  const isWrite = (method: string) => method !== 'GET';

  test.each([1, 2, 3, 4])('killed at its write number %i is asked again and carries on', async number => {
    killAt(isWrite, count => count === number);
    const incidents = small.rig.lambda.incidents.length;
    expect(await withShop()).toMatchObject({ status: 'UPDATE_COMPLETE', failures: [] });
    expect(small.rig.lambda.incidents.slice(incidents)).toEqual([expect.stringMatching(/^Create \w*Shop\w*, attempt 1: killed/)]);
    expect(await small.get('/apis/apps/v1/namespaces/default/deployments/web')).toBeDefined();
  }, 300_000);

  test.each([1, 2, 3])('killed at write number %i of a delete is asked again and carries on', async number => {
    await withShop();
    killAt(isWrite, count => count === number);
    const incidents = small.rig.lambda.incidents.length;
    expect(await small.deploy()).toMatchObject({ status: 'UPDATE_COMPLETE', failures: [], abandoned: [] });
    expect(small.rig.lambda.incidents.slice(incidents)).toEqual([expect.stringMatching(/^Delete \w*Shop\w*, attempt 1: killed/)]);
    expect(await small.differences()).toEqual([]);
  }, 300_000);

  test.each([1, 2, 3, 4, 5])('killed at write number %i of an update is asked again and carries on', async number => {
    await withShop(configMap('old'));
    const { uid } = (await small.get('/apis/apps/v1/namespaces/default/deployments/web')).metadata;
    killAt(isWrite, count => count === number);
    const incidents = small.rig.lambda.incidents.length;
    expect(await withShop(configMap('new'))).toMatchObject({ status: 'UPDATE_COMPLETE', failures: [] });
    expect(small.rig.lambda.incidents.slice(incidents)).toEqual([expect.stringMatching(/^Update \w*Shop\w*, attempt 1: killed/)]);
    expect(await small.get('/api/v1/namespaces/default/configmaps/new')).toBeDefined();
    expect(await small.get('/api/v1/namespaces/default/configmaps/old')).toBeUndefined();
    expect((await small.get('/apis/apps/v1/namespaces/default/deployments/web')).metadata.uid).toBe(uid);
  }, 300_000);

  test('killed while it waits until a Deployment is ready is asked again and carries on', async () => {
    let waits = 0;
    small.cluster.proxy.obstacle = (method, path) => {
      if (method !== 'GET' || !path.includes('/deployments/web') || small.rig.lambda.incidents.length > incidents || ++waits < 3) { return undefined; }
      small.rig.lambda.killRunning();
      return { kind: 'reset' };
    };
    const incidents = small.rig.lambda.incidents.length;
    const [, web] = SHOP;
    const slow = { ...web, spec: { ...web.spec, minReadySeconds: 2 } };
    expect(await small.deploy(c => c.addChart('Shop', chartOf(slow)))).toMatchObject({ status: 'UPDATE_COMPLETE', failures: [] });
    expect(small.rig.lambda.incidents.slice(incidents)).toEqual([expect.stringMatching(/^Create \w*Shop\w*, attempt 1: killed/)]);
  }, 300_000);

  test.each([
    ['has begun with', 'POST'], ['is about to call finished', 'PUT'],
  ])('killed in the midst of a release that helm %s is asked again and carries on', async (_, method) => {
    killAt((m, path) => m === method && path.includes('/namespaces/shop/secrets'), count => count === 1);
    const incidents = small.rig.lambda.incidents.length;
    const stack = await small.deploy(cluster => {
      cluster.useKubectlLayer(new KubectlV36Layer(cluster.stack, 'Kubectl'));
      new HelmRelease(cluster.stack, 'Shop', { cluster, chart: 'shop', repository: 'https://charts.example.com', version: '1.0.0', namespace: 'shop' });
    });
    expect(stack).toMatchObject({ status: 'UPDATE_COMPLETE', failures: [] });
    expect(small.rig.lambda.incidents.slice(incidents)).toEqual([expect.stringMatching(/^Create \w*Shop\w*, attempt 1: killed/)]);
    const { items } = await small.get('/api/v1/namespaces/shop/secrets?labelSelector=owner%3Dhelm,status%3Ddeployed');
    expect(items).toHaveLength(1);
  }, 300_000);

  describe('that has a release', () => {
    const SECRETS = '/api/v1/namespaces/default/secrets';
    const withRelease = (replicaCount: number) => small.deploy(cluster => {
      cluster.useKubectlLayer(new KubectlV36Layer(cluster.stack, 'Kubectl'));
      new HelmRelease(cluster.stack, 'Shop', { cluster, chart: 'shop', repository: 'https://charts.example.com', version: '1.0.0', release: 'shop', values: { replicaCount } });
    });
    /** From the first revision to the last. */
    const statuses = async () => (await small.get(`${SECRETS}?labelSelector=owner%3Dhelm`)).items.map(({ metadata }: any) => metadata.labels)
      .sort((one: any, other: any) => one.version - other.version).map(({ status }: any) => status);

    test.each([
      ['an upgrade that helm has begun with', 'POST'], ['an upgrade that helm is about to call finished', 'PUT'],
    ])('killed in the midst of %s is asked again and carries on', async (_, method) => {
      await withRelease(1);
      killAt((m, path) => m === method && path.includes(SECRETS), count => count === 1);
      const incidents = small.rig.lambda.incidents.length;
      expect(await withRelease(2)).toMatchObject({ status: 'UPDATE_COMPLETE', failures: [] });
      expect(small.rig.lambda.incidents.slice(incidents)).toEqual([expect.stringMatching(/^Update \w*Shop\w*, attempt 1: killed/)]);
      expect((await small.get('/apis/apps/v1/namespaces/default/deployments/shop')).spec.replicas).toBe(2);
      expect((await statuses()).at(-1)).toBe('deployed');
    }, 300_000);

    test.each([
      ['helm has begun with', 'PUT'], ['helm is about to call finished', 'DELETE'],
    ])('killed in the midst of an uninstall that %s is asked again and carries on', async (_, method) => {
      await withRelease(1);
      killAt((m, path) => m === method && path.includes(`${SECRETS}/sh.helm.release`), count => count === 1);
      const incidents = small.rig.lambda.incidents.length;
      expect(await small.deploy()).toMatchObject({ status: 'UPDATE_COMPLETE', failures: [], abandoned: [] });
      expect(small.rig.lambda.incidents.slice(incidents)).toEqual([expect.stringMatching(/^Delete \w*Shop\w*, attempt 1: killed/)]);
      expect(await statuses()).toEqual([]);
      expect(await small.get('/apis/apps/v1/namespaces/default/deployments/shop')).toBeUndefined();
    }, 300_000);
  });

  test('killed every time fails the create, and the delete that follows leaves nothing', async () => {
    small.rig.lambda.faults = {
      killAfter: event => {
        if (isShop(event) && event.RequestType === 'Create') { killAt(isWrite, count => count === 3); } else { small.cluster.proxy.obstacle = undefined; }
        return undefined;
      },
    };
    const stack = await withShop();
    expect(stack.status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(stack.failures[0].reason).toContain('did not receive a response');
    expect(await small.differences()).toEqual([]);
  }, 300_000);

  test('that gets every event twice changes nothing the second time', async () => {
    small.rig.lambda.faults = { repeats: isShop };
    expect((await withShop()).status).toBe('UPDATE_COMPLETE');
    const { uid } = (await small.get('/apis/apps/v1/namespaces/default/deployments/web')).metadata;
    await withShop(configMap('new'));
    expect((await small.get('/apis/apps/v1/namespaces/default/deployments/web')).metadata.uid).toBe(uid);
    expect(await small.get('/api/v1/namespaces/default/configmaps/new')).toBeDefined();
  }, 300_000);

  test('whose answer is refused puts it again', async () => {
    const asked = new Map<string, number>();
    small.rig.mailbox.fate = id => {
      asked.set(id, (asked.get(id) ?? 0) + 1);
      return asked.get(id)! < 3 ? 503 : 'take';
    };
    expect((await withShop()).status).toBe('UPDATE_COMPLETE');
    expect(Math.max(...asked.values())).toBe(3);
  }, 300_000);

  test('whose answer gets lost has its work taken back', async () => {
    let creates = 0;
    const seen: CloudFormationEvent[] = [];
    small.rig.lambda.faults = { killAfter: event => { seen.push(event as CloudFormationEvent); return undefined; } };
    small.rig.mailbox.fate = () => creates++ === 0 ? 'lose' : 'take';
    const stack = await withShop();
    expect(stack.status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(stack.failures[0].reason).toContain('did not receive a response');
    expect(seen.filter(isShop).map(({ RequestType }) => RequestType)).toEqual(['Create', 'Delete']);
    expect(await small.differences()).toEqual([]);
  }, 300_000);
});

describe('the oracle', () => {
  test('sees an object that somebody left, one that is gone, and one that was made anew', async () => {
    await withShop();
    const before = await settledState(small.rig.model);
    await small.cluster.request('POST', '/api/v1/namespaces/default/configmaps', { metadata: { name: 'stray' } });
    await small.cluster.request('DELETE', '/api/v1/namespaces/default/configmaps/settings');
    await small.cluster.objects.remove('Deployment', 'default', 'web');
    await small.cluster.request('POST', '/apis/apps/v1/namespaces/default/deployments', SHOP[1]);
    const found = await differencesFrom(before, small.rig.model, 0);
    expect(found).toEqual(expect.arrayContaining([
      expect.stringContaining('left over: api/v1 ConfigMap default stray'),
      expect.stringContaining('missing: api/v1 ConfigMap default settings'),
      expect.stringMatching(/Deployment default web/),
    ]));
    await small.cluster.request('DELETE', '/api/v1/namespaces/default/configmaps/stray');
    await small.cluster.objects.remove('Deployment', 'default', 'web');
  }, 300_000);

  test('sees what a controller left in the account', async () => {
    const before = await takeState(small.rig.model);
    const stray = small.rig.model.make('AWS::ElasticLoadBalancingV2::LoadBalancer', 'stray', 'Ingress shop/web');
    expect(await differencesFrom(before, small.rig.model, 0)).toEqual(['left over: AWS::ElasticLoadBalancingV2::LoadBalancer stray of Ingress shop/web']);
    small.rig.model.world.remove(stray);
  });
});
