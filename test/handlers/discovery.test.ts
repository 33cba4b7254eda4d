import { ApiResource, Discovery } from '../../handlers/delivery/discovery';
import { KubeError } from '../../handlers/delivery/kube-error';

const notFound = () => KubeError.ofResponse(404, '404 page not found', undefined);

/** A discovery over these documents; what it reads is noted, what is none of them is not found. */
function discoveryOf(documents: Record<string, any>) {
  const asked: string[] = [];
  const discovery = new Discovery(async path => {
    asked.push(path);
    const document = documents[path] ?? notFound();
    if (document instanceof Error) {
      throw document;
    }
    return document;
  });
  return { discovery, asked, documents };
}

const kind = (name: string, of: string, more: object = {}) => ({ name, kind: of, namespaced: true, singularName: of.toLowerCase(), ...more });
const core = {
  resources: [
    kind('pods', 'Pod', { shortNames: ['po'] }), kind('pods/status', 'Pod'), kind('services', 'Service', { shortNames: ['svc'] }),
    kind('nodes', 'Node', { namespaced: false }),
  ],
};
const apps = { resources: [kind('deployments/scale', 'Scale'), kind('deployments', 'Deployment', { shortNames: ['deploy'] })] };
function group(name: string, ...versions: string[]): object {
  return { name, versions: versions.map(version => ({ version })), preferredVersion: { version: versions[0] } };
}

const cluster = (): Record<string, any> => ({
  '/api/v1': core,
  '/apis/apps/v1': apps,
  '/apis': { groups: [group('apps', 'v1'), group('example.com', 'v2', 'v1'), group('other.example.com', 'v1')] },
  '/apis/example.com': group('example.com', 'v2', 'v1'),
  '/apis/example.com/v2': { resources: [kind('things', 'Thing')] },
  '/apis/example.com/v1': { resources: [kind('things', 'Thing'), kind('olds', 'Old')] },
  '/apis/other.example.com/v1': { resources: [kind('things', 'Thing'), kind('services', 'Service'), kind('rarities', 'Rarity')] },
});

describe('where objects are', () => {
  const deployments = new ApiResource('apps', 'v1', 'Deployment', 'deployments', true);
  const nodes = new ApiResource('', 'v1', 'Node', 'nodes', false);

  test('is a path by group, version, namespace and name', () => {
    expect(deployments.path('shop', 'web')).toBe('/apis/apps/v1/namespaces/shop/deployments/web');
    expect(deployments.path('shop')).toBe('/apis/apps/v1/namespaces/shop/deployments');
    expect(deployments.path('')).toBe('/apis/apps/v1/deployments');
    expect(nodes.path('ignored', 'n-1')).toBe('/api/v1/nodes/n-1');
    expect([deployments.apiVersion, nodes.apiVersion]).toEqual(['apps/v1', 'v1']);
  });

  test('stays in its place whatever the names are', () => {
    expect(new ApiResource('rbac.authorization.k8s.io', 'v1', 'Role', 'roles', true).path('a/b', 'system:x/y?z'))
      .toBe('/apis/rbac.authorization.k8s.io/v1/namespaces/a%2Fb/roles/system%3Ax%2Fy%3Fz');
  });
});

