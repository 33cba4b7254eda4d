import { spawnSync } from 'child_process';
import { mkdtempSync, readFileSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join, resolve } from 'path';
import { Yaml } from 'cdk8s';
import { parseAllDocuments } from 'yaml';
import { KarpenterMigration } from '../../src/karpenter-migration/karpenter-migration';

const ROOT = resolve(__dirname, '..', '..');
const V1ALPHA5 = join(__dirname, 'migrate-karpenter', 'v1alpha5.yaml');
const V1BETA1 = join(__dirname, 'migrate-karpenter', 'v1beta1.yaml');

const provisioner = (spec: object, name = 'default') => ({ apiVersion: 'karpenter.sh/v1alpha5', kind: 'Provisioner', metadata: { name }, spec: { providerRef: { name: 'default' }, ...spec } });
const template = (spec: object = {}, name = 'default') => ({
  apiVersion: 'karpenter.k8s.aws/v1alpha1', kind: 'AWSNodeTemplate', metadata: { name },
  spec: { subnetSelector: { Name: 'a' }, securityGroupSelector: { Name: 'a' }, instanceProfile: 'nodes', ...spec },
});
const oldPool = (spec: any = {}, template1: object = {}, name = 'default') => ({
  apiVersion: 'karpenter.sh/v1beta1', kind: 'NodePool', metadata: { name },
  spec: { template: { spec: { nodeClassRef: { name: 'default' }, requirements: [], ...template1 } }, ...spec },
});
const oldClass = (spec: object = {}, name = 'default') => ({
  apiVersion: 'karpenter.k8s.aws/v1beta1', kind: 'EC2NodeClass', metadata: { name },
  spec: { amiFamily: 'AL2023', role: 'nodes', subnetSelectorTerms: [{ id: 'subnet-1' }], securityGroupSelectorTerms: [{ id: 'sg-1' }], ...spec },
});

const migrated = (...objects: object[]) => {
  const migration = KarpenterMigration.fromObjects(objects);
  const of = (kind: string) => migration.objects.filter(object => object.kind === kind);
  const notes = (kind: string) => migration.notes.filter(note => note.kind === kind).map(({ object, field, text }) => `${object} ${field}: ${text}`);
  return { migration, pool: of('NodePool')[0], pools: of('NodePool'), nodeClass: of('EC2NodeClass')[0], nodeClasses: of('EC2NodeClass'), notes };
};

describe('a Provisioner', () => {
  test('without requirements has those that Karpenter wrote into it', () => {
    const { pool, notes } = migrated(provisioner({}), template());
    expect(pool.spec.template.spec.requirements).toEqual([
      { key: 'kubernetes.io/os', operator: 'In', values: ['linux'] },
      { key: 'kubernetes.io/arch', operator: 'In', values: ['amd64'] },
      { key: 'karpenter.sh/capacity-type', operator: 'In', values: ['on-demand'] },
      { key: 'karpenter.k8s.aws/instance-category', operator: 'In', values: ['c', 'm', 'r'] },
      { key: 'karpenter.k8s.aws/instance-generation', operator: 'Gt', values: ['2'] },
    ]);
    expect(notes('changed')).toContainEqual(expect.stringMatching(/^Provisioner\/default spec\.requirements: defaults of before are written out: kubernetes.io\/os In linux; /));
  });

  test.each(['node.kubernetes.io/instance-type', 'karpenter.k8s.aws/instance-family', 'karpenter.k8s.aws/instance-category', 'karpenter.k8s.aws/instance-generation'])(
    'with a requirement of %s gets no others of instances', key => {
      const { pool } = migrated(provisioner({ requirements: [{ key, operator: 'Exists' }] }), template());
      expect(pool.spec.template.spec.requirements.map((requirement: any) => requirement.key)).toEqual([key, 'kubernetes.io/os', 'kubernetes.io/arch', 'karpenter.sh/capacity-type']);
    });

  test.each<[string, object, object, string]>([
    ['consolidates', { consolidation: { enabled: true } }, { consolidationPolicy: 'WhenEmptyOrUnderutilized', consolidateAfter: '0s' }, 'Never'],
    ['removes empty nodes', { ttlSecondsAfterEmpty: 30 }, { consolidationPolicy: 'WhenEmpty', consolidateAfter: '30s' }, 'Never'],
    ['removes no nodes', {}, { consolidationPolicy: 'WhenEmpty', consolidateAfter: 'Never' }, 'Never'],
    ['removes no nodes either', { consolidation: { enabled: false } }, { consolidationPolicy: 'WhenEmpty', consolidateAfter: 'Never' }, 'Never'],
    ['lets nodes expire', { ttlSecondsUntilExpired: 0 }, { consolidationPolicy: 'WhenEmpty', consolidateAfter: 'Never' }, '0s'],
  ])('that %s goes on to', (_, spec, disruption, expireAfter) => {
    const { pool, migration } = migrated(provisioner(spec), template());
    expect(pool.spec.disruption).toEqual({ ...disruption, budgets: [{ nodes: '10%' }] });
    expect(pool.spec.template.spec.expireAfter).toBe(expireAfter);
    expect(migration.decisions.map(({ field }) => field)).toContain('spec.consolidation');
  });

  test('has its limits, taints, labels, weight and annotations where v1 has them, and loses what the API server wrote', () => {
    const { pool } = migrated({
      ...provisioner({
        limits: { resources: { cpu: '10' } }, taints: [{ key: 'a', effect: 'NoSchedule', timeAdded: 'x' }], startupTaints: [{ key: 'b', effect: 'NoExecute' }],
        labels: { tier: 'web' }, annotations: { 'karpenter.sh/do-not-evict': 'true' }, weight: 5,
      }),
      status: {},
    }, template());
    expect(Object.keys(pool)).toEqual(['apiVersion', 'kind', 'metadata', 'spec']);
    expect(pool.spec).toMatchObject({
      limits: { cpu: '10' },
      weight: 5,
      template: { metadata: { labels: { tier: 'web' }, annotations: { 'karpenter.sh/do-not-disrupt': 'true' } } },
    });
    expect(pool.spec.template.spec).toMatchObject({ taints: [{ key: 'a', effect: 'NoSchedule' }], startupTaints: [{ key: 'b', effect: 'NoExecute' }] });
    expect(pool.spec.template.spec.taints[0]).not.toHaveProperty('timeAdded');
  });

  test('tells of requirements that v1 has no label for, since the pool is wider without them', () => {
    const { pool, migration } = migrated(provisioner({ requirements: [{ key: 'karpenter.k8s.aws/instance-pods', operator: 'Gt', values: ['100'] }] }), template());
    expect(JSON.stringify(pool)).not.toContain('instance-pods');
    expect(migration.decisions.map(({ text }) => text)).toContainEqual(expect.stringMatching(/^without karpenter\.k8s\.aws\/instance-pods the pool may launch nodes that it ruled out/));
  });

  test('with a provider of its own gets a class of its own', () => {
    const { nodeClass, pool } = migrated({
      apiVersion: 'karpenter.sh/v1alpha5', kind: 'Provisioner', metadata: { name: 'inline' },
      spec: { provider: { amiFamily: 'Bottlerocket', instanceProfile: 'own', subnetSelector: { Name: 'a' }, securityGroupSelector: { Name: 'a' } } },
    });
    expect(nodeClass).toMatchObject({ metadata: { name: 'inline' }, spec: { instanceProfile: 'own', amiSelectorTerms: [{ alias: 'bottlerocket@latest' }] } });
    expect(pool.spec.template.spec.nodeClassRef).toEqual({ group: 'karpenter.k8s.aws', kind: 'EC2NodeClass', name: 'inline' });
  });
});