describe('a kind', () => {
  test('is found by group, version and kind, once read, and subresources are none', async () => {
    const { discovery, asked } = discoveryOf(cluster());
    expect(await discovery.find('', 'v1', 'Pod')).toEqual(new ApiResource('', 'v1', 'Pod', 'pods', true, ['pod', 'po']));
    expect(await discovery.find('', 'v1', 'Node')).toMatchObject({ plural: 'nodes', namespaced: false });
    expect(await discovery.find('apps', 'v1', 'Deployment')).toMatchObject({ apiVersion: 'apps/v1', plural: 'deployments' });
    expect(asked).toEqual(['/api/v1', '/apis/apps/v1']);
    expect(await discovery.find('apps', 'v1', 'Scale')).toBeUndefined();
  });

  test('that is asked for many times at once is read once', async () => {
    const { discovery, asked } = discoveryOf(cluster());
    await Promise.all([discovery.find('', 'v1', 'Pod'), discovery.find('', 'v1', 'Service')]);
    expect(asked).toEqual(['/api/v1']);
  });

  test('that is not known is looked up afresh, and found when it is new', async () => {
    const { discovery, asked, documents } = discoveryOf(cluster());
    expect(await discovery.find('example.com', 'v2', 'New')).toBeUndefined();
    expect(asked).toEqual(['/apis/example.com/v2', '/apis/example.com/v2']);
    documents['/apis/example.com/v2'] = { resources: [kind('news', 'New')] };
    expect(await discovery.find('example.com', 'v2', 'New')).toMatchObject({ plural: 'news' });
    expect(asked).toHaveLength(3);
  });

  test('of a version that is not served, or lists nothing, is none', async () => {
    const { discovery } = discoveryOf({ '/apis/empty/v1': {} });
    expect(await discovery.find('empty', 'v1', 'Thing')).toBeUndefined();
    expect(await discovery.find('absent', 'v1', 'Thing')).toBeUndefined();
  });

  test('is not taken for absent when the server cannot tell, and is asked for again', async () => {
    const { discovery, documents } = discoveryOf({ '/api/v1': KubeError.ofResponse(503, { message: 'busy' }, undefined), '/apis/apps/v1': new Error('broken') });
    await expect(discovery.find('', 'v1', 'Pod')).rejects.toThrow('busy');
    await expect(discovery.find('apps', 'v1', 'Deployment')).rejects.toThrow('broken');
    Object.assign(documents, cluster());
    expect(await discovery.find('', 'v1', 'Pod')).toMatchObject({ plural: 'pods' });
    expect(await discovery.find('apps', 'v1', 'Deployment')).toMatchObject({ plural: 'deployments' });
  });

  test('is known until it is forgotten', async () => {
    const { discovery, asked } = discoveryOf(cluster());
    const pods = (await discovery.find('', 'v1', 'Pod'))!;
    const deployments = (await discovery.find('apps', 'v1', 'Deployment'))!;
    expect([discovery.knows(pods), discovery.knows(deployments)]).toEqual([true, true]);
    discovery.forget(deployments);
    expect([discovery.knows(pods), discovery.knows(deployments)]).toEqual([true, false]);
    await discovery.find('apps', 'v1', 'Deployment');
    expect(asked).toEqual(['/api/v1', '/apis/apps/v1', '/apis/apps/v1']);
  });
});

describe('a kind in any version', () => {
  test('is that of the version asked for, where it is served', async () => {
    const { discovery, asked } = discoveryOf(cluster());
    expect(await discovery.findAny('example.com', 'v1', 'Thing')).toMatchObject({ version: 'v1' });
    expect(asked).toEqual(['/apis/example.com/v1']);
  });

  test('is that of the first other version that has it', async () => {
    const { discovery } = discoveryOf(cluster());
    expect(await discovery.findAny('example.com', 'v1beta1', 'Thing')).toMatchObject({ version: 'v2' });
    expect(await discovery.findAny('example.com', 'v1beta1', 'Old')).toMatchObject({ version: 'v1', plural: 'olds' });
    expect(await discovery.findAny('example.com', 'v1beta1', 'Never')).toBeUndefined();
    expect(await discovery.findAny('example.com', 'v1', 'Never')).toBeUndefined();
  });

  test('of a group that is not served is none', async () => {
    const { discovery, asked } = discoveryOf(cluster());
    expect(await discovery.findAny('absent', 'v1', 'Thing')).toBeUndefined();
    expect(asked).toEqual(['/apis/absent/v1', '/apis/absent/v1', '/apis/absent']);
  });

  test('of the core group is in no other', async () => {
    const { discovery, asked } = discoveryOf(cluster());
    expect(await discovery.findAny('', 'v1', 'Never')).toBeUndefined();
    expect(asked).toEqual(['/api/v1', '/api/v1']);
  });
});

describe('a name', () => {
  const named = async (name: string) => (await discoveryOf(cluster()).discovery.findByName(name)) ?? {};

  test.each([
    ['pods', '', 'Pod'], ['po', '', 'Pod'], ['pod', '', 'Pod'], ['Pod', '', 'Pod'], ['svc', '', 'Service'], ['services', '', 'Service'],
    ['deploy', 'apps', 'Deployment'], ['Deployments', 'apps', 'Deployment'], ['deployments.apps', 'apps', 'Deployment'], ['deployments.v1.apps', 'apps', 'Deployment'],
    ['things', 'example.com', 'Thing'], ['things.other.example.com', 'other.example.com', 'Thing'], ['services.other.example.com', 'other.example.com', 'Service'],
    ['rarities', 'other.example.com', 'Rarity'],
  ])('"%s" is of group "%s": %s', async (name, of, expected) => expect(await named(name)).toMatchObject({ group: of, kind: expected }));

  test('may tell the version', async () => {
    expect(await named('things.v1.example.com')).toMatchObject({ group: 'example.com', version: 'v1' });
    expect(await named('things.example.com')).toMatchObject({ group: 'example.com', version: 'v2' });
    expect(await named('olds.v1.example.com')).toMatchObject({ version: 'v1', kind: 'Old' });
  });

  test.each(['pods.apps', 'nothing', 'things.v7.example.com', 'deployments.absent', 'status', ''])('"%s" is none', async name => expect(await named(name)).toEqual({}));

  test('of one need not be given by the server', async () => {
    const { discovery } = discoveryOf({ '/api/v1': { resources: [kind('pods', 'Pod', { singularName: '' })] }, '/apis': { groups: [] } });
    expect(await discovery.findByName('pod')).toMatchObject({ kind: 'Pod' });
    expect(await discovery.findByName('')).toBeUndefined();
  });

  test('is not looked for among groups when the core has it', async () => {
    const { discovery, asked } = discoveryOf(cluster());
    await discovery.findByName('services');
    expect(asked).toEqual(['/api/v1']);
  });

  test('of a group is looked for in this group only', async () => {
    const { discovery, asked } = discoveryOf(cluster());
    await discovery.findByName('things.example.com');
    await discovery.findByName('things.v1.example.com');
    expect(asked).toEqual(['/apis', '/apis/example.com/v2', '/apis', '/apis/example.com/v1']);
  });

  test('is found though a group before its own is out of reach; that it is in none cannot be told then', async () => {
    const documents: Record<string, any> = cluster();
    const { discovery } = discoveryOf({
      ...documents,
      '/apis': { groups: [group('metrics.k8s.io', 'v1beta1'), ...documents['/apis'].groups] },
      '/apis/metrics.k8s.io/v1beta1': KubeError.ofResponse(503, { message: 'the server is currently unable to handle the request' }, undefined),
    });
    expect(await discovery.findByName('things')).toMatchObject({ group: 'example.com', kind: 'Thing' });
    await expect(discovery.findByName('nothing')).rejects.toThrow('unable to handle');
  });

  test('that nobody knew may be known the next time', async () => {
    const { discovery, documents } = discoveryOf(cluster());
    expect(await discovery.findByName('gnus')).toBeUndefined();
    documents['/apis/example.com/v2'] = { resources: [kind('gnus', 'Gnu')] };
    expect(await discovery.findByName('gnus')).toMatchObject({ kind: 'Gnu' });
  });
});

test.each([
  ['/api', true], ['/apis', true], ['/version', true], ['/version?timeout=1s', true], ['/api/v1', true], ['/api/v1?x', true], ['/apis?x', true], ['/apis/apps', true],
  ['/apis/apps?x', true], ['/apis/apps/v1', true], ['/apis/apps/v1?x', true], ['/api/v1/pods', false], ['/apis/apps/v1/deployments', false], ['/api/v1/namespaces/apis', false],
  ['/apis/apps/v1/namespaces/api/deployments/version', false], ['/apiserver', false], ['/versions', false], ['/readyz', false], ['/x/version', false], ['/x/api/v1', false],
  ['/x/apis/apps', false],
])('whether everybody may read %s: %s', (path, expected) => expect(Discovery.covers(path)).toBe(expected));