describe('an AWSNodeTemplate', () => {
  test('selects subnets and groups by the same tags, one term for each of several values', () => {
    const { nodeClass } = migrated(template({ subnetSelector: { Name: 'a, b', tier: 'x,y' }, securityGroupSelector: { Any: '*' } }));
    expect(nodeClass.spec.subnetSelectorTerms).toEqual([
      { tags: { Name: 'a', tier: 'x' } }, { tags: { Name: 'a', tier: 'y' } }, { tags: { Name: 'b', tier: 'x' } }, { tags: { Name: 'b', tier: 'y' } },
    ]);
    expect(nodeClass.spec.securityGroupSelectorTerms).toEqual([{ tags: { Any: '*' } }]);
  });

  test.each(['aws-ids', 'aws::ids'])('selects by %s, beside which tags were not looked at', key => {
    const { nodeClass, notes } = migrated(template({ subnetSelector: { [key]: 'subnet-1,subnet-2', Name: 'a' } }));
    expect(nodeClass.spec.subnetSelectorTerms).toEqual([{ id: 'subnet-1' }, { id: 'subnet-2' }]);
    expect(notes('dropped')).toEqual(['AWSNodeTemplate/default spec.subnetSelector: the tags Name: Karpenter did not look at them beside ids']);
  });

  test('selects images by owners and names, every pair of them', () => {
    const { nodeClass } = migrated(template({ amiFamily: 'AL2', amiSelector: { 'aws::owners': 'self,123456789012', 'aws::name': 'a,b' } }));
    expect(nodeClass.spec).toMatchObject({
      amiFamily: 'AL2',
      amiSelectorTerms: [{ owner: 'self', name: 'a' }, { owner: 'self', name: 'b' }, { owner: '123456789012', name: 'a' }, { owner: '123456789012', name: 'b' }],
    });
  });

  test('without a family was of Amazon Linux 2, and says that this has an end', () => {
    const { nodeClass, migration } = migrated(template());
    expect(nodeClass.spec).toMatchObject({ amiSelectorTerms: [{ alias: 'al2@latest' }] });
    expect(nodeClass.spec.amiFamily).toBeUndefined();
    expect(migration.decisions.map(({ field }) => field)).toEqual(['spec.amiFamily']);
  });

  test.each<[string, object | undefined, object, boolean]>([
    ['all of them', undefined, { httpEndpoint: 'enabled', httpProtocolIPv6: 'disabled', httpPutResponseHopLimit: 2, httpTokens: 'required' }, false],
    ['what was missing beside others', { httpTokens: 'required' }, { httpEndpoint: 'enabled', httpProtocolIPv6: 'disabled', httpPutResponseHopLimit: 1, httpTokens: 'required' }, true],
  ])('writes out the metadata options of before: %s', (_, metadataOptions, expected, isOpen) => {
    const { nodeClass, migration } = migrated(template({ amiFamily: 'Bottlerocket', metadataOptions }));
    expect(nodeClass.spec.metadataOptions).toEqual(expected);
    expect(migration.decisions.some(({ field }) => field === 'spec.metadataOptions')).toBe(isOpen);
  });

  test('without an instance profile gets what is asked for, or a name that cannot be overlooked', () => {
    const bare = template({ instanceProfile: undefined });
    expect(KarpenterMigration.fromObjects([bare], { nodeRole: 'nodes' }).objects[0].spec.role).toBe('nodes');
    expect(KarpenterMigration.fromObjects([bare], { instanceProfile: 'nodes' }).objects[0].spec.instanceProfile).toBe('nodes');
    const { nodeClass, migration } = migrated(bare);
    expect(nodeClass.spec.role).toBe('REPLACE-ME');
    expect(migration.decisions.map(({ field }) => field)).toContain('spec.instanceProfile');
    expect(() => KarpenterMigration.fromObjects([], { nodeRole: 'a', instanceProfile: 'b' })).toThrow('"nodeRole" is "a" and "instanceProfile" is "b": give one of them');
  });

  test('leaves a launch template and Ubuntu to the user', () => {
    const { nodeClass, migration } = migrated(template({ amiFamily: 'Ubuntu', launchTemplate: 'mine' }));
    expect(nodeClass.spec).toMatchObject({ amiFamily: 'Custom', amiSelectorTerms: [{ ssmParameter: 'REPLACE-ME' }] });
    expect(migration.decisions.map(({ field }) => field)).toEqual(['spec.launchTemplate', 'spec.amiFamily', 'spec.amiSelectorTerms']);
  });
});

describe('the global settings', () => {
  const settings = (data: object) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'karpenter-global-settings' }, data });

  test('stand in the classes and in the values of the chart', () => {
    const { nodeClass, migration } = migrated(template({ instanceProfile: undefined, tags: { team: 'own' } }), settings({
      'aws.defaultInstanceProfile': 'all', 'aws.tags': '{"team":"all","stage":"prod"}', 'aws.interruptionQueueName': 'queue', 'aws.isolatedVPC': 'true', 'aws.enablePodENI': 'true',
    }));
    expect(nodeClass.spec).toMatchObject({ instanceProfile: 'all', tags: { team: 'own', stage: 'prod' } });
    expect(migration.values).toEqual({ settings: { interruptionQueue: 'queue', isolatedVPC: true } });
    expect(migration.notes.filter(({ kind }) => kind === 'dropped').map(({ field }) => field)).toEqual(['data.aws.enablePodENI']);
  });

  test('give every node 110 pods if they did', () => {
    const small = provisioner({ kubeletConfiguration: { maxPods: 20 } }, 'small');
    const { nodeClasses, pools } = migrated(provisioner({}), small, template(), settings({ 'aws.enableENILimitedPodDensity': 'false' }));
    const classOf = (pool: any) => nodeClasses.find(({ metadata }) => metadata.name === pool.spec.template.spec.nodeClassRef.name);
    const maxPods = pools.map(pool => classOf(pool).spec.kubelet.maxPods);
    expect(maxPods).toEqual([110, 20]);
  });
});

describe('a kubelet', () => {
  test('moves to the class', () => {
    const { nodeClasses } = migrated(oldPool({}, { kubelet: { maxPods: 10 } }), oldClass());
    expect(nodeClasses.map(({ metadata, spec }) => [metadata.name, spec.kubelet])).toEqual([['default', { maxPods: 10 }]]);
  });

  test('makes a class of its own where pools of a class differ, and leaves the class of those without one alone', () => {
    const { nodeClasses, pools } = migrated(
      oldPool({}, { kubelet: { maxPods: 10 } }, 'a'), oldPool({}, {}, 'b'), oldPool({}, { kubelet: { maxPods: 20 } }, 'c'), oldPool({}, { kubelet: { maxPods: 10 } }, 'd'), oldClass(),
    );
    expect(nodeClasses.map(({ metadata, spec }) => [metadata.name, spec.kubelet?.maxPods])).toEqual([['default', undefined], ['default-a', 10], ['default-c', 20]]);
    expect(pools.map(({ spec }) => spec.template.spec.nodeClassRef.name)).toEqual(['default-a', 'default', 'default-c', 'default-a']);
    expect(new Set(nodeClasses.map(({ spec }) => spec.role))).toEqual(new Set(['nodes']));
  });

  test('of a class that is not there is left to the user', () => {
    const { migration } = migrated(oldPool({}, { kubelet: { maxPods: 10 } }));
    expect(migration.decisions.map(({ text }) => text)).toContainEqual('belongs to the node class "default", which is not among the objects: write {"maxPods":10} into its spec.kubelet');
  });
});

describe('a NodePool of v1beta1', () => {
  test('without a disruption goes on as before', () => {
    const { pool } = migrated(oldPool(), oldClass());
    expect(pool.spec.disruption).toEqual({ consolidationPolicy: 'WhenEmptyOrUnderutilized', consolidateAfter: '0s', budgets: [{ nodes: '10%' }] });
    expect(pool.spec.template.spec.expireAfter).toBe('720h');
  });

  test('has its expiry where nodes have it', () => {
    const { pool } = migrated(oldPool({ disruption: { consolidationPolicy: 'WhenEmpty', consolidateAfter: '5m', expireAfter: 'Never', budgets: [{ nodes: '1', reasons: ['empty'] }] } }), oldClass());
    expect(pool.spec.disruption).toEqual({ consolidationPolicy: 'WhenEmpty', consolidateAfter: '5m', budgets: [{ nodes: '1', reasons: ['Empty'] }] });
    expect(pool.spec.template.spec.expireAfter).toBe('Never');
    expect(pool.spec.template.spec.nodeClassRef).toEqual({ group: 'karpenter.k8s.aws', kind: 'EC2NodeClass', name: 'default' });
  });

  test('says what it does not know', () => {
    const { migration } = migrated(oldPool({ newer: { a: 1 } }), oldClass({ odd: true }));
    expect(migration.decisions.map(({ object, field, text }) => [object, field, text])).toEqual(expect.arrayContaining([
      ['NodePool/default', 'spec.newer', 'is no field that this migration knows: {"a":1} is left out'],
      ['EC2NodeClass/default', 'spec.odd', 'is no field that this migration knows: true is left out'],
    ]));
  });
});

describe('an EC2NodeClass of v1beta1', () => {
  test.each([['AL2023', 'al2023@latest'], ['Bottlerocket', 'bottlerocket@latest'], ['Windows2022', 'windows2022@latest']])('of the family %s has the alias %s', (amiFamily, alias) => {
    const { spec } = migrated(oldClass({ amiFamily })).nodeClass;
    expect([spec.amiFamily, spec.amiSelectorTerms]).toEqual([undefined, [{ alias }]]);
  });

  test('keeps its hop limit, and the one that it did not give', () => {
    expect(migrated(oldClass()).nodeClass.spec.metadataOptions.httpPutResponseHopLimit).toBe(2);
    expect(migrated(oldClass({ metadataOptions: { httpTokens: 'optional' } })).nodeClass.spec.metadataOptions).toMatchObject({ httpPutResponseHopLimit: 2, httpTokens: 'optional' });
    expect(migrated(oldClass({ metadataOptions: { httpPutResponseHopLimit: 1 } })).nodeClass.spec.metadataOptions.httpPutResponseHopLimit).toBe(1);
  });

  test('loses tags that Karpenter sets', () => {
    const { nodeClass, notes } = migrated(oldClass({ tags: { 'karpenter.sh/nodepool': 'a', 'team': 'b' } }));
    expect(nodeClass.spec.tags).toEqual({ team: 'b' });
    expect(notes('dropped')).toEqual(['EC2NodeClass/default spec.tags.karpenter.sh/nodepool: Karpenter sets this tag itself, and v1 refuses it']);
  });
});

test('objects of v1 stay as they are', () => {
  const pool = { apiVersion: 'karpenter.sh/v1', kind: 'NodePool', metadata: { name: 'new' }, spec: { template: { spec: { nodeClassRef: { name: 'new' }, requirements: [] } } } };
  expect(KarpenterMigration.fromObjects([pool]).objects).toEqual([pool]);
});

test('other objects are left out; those that go by old names are told of', () => {
  const web = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' }, spec: { nodeSelector: { 'karpenter.sh/provisioner-name': 'default' } } };
  const { migration } = migrated(web);
  expect(migration.objects).toEqual([]);
  expect(migration.decisions).toEqual([expect.objectContaining({ object: 'Deployment/web', text: expect.stringContaining('goes by karpenter.sh/provisioner-name') })]);
});

test('what is twice, and what is no object, is refused', () => {
  expect(() => migrated(template(), oldClass())).toThrow('"default" would be the name of two objects of kind EC2NodeClass: leave the older one out, or give one of them another name');
  expect(() => migrated({ kind: 'NodePool' })).toThrow('object 1 is no Kubernetes object: give it an "apiVersion", a "kind" and a "metadata.name"');
  expect(() => KarpenterMigration.fromYaml('just text')).toThrow('object 1 is no Kubernetes object');
});

test('lists, several files and several documents are one', () => {
  const list = Yaml.stringify({ apiVersion: 'v1', kind: 'List', items: [provisioner({}), template()] });
  expect(KarpenterMigration.fromYaml(list).objects.map(({ kind }) => kind)).toEqual(['EC2NodeClass', 'NodePool']);
  const both = KarpenterMigration.fromFiles([V1ALPHA5, V1BETA1]);
  expect(both.objects.filter(({ kind }) => kind === 'NodePool').map(({ metadata }) => metadata.name)).toEqual(['default', 'dense', 'inline', 'bare', 'full', 'other-kubelet']);
  expect(both.objects.findIndex(({ kind }) => kind === 'NodePool')).toBe(both.objects.filter(({ kind }) => kind === 'EC2NodeClass').length);
});

describe('eks-slipway migrate-karpenter', () => {
  const cli = (args: string[], input?: string) => spawnSync(process.execPath, ['--import', 'tsx', join(ROOT, 'src', 'cli', 'main.ts'), 'migrate-karpenter', ...args],
    { cwd: ROOT, encoding: 'utf8', input });

  test('prints the objects, and apart from them what happened', () => {
    const { status, stdout, stderr } = cli([V1ALPHA5, V1BETA1]);
    expect(status).toBe(0);
    expect(parseAllDocuments(stdout).map(document => document.toJSON())).toEqual(KarpenterMigration.fromFiles([V1ALPHA5, V1BETA1]).objects);
    expect(stderr.match(/^\S.*$/gm)).toEqual(['Changed', 'Dropped', 'For you to decide', 'Values of Karpenter\'s chart']);
  });

  test('reads standard input, and writes to a file', () => {
    const folder = mkdtempSync(join(tmpdir(), 'migrate-'));
    const out = join(folder, 'v1.yaml');
    const { status, stdout } = cli(['-', '--out', out, '--node-role', 'mine'], Yaml.stringify(template({ instanceProfile: undefined })));
    expect([status, stdout]).toEqual([0, '']);
    expect(readFileSync(out, 'utf8')).toContain('role: mine');
    rmSync(folder, { recursive: true });
  });

  test('says what it needs', () => {
    expect(cli([])).toMatchObject({ status: 2, stderr: expect.stringContaining('usage: eks-slipway') });
    expect(cli(['nowhere.yaml'])).toMatchObject({ status: 2, stdout: '', stderr: expect.stringMatching(/^eks-slipway: "nowhere\.yaml" is not there: name files/) });
  });
});
