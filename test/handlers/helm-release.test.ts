import { gunzipSync } from 'node:zlib';
import { GivenCluster, revision } from './given-cluster';
import { Helm, HelmError } from '../../handlers/delivery/helm';
import { HelmDelivery, Release } from '../../handlers/delivery/helm-release';
import { KubeObject } from '../../handlers/delivery/objects';
import { Owner } from '../../handlers/delivery/owner';
import { Request } from '../../handlers/delivery/request';

/* What helm is told to do, by what the cluster holds and by what helm has answered. What becomes of it in a cluster is tested in test/cluster. */

const US = new Owner('cluster', '123456789012/eu-central-1/shop', 'Web');
const SIBLING = US.siblingCalled('Old');
const OTHER = new Owner('cluster', '123456789012/eu-central-1/bank', 'Web');
const INVENTORY = `/api/v1/namespaces/kube-system/configmaps/eks-slipway-${US.hash}`;
const NAMESPACE: KubeObject = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } };
const LABEL = `eks-slipway/owner=${US.hash}`;
const RELEASE: Release = {
  name: 'web', namespace: 'shop', createNamespace: true, source: { chart: 'web' }, skipCrds: true, wait: false, timeout: 600, adopt: false, maxHistory: 10, atomic: false,
};
const ENTRY = { group: 'helm.sh', version: 'v1', kind: 'HelmRelease', namespace: 'shop', name: 'web' };
const ours = { owner: US.hash };
const theirs = { owner: OTHER.hash };

let logs: string[];
let waits: number[];
beforeEach(() => {
  logs = [];
  waits = [];
  jest.spyOn(console, 'log').mockImplementation(line => { logs.push(line.replace(/ \d+ ms$/, '')); });
  const real = setTimeout;
  jest.spyOn(globalThis, 'setTimeout').mockImplementation(((work: () => void, milliseconds: number) => {
    waits.push(milliseconds);
    return real(work, 0);
  }) as any);
});
afterEach(() => jest.restoreAllMocks());

type Answer = string | Error | void;

/** Helm, as it answers to a command. */
class ScriptedHelm {
  readonly runs: string[] = [];
  readonly options: { stdin?: string; deadline: number }[] = [];
  readonly fetched: unknown[] = [];
  secrets?: string[];
  opened = 0;
  closed = 0;

  constructor(private readonly answers: Record<string, (args: string[]) => Answer | Promise<Answer>> = {}) {}

  readonly open = async () => {
    this.opened++;
    return this as unknown as Helm;
  };

  async run(args: string[], options: { stdin?: string; deadline: number }): Promise<string> {
    this.runs.push(args.join(' ').replace(/--timeout \d+s/, '--timeout T'));
    this.options.push(options);
    const answer = await this.answers[args[0]]?.(args) ?? '';
    if (answer instanceof Error) {
      throw answer;
    }
    return answer;
  }

  async fetch(source: unknown): Promise<string> {
    this.fetched.push(source);
    return 'the-chart';
  }

  conceal(secrets: string[]): void {
    this.secrets = secrets;
  }

  close(): void {
    this.closed++;
  }

  /** The commands alone. */
  get commands(): string[] {
    return this.runs.map(run => run.split(' ')[0]);
  }
}

function inventory(owner: Owner, entries: object[], more: { requests?: string[]; state?: string } = {}): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: `eks-slipway-${owner.hash}`,
      namespace: 'kube-system',
      labels: { 'app.kubernetes.io/managed-by': 'eks-slipway', 'eks-slipway/owner': owner.hash },
      annotations: { 'eks-slipway/inventory-of': owner.toString() },
    },
    data: { objects: JSON.stringify(entries), requests: JSON.stringify(more.requests ?? []), state: more.state ?? 'settled' },
  };
}

/** A namespace of ours, as it is listed and as it stands there. */
const SPACE_ENTRY = { group: '', version: 'v1', kind: 'Namespace', namespace: '', name: 'shop' };
const claimed = (object: KubeObject, owner: Owner, key: string): KubeObject => ({
  ...object, metadata: { ...object.metadata, annotations: { 'eks-slipway/claim': `${owner}:${key}` } },
});
const OUR_SPACE = claimed(NAMESPACE, US, 'core/Namespace//shop');

function request(type: 'Create' | 'Update' | 'Delete', { client }: GivenCluster, seconds = 60): Request {
  client.deadline = Date.now() + seconds * 1000;
  return { event: { RequestType: type, RequestId: 'now' } as Request['event'], client, owner: US, deadline: client.deadline, lastMoment: client.deadline + 60_000 };
}

async function deliver(type: 'Create' | 'Update', cluster: GivenCluster, helm: ScriptedHelm, release: Partial<Release> = {}, seconds?: number) {
  const delivery = await HelmDelivery.open(request(type, cluster, seconds), helm.open);
  return delivery.deliver({ ...RELEASE, ...release });
}

async function withdraw(cluster: GivenCluster, helm: ScriptedHelm, retain = false, seconds?: number) {
  const delivery = await HelmDelivery.open(request('Delete', cluster, seconds), helm.open);
  return delivery.withdraw(RELEASE, retain);
}

async function failure(work: Promise<unknown>): Promise<string> {
  const error = await work.then(() => undefined, e => e);
  expect(error).toBeInstanceOf(Error);
  return error.message;
}

const listed = (cluster: GivenCluster): any[] => JSON.parse(cluster.at(INVENTORY)!.data.objects);
const fails = (text: string) => new HelmError(`helm: ${text}`);

describe('an upgrade', () => {
  test('is told the chart, the namespace, whose it is, and to leave the rest to us', async () => {
    const helm = new ScriptedHelm();
    const cluster = new GivenCluster(NAMESPACE);
    expect(await deliver('Create', cluster, helm)).toEqual({ note: undefined });
    expect(helm.runs).toEqual([`upgrade web the-chart --install --namespace shop --skip-crds --history-max 10 --labels ${LABEL} --timeout T`]);
    expect(helm.fetched).toEqual([{ chart: 'web' }]);
    expect([helm.opened, helm.closed, helm.secrets]).toEqual([1, 1, []]);
    expect(logs).toEqual(['upgraded release shop/web']);
    expect(listed(cluster)).toEqual([ENTRY]);
    expect(cluster.at(INVENTORY)!.data).toMatchObject({ requests: '["now"]', state: 'settled' });
  });

  test('gets its values on the input, waits if it is asked to, and repeats no secret', async () => {
    const helm = new ScriptedHelm();
    await deliver('Create', new GivenCluster(NAMESPACE), helm, { values: '{"a":1}', secrets: ['hunter2'], wait: true, maxHistory: 3 });
    expect(helm.runs).toEqual([`upgrade web the-chart --install --namespace shop --skip-crds --history-max 3 --labels ${LABEL} --timeout T --wait --values -`]);
    expect(helm.options[0].stdin).toBe('{"a":1}');
    expect(helm.secrets).toEqual(['hunter2']);
  });

  test.each([[600, 60, 55], [20, 60, 20], [600, 3, 1]])('of %d seconds with %d left is given %d, and ended with the request', async (timeout, left, given) => {
    let seen = 0;
    const helm = new ScriptedHelm({ upgrade: args => { seen = parseInt(args[args.indexOf('--timeout') + 1], 10); } });
    const cluster = new GivenCluster(NAMESPACE);
    await deliver('Create', cluster, helm, { timeout }, left);
    expect(seen).toBeLessThanOrEqual(given);
    expect(seen).toBeGreaterThanOrEqual(Math.max(1, given - 2));
    expect(helm.options[0].deadline).toBe(cluster.client.deadline);
  });

  test.each([['ssa', ' --force-conflicts'], ['csa', '']])('over a revision of the method %s is told "%s"', async (method, flag) => {
    const helm = new ScriptedHelm();
    await deliver('Update', new GivenCluster(NAMESPACE, revision('web', 1, ours), revision('web', 2, { ...ours, method })), helm);
    expect(helm.runs[0].endsWith(` --timeout T${flag}`)).toBe(true);
  });

  test('goes by the newest revision, by number', async () => {
    const helm = new ScriptedHelm();
    await deliver('Update', new GivenCluster(NAMESPACE, revision('web', 10, { ...ours, method: 'ssa' }), revision('web', 9, ours), revision('web', 8, ours), revision('other', 11, ours)), helm);
    expect(helm.runs[0]).toContain('--force-conflicts');
  });

  test('is listed as under way, with what was there, before helm is run', async () => {
    let state: any;
    const cluster = new GivenCluster(NAMESPACE, revision('web', 4));
    await deliver('Create', cluster, new ScriptedHelm({ upgrade: () => { state = cluster.at(INVENTORY)!.data; } }), { adopt: true });
    expect(state.state).toBe('pending');
    expect(JSON.parse(state.objects)).toEqual([{ ...ENTRY, adopted: true, revision: 4 }]);
    expect(listed(cluster)).toEqual([{ ...ENTRY, revision: 4 }]);
  });

  test('that was dealt with is not done again', async () => {
    const helm = new ScriptedHelm();
    expect(await deliver('Update', new GivenCluster(inventory(US, [ENTRY], { requests: ['now'] })), helm)).toEqual({});
    expect(helm.opened).toBe(0);
    expect(logs).toEqual(['this request was dealt with before: nothing to do']);
  });

  test('asks no other list who wants what, as long as nothing is given up', async () => {
    const cluster = new GivenCluster(NAMESPACE);
    const paths: string[] = [];
    cluster.onRead = path => { paths.push(path); };
    await deliver('Create', cluster, new ScriptedHelm(), { skipCrds: false });
    expect(paths).not.toContain('/api/v1/namespaces/kube-system/configmaps');
    // Before helm is run, and after.
    expect(cluster.written).toEqual([INVENTORY, INVENTORY]);
  });

  test('tells of pods without credentials', async () => {
    const cluster = new GivenCluster(NAMESPACE, { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web-1', namespace: 'shop' }, spec: { containers: [{}] } });
    Object.assign(cluster.client, { patience: 0 });
    expect((await deliver('Update', cluster, new ScriptedHelm(), { identities: ['shop/web'] })).note).toBe('pods without the credentials of their service account: shop/web-1');
  });
});

describe('an upgrade that fails', () => {
  const transient = fails('dial tcp: i/o timeout');

  test('for what passes is tried again, later each time, and then given up', async () => {
    const helm = new ScriptedHelm({ upgrade: () => transient });
    expect(await failure(deliver('Update', new GivenCluster(NAMESPACE), helm))).toBe('helm: dial tcp: i/o timeout');
    expect(helm.runs).toHaveLength(5);
    expect(waits).toEqual([2000, 4000, 6000, 8000]);
    expect(helm.closed).toBe(1);
  });

  test('for what passes is not tried again when the time is over', async () => {
    const helm = new ScriptedHelm({ upgrade: () => transient });
    await failure(deliver('Update', new GivenCluster(NAMESPACE), helm, {}, 33));
    expect(helm.runs).toHaveLength(1);
    const enough = new ScriptedHelm({ upgrade: () => transient });
    await failure(deliver('Update', new GivenCluster(NAMESPACE), enough, {}, 37));
    expect(enough.runs).toHaveLength(5);
  });

  test('for what does not pass is not tried again', async () => {
    for (const error of [fails('values do not meet the schema'), new Error('i/o timeout of our own')]) {
      const helm = new ScriptedHelm({ upgrade: () => error });
      expect(await failure(deliver('Update', new GivenCluster(NAMESPACE), helm))).toBe(error.message);
      expect(helm.runs).toHaveLength(1);
    }
    expect(waits).toEqual([]);
  });

  test('and left the release locked is tried again from where it can go on', async () => {
    const cluster = new GivenCluster(NAMESPACE, revision('web', 1, ours));
    let time = 0;
    const helm = new ScriptedHelm({
      upgrade: () => {
        if (time++ > 0) { return; }
        cluster.add(revision('web', 2, { ...ours, status: 'pending-upgrade' }));
        return transient;
      },
      rollback: () => cluster.add(revision('web', 3, ours)),
    });
    await deliver('Update', cluster, helm);
    expect(helm.commands).toEqual(['upgrade', 'rollback', 'upgrade']);
    expect(helm.runs[1]).toBe('rollback web 1 --namespace shop --timeout T');
  });

  test('for a kind that is gone is tried again once the record is mended, at once and once only', async () => {
    const manifest = '---\napiVersion: gone.example.com/v1\nkind: Gone\nmetadata: { name: web }\n';
    const helm = new ScriptedHelm({ upgrade: () => fails('no matches for kind "Gone"') });
    await failure(deliver('Update', new GivenCluster(NAMESPACE, revision('web', 1, { ...ours, manifest })), helm));
    expect(helm.commands).toEqual(['upgrade', 'upgrade']);
    expect(waits).toEqual([]);
    // Each try leaves such a record again.
    const cluster = new GivenCluster(NAMESPACE);
    let version = 0;
    const restless = new ScriptedHelm({
      upgrade: () => {
        cluster.add(revision('web', ++version, { ...ours, manifest }));
        return fails('no matches for kind "Gone"');
      },
    });
    await failure(deliver('Update', cluster, restless));
    expect(restless.commands).toEqual(['upgrade', 'upgrade']);
    const nothing = new ScriptedHelm({ upgrade: () => fails('no matches for kind "Gone"') });
    await failure(deliver('Update', new GivenCluster(NAMESPACE, revision('web', 1, ours)), nothing));
    expect(nothing.commands).toEqual(['upgrade']);
  });

  test.each([['that was never there', []], ['that was never deployed', [revision('web', 1, { ...ours, status: 'failed' })]]])('for a kind that is gone of a release %s is told as it is', async (_title, secrets) => {
    const text = await failure(deliver('Update', new GivenCluster(NAMESPACE, ...secrets), new ScriptedHelm({ upgrade: () => fails('no matches for kind "Gone"') })));
    expect(text).toBe('helm: no matches for kind "Gone"');
  });

  test('for another reason mends nothing', async () => {
    const manifest = '---\napiVersion: gone.example.com/v1\nkind: Gone\nmetadata: { name: web }\n';
    const cluster = new GivenCluster(NAMESPACE, revision('web', 1, { ...ours, manifest }));
    await failure(deliver('Update', cluster, new ScriptedHelm({ upgrade: () => fails('values do not meet the schema') })));
    expect(cluster.written.filter(path => path.includes('/secrets/'))).toEqual([]);
  });

  test('for a kind that is gone mends the newest revision and the deployed one, which helm both reads', async () => {
    const manifest = '---\napiVersion: gone.example.com/v1\nkind: Gone\nmetadata: { name: web }\n';
    const states = ['deployed', 'deployed', 'superseded', 'deployed', 'superseded', 'failed'];
    const cluster = new GivenCluster(NAMESPACE, ...states.map((status, i) => revision('web', i + 1, { ...ours, status, manifest })));
    await failure(deliver('Update', cluster, new ScriptedHelm({ upgrade: () => fails('no matches for kind "Gone"') })));
    expect(cluster.written.filter(path => path.includes('/secrets/')).map(path => path.slice(-2)).sort()).toEqual(['v4', 'v6']);
  });

  test('is put back at once, if it is to be atomic; CloudFormation does not care whether that went well', async () => {
    const cluster = () => new GivenCluster(NAMESPACE, revision('web', 1, ours), revision('web', 2, { ...ours, method: 'ssa' }), inventory(US, [ENTRY], { requests: ['before'] }));
    const answers = { upgrade: () => fails('no'), rollback: () => fails('no rollback') };
    const atomic = new ScriptedHelm(answers);
    expect(await failure(deliver('Update', cluster(), atomic, { atomic: true }))).toBe('helm: no');
    expect(atomic.runs.slice(1)).toEqual(['rollback web 2 --namespace shop --timeout T --force-conflicts']);
    expect(logs).toEqual(['upgraded release shop/web failed after', 'rolled back release shop/web to revision 2 failed after', 'helm: no rollback']);
    const plain = new ScriptedHelm(answers);
    await failure(deliver('Update', cluster(), plain));
    expect(plain.commands).toEqual(['upgrade']);
    const first = new ScriptedHelm(answers);
    await failure(deliver('Update', new GivenCluster(NAMESPACE), first, { atomic: true }));
    expect(first.commands).toEqual(['upgrade']);
  });

  test('has, for being put back, until the answer is due', async () => {
    let left = 0;
    const helm = new ScriptedHelm({ upgrade: () => fails('no'), rollback: args => { left = parseInt(args.at(-1)!, 10); } });
    const cluster = new GivenCluster(NAMESPACE, revision('web', 1, ours));
    await failure(deliver('Update', cluster, helm, { atomic: true }, 40));
    expect([95, 96, 97]).toContain(left);
    expect(helm.options.at(-1)!.deadline).toBe(cluster.client.deadline);
  });
});

test.each([
  ['pending-install', [['pending-install', undefined]], 'uninstall', 'uninstalling what is there of it'],
  ['pending-upgrade', [['superseded', undefined], ['deployed', undefined], ['pending-upgrade', undefined]], 'rollback web 2', 'rolling back to revision 2'],
  ['pending-upgrade', [['failed', undefined], ['superseded', undefined], ['superseded', undefined], ['failed', undefined], ['pending-upgrade', undefined]], 'rollback web 3', 'rolling back to revision 3'],
  ['pending-rollback', [['failed', undefined], ['failed', undefined], ['pending-rollback', undefined]], 'rollback web 2', 'rolling back to revision 2'],
  ['pending-rollback', [['deployed', undefined], ['deployed', undefined], ['superseded', undefined], ['pending-rollback', undefined]], 'rollback web 2', 'rolling back to revision 2'],
  ['uninstalling', [['deployed', undefined], ['uninstalling', undefined]], 'uninstall', 'uninstalling what is there of it'],
])('a release that was left %s after %j is put where it can go on from: %s', async (status, states, command, told) => {
  const cluster = new GivenCluster(NAMESPACE, ...states.map(([state], i) => revision('web', i + 1, { ...ours, status: state })));
  const helm = new ScriptedHelm();
  await deliver('Update', cluster, helm);
  expect(helm.runs[0].startsWith(command)).toBe(true);
  expect(helm.commands).toEqual([command.split(' ')[0], 'upgrade']);
  expect(logs[0]).toBe(`release shop/web is ${status}: ${told}`);
});

test('a release of nobody that was left in its installation is uninstalled before it is adopted', async () => {
  const cluster = new GivenCluster(NAMESPACE, revision('web', 1, { status: 'pending-install' }));
  const helm = new ScriptedHelm();
  await deliver('Create', cluster, helm, { adopt: true });
  expect(helm.commands).toEqual(['uninstall', 'upgrade']);
});

test.each(['deployed', 'failed', 'superseded', 'uninstalled'])('a release that is %s is upgraded as it is', async status => {
  const helm = new ScriptedHelm();
  await deliver('Update', new GivenCluster(NAMESPACE, revision('web', 1, { ...ours, status })), helm);
  expect(helm.commands).toEqual(['upgrade']);
});

describe('a release that is there', () => {
  test.each([
    ['of another stack', [revision('web', 1, theirs), inventory(OTHER, [])], {},
      'Helm release "web" in namespace "shop" is delivered by "Web" of stack bank (account 123456789012, eu-central-1, cluster cluster) and cannot be delivered by "Web" of stack shop (account 123456789012, eu-central-1, cluster cluster) too. Give one of the two another release name'],
    ['of another stack, even if it is to be adopted', [revision('web', 1, theirs), inventory(OTHER, [])], { adopt: true }, /is delivered by "Web" of stack bank/],
    ['of nobody', [revision('web', 1)], {},
      'Helm release "web" in namespace "shop" exists and was not delivered by EKS Slipway. Adopt it (conflict: adopt), choose another release name, or uninstall the existing one'],
    ['of somebody who is no more', [revision('web', 1, theirs)], {}, /exists and was not delivered by EKS Slipway/],
    ['of a sibling, while we have it too', [revision('web', 1, { owner: SIBLING.hash }), inventory(SIBLING, []), inventory(US, [ENTRY], { requests: ['before'] })], {}, /is delivered by "Old" of stack shop/],
  ] as [string, KubeObject[], Partial<Release>, string | RegExp][])('%s is refused, and nothing is done', async (_title, objects, release, message) => {
    const helm = new ScriptedHelm();
    const cluster = new GivenCluster(NAMESPACE, ...objects);
    const told = await failure(deliver('Create', cluster, helm, release));
    expect(told).toEqual(typeof message === 'string' ? message : expect.stringMatching(message));
    expect([helm.opened, cluster.written]).toEqual([0, []]);
  });

  test.each([
    ['ours', revision('web', 3, ours), {}, {}],
    ['of somebody, and uninstalled', revision('web', 3, { ...theirs, status: 'uninstalled' }), {}, {}],
    ['of somebody who is no more, if it is to be adopted', revision('web', 3, theirs), { adopt: true }, { adopted: true, revision: 3 }],
    ['of nobody, if it is to be adopted', revision('web', 3), { adopt: true }, { adopted: true, revision: 3 }],
    ['of a sibling', revision('web', 3, { owner: SIBLING.hash }), {}, { from: 'Old', revision: 3 }],
  ] as [string, KubeObject, Partial<Release>, object][])('%s is taken', async (_title, secret, release, entry) => {
    const cluster = new GivenCluster(NAMESPACE, secret, inventory(OTHER, []), inventory(SIBLING, []));
    if (release.adopt) { cluster.lose(`/api/v1/namespaces/kube-system/configmaps/eks-slipway-${OTHER.hash}`); }
    let during: any[] = [];
    const { note } = await deliver('Create', cluster, new ScriptedHelm({ upgrade: () => { during = listed(cluster); } }), release);
    expect(during).toEqual([{ ...ENTRY, ...entry }]);
    expect(note).toBe('from' in entry ? 'taken over from "Old" of stack shop (account 123456789012, eu-central-1, cluster cluster)' : undefined);
  });

  test.each([
    ['what we have is settled, without it', [{ ...ENTRY, name: 'other' }], 'settled'],
    ['a request for it is under way', [ENTRY], 'pending'],
  ])('of a sibling is taken when %s', async (_title, entries, state) => {
    const cluster = new GivenCluster(NAMESPACE, revision('web', 3, { owner: SIBLING.hash }), inventory(SIBLING, []), inventory(US, entries, { state }));
    expect((await deliver('Update', cluster, new ScriptedHelm())).note).toMatch(/^taken over from "Old"/);
  });
});

describe('a release of a sibling', () => {
  const definition = claimed({
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'things.example.com', managedFields: [{ manager: SIBLING.fieldManager, operation: 'Apply', fieldsV1: { 'f:spec': {} } }] },
    spec: { group: 'example.com', names: { kind: 'Thing', plural: 'things' }, scope: 'Namespaced', versions: [] },
  }, SIBLING, 'apiextensions.k8s.io/CustomResourceDefinition//things.example.com');
  const space = (owner: Owner) => claimed(NAMESPACE, owner, 'core/Namespace//shop');
  const show = () => `${JSON.stringify({ ...definition, metadata: { name: 'things.example.com' } })}\n---\n${JSON.stringify({ ...definition, metadata: { name: 'others.example.com' } })}`;
  const established = (cluster: GivenCluster) => {
    cluster.onWrite = object => { if (object.kind === 'CustomResourceDefinition') { object.status = { conditions: [{ type: 'Established', status: 'True' }] }; } };
    return cluster;
  };
  const claims = (cluster: GivenCluster) => [
    SPACE, DEFINITION,
  ].map(path => cluster.at(path)?.metadata.annotations?.['eks-slipway/claim'].split(':')[2]);
  const SPACE = '/api/v1/namespaces/shop';
  const DEFINITION = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions/things.example.com';
  const KEPT = `/api/v1/namespaces/kube-system/secrets/eks-slipway-${US.hash}-${SIBLING.hash}`;

  test('comes with its namespace and its definitions, and what they were is kept until the other has let go', async () => {
    const cluster = established(new GivenCluster(space(SIBLING), definition, revision('web', 1, { owner: SIBLING.hash }), inventory(SIBLING, [])));
    let during: any[] = [];
    const { note } = await deliver('Create', cluster, new ScriptedHelm({ show, upgrade: () => { during = listed(cluster); } }), { skipCrds: false });
    expect(note).toMatch(/^taken over from "Old"/);
    expect(claims(cluster)).toEqual(['Web', 'Web']);
    expect(during.slice(1).map(({ name, from, uid, adopted }) => [name, from, uid, adopted])).toEqual([
      ['shop', 'Old', `uid of ${SPACE}`, undefined],
      ['things.example.com', 'Old', `uid of ${DEFINITION}`, undefined],
      ['others.example.com', undefined, undefined, undefined],
    ]);
    const kept = JSON.parse(gunzipSync(Buffer.from(cluster.at(KEPT)!.data.objects, 'base64')).toString('utf8'));
    expect(kept.map(({ metadata, spec }: KubeObject) => [metadata.name, spec])).toEqual([['shop', undefined], ['things.example.com', definition.spec]]);
    expect(logs).toEqual(expect.arrayContaining(['passed on from "Old" to "Web" Namespace shop', 'passed on from "Old" to "Web" CustomResourceDefinition things.example.com']));
  });

  test('is listed with them before they are passed on', async () => {
    const cluster = new GivenCluster(space(SIBLING), revision('web', 1, { owner: SIBLING.hash }), inventory(SIBLING, []));
    await deliver('Create', cluster, new ScriptedHelm());
    expect(cluster.written.slice(0, 4)).toEqual([INVENTORY, KEPT, INVENTORY, SPACE]);
  });

  test.each([['of somebody else', OTHER, 'Web'], ['of nobody', undefined, undefined]])('comes without a namespace %s', async (_title, owner, claim) => {
    const cluster = new GivenCluster(owner ? space(owner) : NAMESPACE, revision('web', 1, { owner: SIBLING.hash }), inventory(SIBLING, []));
    await deliver('Create', cluster, new ScriptedHelm());
    expect(claims(cluster)[0]).toBe(claim);
    expect(cluster.written).toEqual([INVENTORY, INVENTORY]);
  });

  test('is told of together with pods without credentials', async () => {
    const pod: KubeObject = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web-1', namespace: 'shop' }, spec: { containers: [{}] } };
    const cluster = new GivenCluster(NAMESPACE, pod, revision('web', 1, { owner: SIBLING.hash }), inventory(SIBLING, []));
    Object.assign(cluster.client, { patience: 0 });
    expect((await deliver('Create', cluster, new ScriptedHelm(), { identities: ['shop/web'] })).note).toMatch(/cluster cluster\); pods without/);
  });

  test('goes back with its namespace when the create fails', async () => {
    const cluster = new GivenCluster(space(SIBLING), revision('web', 1, { owner: SIBLING.hash }), inventory(SIBLING, []));
    const helm = new ScriptedHelm({
      upgrade: () => {
        cluster.add(revision('web', 2, ours));
        return fails('no');
      },
    });
    expect(await failure(deliver('Create', cluster, helm))).toBe('helm: no');
    expect(claims(cluster)[0]).toBe('Old');
    expect(cluster.deleted).not.toContain(SPACE);
    expect(logs.filter(line => line.startsWith('left alone'))).toEqual([]);
  });

  test('that is gone when the create fails leaves its namespace to the sibling, empty as it is', async () => {
    const cluster = new GivenCluster(space(SIBLING), revision('web', 1, { owner: SIBLING.hash }), inventory(SIBLING, []));
    const helm = new ScriptedHelm({
      upgrade: () => {
        cluster.lose(`${SPACE}/secrets/sh.helm.release.v1.web.v1`);
        return fails('no');
      },
    });
    expect(await failure(deliver('Create', cluster, helm))).toBe('helm: no');
    expect(claims(cluster)[0]).toBe('Old');
    expect(cluster.deleted).not.toContain(SPACE);
  });
});

describe('the namespace', () => {
  test('is made if it is missing and is to be, with our claim', async () => {
    const cluster = new GivenCluster();
    await deliver('Create', cluster, new ScriptedHelm());
    expect(cluster.at('/api/v1/namespaces/shop')).toMatchObject({
      apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', annotations: { 'eks-slipway/claim': `${US}:core/Namespace//shop` } },
    });
    expect(logs).toEqual(['applied Namespace shop', 'upgraded release shop/web']);
    expect(listed(cluster)).toEqual([ENTRY, { ...SPACE_ENTRY, uid: 'uid of /api/v1/namespaces/shop' }]);
  });

  test('is listed before it is made', async () => {
    const cluster = new GivenCluster();
    const written = jest.spyOn(cluster.client, 'apply');
    await deliver('Create', cluster, new ScriptedHelm());
    const kinds = written.mock.calls.map(([, object]) => `${object.kind} ${object.data?.objects.includes('Namespace') ?? ''}`);
    expect(kinds).toEqual(['ConfigMap false', 'ConfigMap true', 'Namespace ', 'ConfigMap true']);
    expect(written.mock.calls[2][2]).toEqual({ force: false, validation: 'Strict' });
  });

  test.each([['is there', true, [NAMESPACE]], ['is not to be', false, []]])('is not made if it %s', async (_title, createNamespace, objects) => {
    const cluster = new GivenCluster(...objects);
    await deliver('Create', cluster, new ScriptedHelm(), { createNamespace });
    expect(new Set(cluster.written)).toEqual(new Set([INVENTORY]));
    expect(listed(cluster)).toEqual([ENTRY]);
  });
});

describe('the definitions of a chart', () => {
  const PATH = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions/things.example.com';
  const crd = (name: string) => `apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata:\n  name: ${name}\n  annotations: { from: chart }\nspec: { group: example.com }\nstatus: { conditions: [] }\n`;
  const show = (...documents: string[]) => ({ show: () => documents.map(text => `---\n${text}`).join('') });
  const there = (owner?: Owner): KubeObject => {
    const object: KubeObject = { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', metadata: { name: 'things.example.com' }, spec: {} };
    return owner ? claimed(object, owner, 'apiextensions.k8s.io/CustomResourceDefinition//things.example.com') : object;
  };
  const established = (cluster: GivenCluster) => {
    cluster.onWrite = object => { if (object.kind === 'CustomResourceDefinition') { object.status = { conditions: [{ type: 'Established', status: 'True' }] }; } };
    return cluster;
  };

  test('are applied before helm is run, whatever else is among them, with our claim', async () => {
    const cluster = established(new GivenCluster(NAMESPACE));
    const applied = jest.spyOn(cluster.client, 'apply');
    const helm = new ScriptedHelm(show(crd('things.example.com'), '# a comment\n', 'kind: CustomResourceDefinition\napiVersion: other/v1\nmetadata: { name: x }\n', 'text\n', 'a: 1\n', crd('others.example.com')));
    await deliver('Create', cluster, helm, { skipCrds: false });
    expect(helm.runs[0]).toBe('show crds the-chart');
    expect(helm.commands).toEqual(['show', 'upgrade']);
    expect(helm.options[0].deadline).toBe(cluster.client.deadline);
    const given = applied.mock.calls.filter(([, object]) => object.kind === 'CustomResourceDefinition');
    expect(given.map(([, object, options]) => [object, options])).toEqual(['things.example.com', 'others.example.com'].map(name => [{
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name, annotations: { 'from': 'chart', 'eks-slipway/claim': `${US}:apiextensions.k8s.io/CustomResourceDefinition//${name}` } },
      spec: { group: 'example.com' },
    }, { force: true, validation: 'Ignore' }]));
    expect(listed(cluster).map(({ name, uid }) => [name, uid])).toEqual([['web', undefined], ['things.example.com', `uid of ${PATH}`], ['others.example.com', expect.any(String)]]);
    expect(logs).toEqual(['applied CustomResourceDefinition things.example.com', 'applied CustomResourceDefinition others.example.com', 'upgraded release shop/web']);
  });

  test('are listed before they are applied', async () => {
    const cluster = established(new GivenCluster(NAMESPACE));
    const applied = jest.spyOn(cluster.client, 'apply');
    await deliver('Create', cluster, new ScriptedHelm(show(crd('things.example.com'))), { skipCrds: false });
    const at = applied.mock.calls.findIndex(([, object]) => object.kind === 'CustomResourceDefinition');
    expect(applied.mock.calls[at - 1][1].data?.objects).toContain('things.example.com');
  });

  test('that are there and ours are listed as the very ones they are', async () => {
    const cluster = established(new GivenCluster(NAMESPACE, there(US)));
    const applied = jest.spyOn(cluster.client, 'apply');
    await deliver('Create', cluster, new ScriptedHelm(show(crd('things.example.com'))), { skipCrds: false });
    expect(applied.mock.calls[1][1].data?.objects).toContain(`uid of ${PATH}`);
  });

  test('go with a create that fails, if it has made them', async () => {
    const brought = crd('things.example.com').replace('group: example.com', 'group: example.com, names: { kind: Thing, plural: things }, scope: Namespaced, versions: []');
    for (const objects of [[], [there()]]) {
      const cluster = established(new GivenCluster(NAMESPACE, ...objects));
      expect(await failure(deliver('Create', cluster, new ScriptedHelm({ ...show(brought), upgrade: () => fails('no') }), { skipCrds: false }))).toBe('helm: no');
      expect(cluster.deleted.includes(PATH)).toBe(objects.length === 0);
    }
  });

  test('are looked at until they are established', async () => {
    const cluster = new GivenCluster(NAMESPACE);
    let looks = 0;
    cluster.onRead = path => {
      if (path === PATH && cluster.written.includes(PATH) && ++looks === 3) { cluster.add({ ...there(US), status: { conditions: [{ type: 'Established', status: 'True' }] } }); }
    };
    await deliver('Create', cluster, new ScriptedHelm(show(crd('things.example.com'))), { skipCrds: false });
    expect(looks).toBeGreaterThanOrEqual(3);
  });

  test.each([
    ['of nobody are applied, and stay nobody\'s', undefined, true, undefined],
    ['of ours are applied, and stay ours', US, true, `${US}:`],
    ['of somebody else are left to him', OTHER, false, `${OTHER}:`],
  ])('that are there %s', async (_title, owner, applied, claim) => {
    const cluster = established(new GivenCluster(NAMESPACE, there(owner)));
    await deliver('Create', cluster, new ScriptedHelm(show(crd('things.example.com'))), { skipCrds: false });
    expect(cluster.written.includes(PATH)).toBe(applied);
    const given = cluster.at(PATH)!.metadata.annotations?.['eks-slipway/claim'];
    expect(given).toEqual(claim === undefined ? undefined : expect.stringContaining(claim));
    expect(listed(cluster).some(({ name }) => name === 'things.example.com')).toBe(owner === US);
    expect(logs.includes('left alone CustomResourceDefinition things.example.com: "Web" of stack bank (account 123456789012, eu-central-1, cluster cluster) delivers it')).toBe(!applied);
  });

  test('are not asked for if they are to be skipped', async () => {
    const helm = new ScriptedHelm(show(crd('things.example.com')));
    await deliver('Create', new GivenCluster(NAMESPACE), helm);
    expect(helm.commands).toEqual(['upgrade']);
  });
});

describe('a create that fails', () => {
  const no = { upgrade: () => fails('no') };

  test('is undone: what helm has made, the namespace, and the list', async () => {
    const cluster = new GivenCluster();
    let states: string[] = [];
    const helm = new ScriptedHelm({
      upgrade: () => {
        cluster.add(revision('web', 1, { ...ours, status: 'failed' }));
        return fails('no');
      },
      uninstall: () => {
        states = [...states, cluster.at(INVENTORY)!.data.state];
        cluster.lose('/api/v1/namespaces/shop/secrets/sh.helm.release.v1.web.v1');
      },
    });
    expect(await failure(deliver('Create', cluster, helm))).toBe('helm: no');
    expect(helm.commands).toEqual(['upgrade', 'uninstall']);
    expect(states).toEqual(['leaving']);
    expect(logs).toContain('undoing the create');
    expect(cluster.deleted).toEqual(['/api/v1/namespaces/shop', INVENTORY]);
    expect(helm.closed).toBe(1);
  });

  test('says so when what it had made could not be removed', async () => {
    const cluster = new GivenCluster(NAMESPACE, revision('web', 1, ours));
    const helm = new ScriptedHelm({ ...no, uninstall: () => fails('nor that') });
    expect(await failure(deliver('Create', cluster, helm))).toBe('helm: no. What it had made could not be removed completely: helm: nor that');
    expect(cluster.at(INVENTORY)).toBeDefined();
  });

  test('keeps its namespace if somebody has put something into it', async () => {
    const cluster = new GivenCluster();
    const helm = new ScriptedHelm({
      upgrade: () => {
        cluster.add({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'theirs', namespace: 'shop' } });
        return fails('no');
      },
    });
    await failure(deliver('Create', cluster, helm));
    expect(cluster.deleted).toEqual([INVENTORY]);
  });

  test('does not take back what is somebody else\'s by now', async () => {
    const cluster = new GivenCluster(NAMESPACE);
    const helm = new ScriptedHelm({
      upgrade: () => {
        cluster.add(revision('web', 1, theirs));
        return fails('no');
      },
    });
    await failure(deliver('Create', cluster, helm));
    expect(helm.commands).toEqual(['upgrade']);
  });

  test('of what is adopted goes back to the revision there was, if there is another now', async () => {
    const cluster = new GivenCluster(NAMESPACE, revision('web', 7, { method: 'ssa' }));
    const helm = new ScriptedHelm({
      upgrade: () => {
        cluster.add(revision('web', 8, { ...ours, status: 'failed' }));
        return fails('no');
      },
    });
    await failure(deliver('Create', cluster, helm, { adopt: true }));
    expect(helm.runs.slice(1)).toEqual(['rollback web 7 --namespace shop --timeout T --force-conflicts']);
    const nothing = new ScriptedHelm(no);
    await failure(deliver('Create', new GivenCluster(NAMESPACE, revision('web', 7)), nothing, { adopt: true }));
    expect(nothing.commands).toEqual(['upgrade']);
  });

  test('of what is adopted, and is gone meanwhile, says what helm says of it', async () => {
    const cluster = new GivenCluster(NAMESPACE, revision('web', 7));
    const helm = new ScriptedHelm({
      upgrade: () => {
        cluster.lose('/api/v1/namespaces/shop/secrets/sh.helm.release.v1.web.v7');
        return fails('no');
      },
      rollback: () => fails('release: not found'),
    });
    expect(await failure(deliver('Create', cluster, helm, { adopt: true }))).toBe('helm: no. What it had made could not be removed completely: helm: release: not found');
  });

  test('of what was left behind by one of the same name is left as it is', async () => {
    const helm = new ScriptedHelm(no);
    await failure(deliver('Create', new GivenCluster(NAMESPACE, revision('web', 1, ours), inventory(US, [ENTRY], { requests: ['before'] })), helm));
    expect(helm.commands).toEqual(['upgrade']);
  });

  test('after one that came to no end is undone', async () => {
    const helm = new ScriptedHelm(no);
    await failure(deliver('Create', new GivenCluster(NAMESPACE, revision('web', 1, ours), inventory(US, [ENTRY], { state: 'pending' })), helm));
    expect(helm.commands).toEqual(['upgrade', 'uninstall']);
  });

  test('of what was a sibling\'s goes back to him, in the revision there was', async () => {
    const cluster = new GivenCluster(NAMESPACE, revision('web', 4, { owner: SIBLING.hash }), inventory(SIBLING, []));
    const helm = new ScriptedHelm({
      upgrade: () => {
        cluster.add(revision('web', 5, ours));
        return fails('no');
      },
      rollback: () => cluster.add(revision('web', 6, ours)),
    });
    await failure(deliver('Create', cluster, helm));
    expect(helm.runs.slice(1)).toEqual(['rollback web 4 --namespace shop --timeout T']);
    expect(cluster.written.at(-1)).toBe('/api/v1/namespaces/shop/secrets/sh.helm.release.v1.web.v6');
    expect(cluster.at(cluster.written.at(-1)!)!.metadata.labels).toMatchObject({ 'eks-slipway/owner': SIBLING.hash, 'version': '6' });
    expect(logs).toContain('given back to "Old" release shop/web');
  });

  test('whose update fails is not undone, and stays listed', async () => {
    const cluster = new GivenCluster(NAMESPACE, revision('web', 1, ours), inventory(US, [ENTRY], { requests: ['before'] }));
    await failure(deliver('Update', cluster, new ScriptedHelm(no)));
    expect(cluster.deleted).toEqual([]);
    expect(cluster.at(INVENTORY)!.data).toMatchObject({ requests: '["before"]', state: 'pending' });
  });
});

describe('the error of a failed upgrade', () => {
  const deployment = (name: string, annotations: Record<string, string> | undefined, missing = 'is not here'): KubeObject => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: 'shop', annotations },
    spec: {},
    status: { conditions: [{ type: 'Progressing', reason: 'ProgressDeadlineExceeded', message: missing }] },
  });
  const mark = { 'meta.helm.sh/release-name': 'web' };
  const failing = (objects: KubeObject[], release: Partial<Release> = {}, error: Error = fails('timed out')) =>
    failure(deliver('Update', new GivenCluster(NAMESPACE, ...objects), new ScriptedHelm({ upgrade: () => error }), release));

  test('says what the workloads of the release, and of its hooks, say', async () => {
    expect(await failing([
      deployment('web', mark), deployment('hook', { 'helm.sh/hook': 'pre-install' }), deployment('other', { 'meta.helm.sh/release-name': 'other' }), deployment('bare', undefined),
    ])).toBe('Deployment shop/web is not ready: is not here; Deployment shop/hook is not ready: is not here; helm: timed out');
  });

  test('looks at each kind of them', async () => {
    const unready = ['StatefulSet', 'DaemonSet'].map((kind): KubeObject => ({ ...deployment('web', mark), kind, status: {} }));
    const job: KubeObject = { ...deployment('web', mark), apiVersion: 'batch/v1', kind: 'Job', status: {} };
    const pod: KubeObject = { ...deployment('web', mark), apiVersion: 'v1', kind: 'Pod', status: { phase: 'Pending' } };
    expect((await failing([...unready, job, pod])).split('; ').map(text => text.split(' ')[0])).toEqual(['StatefulSet', 'DaemonSet', 'Job', 'Pod', 'helm:']);
  });

  test('says nothing of what is ready, and five reasons at most', async () => {
    const fine: KubeObject = { ...deployment('fine', mark), spec: { replicas: 0 }, status: { observedGeneration: 1 } };
    const text = await failing([fine, ...[1, 2, 3, 4, 5, 6].map(i => deployment(`web${i}`, mark))]);
    expect(text.split('; ').map(reason => reason.split(' ')[1])).toEqual(['shop/web1', 'shop/web2', 'shop/web3', 'shop/web4', 'shop/web5', 'timed']);
  });

  test('repeats no secret', async () => {
    expect(await failing([deployment('web', mark, 'needs hunter2')], { secrets: ['hunter2'] })).toBe('Deployment shop/web is not ready: needs ***; helm: timed out');
  });

  test('that is not helm\'s is told as it is', async () => {
    expect(await failing([deployment('web', mark)], {}, new Error('our own'))).toBe('our own');
  });

  test('is told without them when they cannot be looked at', async () => {
    const cluster = new GivenCluster(NAMESPACE);
    cluster.onRead = path => { if (path.endsWith('/deployments')) { throw new Error('no connection'); } };
    expect(await failure(deliver('Update', cluster, new ScriptedHelm({ upgrade: () => fails('timed out') })))).toBe('helm: timed out');
    expect(logs).toContain('the workloads cannot be looked at: no connection');
  });
});

describe('a release that has another name now', () => {
  const old = { ...ENTRY, name: 'old' };
  const was = (...objects: KubeObject[]) => new GivenCluster(NAMESPACE, revision('old', 2, ours), inventory(US, [old], { requests: ['before'] }), ...objects);

  test('is uninstalled under the old one, after the new one is there, and listed no more', async () => {
    const helm = new ScriptedHelm();
    const cluster = was();
    await deliver('Update', cluster, helm);
    expect(helm.commands).toEqual(['upgrade', 'uninstall']);
    expect(helm.runs[1]).toMatch(/^uninstall old /);
    expect(listed(cluster)).toEqual([ENTRY]);
  });

  test('is listed with nothing of what has gone with the old one', async () => {
    const service: KubeObject = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'old', namespace: 'shop' } };
    const manifest = '---\napiVersion: v1\nkind: Service\nmetadata: { name: old }\n';
    const cluster = new GivenCluster(NAMESPACE, service, revision('old', 2, { ...ours, manifest }), inventory(US, [old], { requests: ['before'] }));
    await deliver('Update', cluster, new ScriptedHelm({ uninstall: () => cluster.lose('/api/v1/namespaces/shop/services/old') }));
    expect(listed(cluster)).toEqual([ENTRY]);
  });

  test('is given to who wants the old one, and what we had of it is forgotten', async () => {
    const kept = (giver: Owner, taker: Owner): KubeObject => ({
      apiVersion: 'v1', kind: 'Secret', metadata: { name: `kept-${taker.logicalId}`, namespace: 'kube-system', labels: { 'eks-slipway/taken-from': giver.hash, 'eks-slipway/owner': taker.hash } },
    });
    const helm = new ScriptedHelm();
    const cluster = was(inventory(SIBLING, [old]), kept(US, SIBLING), kept(OTHER, US));
    await deliver('Update', cluster, helm);
    expect(helm.commands).toEqual(['upgrade']);
    expect(cluster.at('/api/v1/namespaces/shop/secrets/sh.helm.release.v1.old.v2')!.metadata.labels!['eks-slipway/owner']).toBe(SIBLING.hash);
    expect(cluster.deleted).toEqual(['/api/v1/namespaces/kube-system/secrets/kept-Old']);
  });

  test('is kept in mind as long as the new one does not come up', async () => {
    const cluster = was();
    await failure(deliver('Update', cluster, new ScriptedHelm({ upgrade: () => fails('no') })));
    expect(listed(cluster)).toEqual([old, ENTRY]);
  });

  test('keeps what was taken from us if it has no other name', async () => {
    const kept: KubeObject = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'kept', namespace: 'kube-system', labels: { 'eks-slipway/taken-from': US.hash } } };
    const cluster = new GivenCluster(NAMESPACE, revision('web', 2, ours), inventory(US, [ENTRY], { requests: ['before'] }), kept);
    await deliver('Update', cluster, new ScriptedHelm());
    expect(cluster.deleted).toEqual([]);
  });

  test('takes its namespace with it, unless the new one is in it', async () => {
    const spaces = [SPACE_ENTRY, { ...SPACE_ENTRY, name: 'before' }];
    const before = { ...old, namespace: 'before' };
    const cluster = new GivenCluster(OUR_SPACE, claimed({ ...NAMESPACE, metadata: { name: 'before' } }, US, 'core/Namespace//before'), inventory(US, [before, ...spaces], { requests: ['before'] }));
    await deliver('Update', cluster, new ScriptedHelm());
    expect(cluster.deleted).toEqual(['/api/v1/namespaces/before']);
    expect(listed(cluster)).toEqual([SPACE_ENTRY, ENTRY]);
  });
});

describe('an uninstall', () => {
  const SECRET = '/api/v1/namespaces/shop/secrets/sh.helm.release.v1.web.v1';
  const MANIFEST = '---\napiVersion: v1\nkind: Service\nmetadata: { name: web }\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: web }\n';
  const SERVICE: KubeObject = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web', namespace: 'shop' } };
  const AT = '/api/v1/namespaces/shop/services/web';
  const release = (...objects: KubeObject[]) =>
    new GivenCluster(NAMESPACE, revision('web', 1, { ...ours, manifest: MANIFEST }), inventory(US, [ENTRY], { requests: ['before'] }), ...objects);
  /** It was told to go, and somebody holds it. */
  const going = (object: KubeObject, uid = `uid of ${AT}`): KubeObject => ({ ...object, metadata: { ...object.metadata, uid, deletionTimestamp: 'now', finalizers: ['example.com/hold'] } });

  test('looks whether objects are gone, dependents first, and has as long as the request', async () => {
    const helm = new ScriptedHelm();
    const cluster = release();
    expect(await withdraw(cluster, helm)).toEqual({});
    expect(helm.runs).toEqual(['uninstall web --namespace shop --wait=legacy --cascade foreground --timeout T']);
    expect(helm.options[0].deadline).toBe(cluster.client.deadline);
    expect(logs).toEqual(['uninstalled release shop/web']);
    expect(cluster.deleted).toEqual([INVENTORY]);
    expect([helm.opened, helm.closed]).toEqual([1, 1]);
  });

  test.each([[60, 57], [2, 1]])('has a little less than the %d seconds that are left', async (left, given) => {
    let seen = 0;
    await withdraw(release(), new ScriptedHelm({ uninstall: args => { seen = parseInt(args.at(-1)!, 10); } }), false, left);
    expect([given - 1, given]).toContain(seen);
  });

  test('of a helm that knows one way to wait is asked for that one, once', async () => {
    const unknown = fails('invalid argument "legacy" for "--wait" flag');
    const helm = new ScriptedHelm({ uninstall: args => args.includes('--wait=legacy') ? unknown : undefined });
    await withdraw(release(), helm);
    expect(helm.runs.map(run => run.split(' ')[4])).toEqual(['--wait=legacy', '--wait']);
    const stubborn = new ScriptedHelm({ uninstall: () => unknown });
    expect(await failure(withdraw(release(), stubborn))).toBe(unknown.message);
    expect(stubborn.runs).toHaveLength(2);
  });

  test('of what is not there any more is a success', async () => {
    const helm = new ScriptedHelm({ uninstall: () => fails('uninstall: release: not found') });
    expect(await withdraw(release(), helm)).toEqual({});
    expect(helm.runs).toHaveLength(1);
  });

  test('that fails is tried again when the record could be mended, once', async () => {
    const gone = '---\napiVersion: gone.example.com/v1\nkind: Gone\nmetadata: { name: web }\n';
    const cluster = () => new GivenCluster(NAMESPACE, revision('web', 1, { ...ours, manifest: gone }), inventory(US, [ENTRY], { requests: ['before'] }));
    let time = 0;
    const helm = new ScriptedHelm({ uninstall: () => time++ === 0 ? fails('unable to build objects') : undefined });
    await withdraw(cluster(), helm);
    expect(helm.runs).toHaveLength(2);
    const stubborn = new ScriptedHelm({ uninstall: () => fails('unable to build objects') });
    expect(await failure(withdraw(cluster(), stubborn))).toBe('helm: unable to build objects');
    expect(stubborn.runs).toHaveLength(2);
    expect(stubborn.closed).toBe(1);
    const restless = cluster();
    let version = 1;
    const again = new ScriptedHelm({
      uninstall: () => {
        restless.add(revision('web', ++version, { ...ours, manifest: gone }));
        return fails('unable to build objects');
      },
    });
    await failure(withdraw(restless, again));
    expect(again.runs).toHaveLength(2);
  });

  test('does not touch the record of what is not there', async () => {
    const gone = '---\napiVersion: gone.example.com/v1\nkind: Gone\nmetadata: { name: web }\n';
    const cluster = new GivenCluster(NAMESPACE, revision('web', 1, { ...ours, manifest: gone }), inventory(US, [ENTRY], { requests: ['before'] }));
    await withdraw(cluster, new ScriptedHelm({ uninstall: () => fails('release: not found') }));
    expect(cluster.written).not.toContain(SECRET);
  });

  test.each(['object Service/web still exists', 'context deadline exceeded'])('that helm gave up on (%s) is asked for again once the objects are gone', async words => {
    let time = 0;
    const helm = new ScriptedHelm({ uninstall: () => time++ < 2 ? fails(words) : undefined });
    await withdraw(release(), helm);
    expect(helm.runs).toHaveLength(3);
  });

  test('that helm gave up on is not asked for again when the time is over', async () => {
    const helm = new ScriptedHelm({ uninstall: () => fails('web still exists') });
    expect(await failure(withdraw(release(), helm, false, 4))).toBe('helm: web still exists');
    expect(helm.runs).toHaveLength(1);
  });

  test('that failed for another reason fails', async () => {
    const helm = new ScriptedHelm({ uninstall: () => fails('forbidden') });
    const cluster = release();
    expect(await failure(withdraw(cluster, helm))).toBe('helm: forbidden');
    expect(helm.runs).toHaveLength(1);
    expect(cluster.at(INVENTORY)).toBeDefined();
  });

  test('lists beforehand what is there of the release, and waits until none of it is', async () => {
    let before: any[] = [];
    let looks = 0;
    const cluster = release(SERVICE);
    const helm = new ScriptedHelm({
      uninstall: () => {
        before = listed(cluster);
        cluster.add(going(SERVICE));
        cluster.onRead = path => { if (path === AT && ++looks === 4) { cluster.lose(AT); } };
      },
    });
    await withdraw(cluster, helm);
    expect(before.slice(1)).toEqual([{ group: '', version: 'v1', kind: 'Service', namespace: 'shop', name: 'web', uid: `uid of ${AT}`, going: true }]);
    expect(looks).toBe(4);
    expect(waits).toEqual([100, 150, 225]);
    expect(cluster.at(INVENTORY)).toBeUndefined();
  });

  test('is over when the last object is gone, however late it is', async () => {
    const cluster = release(SERVICE);
    const helm = new ScriptedHelm({ uninstall: () => cluster.lose(AT) });
    expect(await withdraw(cluster, helm, false, 4)).toEqual({});
  });

  test('does not begin to wait for what would come too late', async () => {
    const cluster = release(SERVICE);
    await failure(withdraw(cluster, new ScriptedHelm({ uninstall: () => cluster.add(going(SERVICE)) }), false, 6));
    expect(waits.length).toBeGreaterThan(3);
    expect(Math.max(...waits)).toBeLessThanOrEqual(1000);
  });

  test('looks every two seconds at last', async () => {
    const cluster = release(SERVICE);
    let looks = 0;
    const helm = new ScriptedHelm({
      uninstall: () => {
        cluster.add(going(SERVICE));
        cluster.onRead = path => { if (path === AT && ++looks === 14) { cluster.lose(AT); } };
      },
    });
    await withdraw(cluster, helm);
    expect(waits.slice(-3)).toEqual([2000, 2000, 2000]);
  });

  test.each<[string, KubeObject]>([['that helm did not ask for', SERVICE], ['that somebody has made in its place', going(SERVICE, 'another')]])('does not wait for an object %s', async (_title, object) => {
    const cluster = release(SERVICE);
    await withdraw(cluster, new ScriptedHelm({ uninstall: () => cluster.add(object) }));
    expect(waits).toEqual([]);
  });

  test('names what is not gone in time, five objects and how many more, and keeps them in mind', async () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
    const manifest = names.map(name => `---\napiVersion: v1\nkind: Service\nmetadata: { name: ${name} }\n`).join('');
    const services = (count: number) => names.slice(0, count).map((name): KubeObject => ({ ...SERVICE, metadata: { name, namespace: 'shop' } }));
    const stuck = async (count: number) => {
      const cluster = new GivenCluster(NAMESPACE, revision('web', 1, { ...ours, manifest }), inventory(US, [ENTRY], { requests: ['before'] }), ...services(count));
      const helm = new ScriptedHelm({ uninstall: () => services(count).forEach(service => cluster.add(going(service, `uid of /api/v1/namespaces/shop/services/${service.metadata.name}`))) });
      const text = await failure(withdraw(cluster, helm, false, 4));
      expect(listed(cluster).filter(entry => entry.going)).toHaveLength(count);
      return text.split('; ');
    };
    const held = (name: string) => expect.stringMatching(new RegExp(`^Service shop/${name} is not gone in time: finalizer "example.com/hold"`));
    expect(await stuck(1)).toEqual([held('a')]);
    expect(await stuck(5)).toEqual(['a', 'b', 'c', 'd', 'e'].map(held));
    expect(await stuck(7)).toEqual([...['a', 'b', 'c', 'd', 'e'].map(held), 'and 2 more']);
  });

  test.each([['no mark', {}], ['the mark of somebody else', theirs]])('is not done to a release with %s', async (_title, owner) => {
    const cluster = new GivenCluster(NAMESPACE, revision('web', 1, ours), revision('web', 2, owner), inventory(US, [ENTRY], { requests: ['before'] }));
    const helm = new ScriptedHelm();
    await withdraw(cluster, helm);
    expect(helm.runs).toEqual([]);
    expect(logs).toEqual(['left alone release shop/web: it is not ours any more']);
  });
});

describe('a delete', () => {
  const listing = (entries: object[], more = {}) => inventory(US, entries, { requests: ['before'], ...more });

  test('of a release that is gone runs no helm, and waits for what is going of it', async () => {
    const object: KubeObject = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web', namespace: 'shop', uid: 'x', deletionTimestamp: 'now' } };
    const cluster = new GivenCluster(NAMESPACE, object, listing([ENTRY, { group: '', version: 'v1', kind: 'Service', namespace: 'shop', name: 'web', uid: 'x', going: true }]));
    let looks = 0;
    cluster.onRead = path => { if (path.endsWith('/services/web') && ++looks === 2) { cluster.lose(path); } };
    const helm = new ScriptedHelm();
    await withdraw(cluster, helm);
    expect([helm.opened, looks]).toEqual([0, 2]);
    expect(cluster.deleted).toEqual([INVENTORY]);
  });

  test('of two releases, one of them gone, uninstalls the other', async () => {
    const helm = new ScriptedHelm();
    await withdraw(new GivenCluster(NAMESPACE, revision('web', 1, ours), listing([{ ...ENTRY, name: 'gone' }, ENTRY])), helm);
    expect(helm.runs.map(run => run.split(' ')[1])).toEqual(['web']);
  });

  test('of two releases that a sibling wants, one of them gone, gives it the other', async () => {
    const two = [{ ...ENTRY, name: 'gone' }, ENTRY];
    await withdraw(new GivenCluster(NAMESPACE, revision('web', 1, ours), listing(two), inventory(SIBLING, two)), new ScriptedHelm());
    expect(logs).toEqual(['left alone release shop/gone: it is not ours any more', 'given back to "Old" release shop/web']);
  });

  test('gives a sibling the namespace too', async () => {
    const both = [ENTRY, { ...SPACE_ENTRY, uid: 'uid of /api/v1/namespaces/shop' }];
    await withdraw(new GivenCluster(OUR_SPACE, revision('web', 1, ours), listing(both), inventory(SIBLING, both)), new ScriptedHelm());
    expect(logs).toEqual(['given back to "Old" release shop/web', 'passed on from "Web" to "Old" Namespace shop']);
  });

  test('that retains keeps an empty namespace', async () => {
    const cluster = new GivenCluster(OUR_SPACE, listing([ENTRY, SPACE_ENTRY]));
    await withdraw(cluster, new ScriptedHelm(), true);
    expect(cluster.deleted).toEqual([INVENTORY]);
    expect(logs).toEqual(['released Namespace shop']);
  });

  test('is listed before anything is done', async () => {
    let state: string | undefined;
    const cluster = new GivenCluster(NAMESPACE, revision('web', 1, ours), listing([ENTRY]));
    await withdraw(cluster, new ScriptedHelm({ uninstall: () => { state = cluster.at(INVENTORY)!.data.state; } }));
    expect(state).toBe('leaving');
  });

  test('without a list takes what our mark is on', async () => {
    const helm = new ScriptedHelm();
    await withdraw(new GivenCluster(NAMESPACE, revision('web', 1, ours)), helm);
    expect(helm.commands).toEqual(['uninstall']);
  });

  test('with a list takes what is on it, and not what the properties say', async () => {
    const helm = new ScriptedHelm();
    await withdraw(new GivenCluster(NAMESPACE, revision('web', 1, ours), revision('old', 1, ours), listing([{ ...ENTRY, name: 'old' }])), helm);
    expect(helm.runs.map(run => run.split(' ')[1])).toEqual(['old']);
  });

  test('that retains keeps the release and its namespace, and says so', async () => {
    const helm = new ScriptedHelm();
    const cluster = new GivenCluster(OUR_SPACE, revision('web', 1, ours), listing([ENTRY, SPACE_ENTRY]));
    expect(await withdraw(cluster, helm, true)).toEqual({ note: 'kept: Helm release shop/web' });
    expect(helm.runs).toEqual([]);
    expect(cluster.deleted).toEqual([INVENTORY]);
    expect(logs).toEqual(['released Namespace shop']);
  });

  test.each([true, false])('gives it to a sibling that wants it, retained or not: %s', async retain => {
    const helm = new ScriptedHelm();
    const cluster = new GivenCluster(NAMESPACE, revision('web', 1, ours), listing([ENTRY]), inventory(SIBLING, [ENTRY]));
    await withdraw(cluster, helm, retain);
    expect(helm.runs).toEqual([]);
    expect(cluster.at('/api/v1/namespaces/shop/secrets/sh.helm.release.v1.web.v1')!.metadata.labels!['eks-slipway/owner']).toBe(SIBLING.hash);
    expect(logs).toEqual(['given back to "Old" release shop/web']);
  });

  test('gives it back in the revision that the sibling had, as long as helm has it', async () => {
    const had = { ...ENTRY, revision: 2 };
    const helm = new ScriptedHelm();
    await withdraw(new GivenCluster(NAMESPACE, revision('web', 2), revision('web', 3, ours), listing([had]), inventory(SIBLING, [ENTRY])), helm);
    expect(helm.runs).toEqual(['rollback web 2 --namespace shop --timeout T']);
    const gone = new ScriptedHelm();
    await withdraw(new GivenCluster(NAMESPACE, revision('web', 3, ours), listing([had]), inventory(SIBLING, [ENTRY])), gone);
    expect(gone.runs).toEqual([]);
  });

  test('gives nothing away that is not ours any more', async () => {
    const cluster = new GivenCluster(NAMESPACE, revision('web', 1, theirs), listing([ENTRY]), inventory(SIBLING, [ENTRY]));
    await withdraw(cluster, new ScriptedHelm());
    expect(logs).toEqual(['left alone release shop/web: it is not ours any more']);
    expect(cluster.written).toEqual([INVENTORY]);
  });

  test('of a create that came to no end takes back what it made', async () => {
    const helm = new ScriptedHelm();
    const cluster = new GivenCluster(NAMESPACE, revision('web', 1, ours), inventory(US, [ENTRY], { state: 'pending' }));
    await withdraw(cluster, helm);
    expect(helm.commands).toEqual(['uninstall']);
    expect(helm.closed).toBe(1);
    const adopted = new ScriptedHelm();
    await withdraw(new GivenCluster(NAMESPACE, revision('web', 1), revision('web', 2, ours), inventory(US, [{ ...ENTRY, adopted: true, revision: 1 }], { state: 'pending' })), adopted);
    expect(adopted.commands).toEqual(['rollback']);
  });

  test('closes helm, whatever happens', async () => {
    for (const requests of [[], ['before']]) {
      const helm = new ScriptedHelm({ uninstall: () => fails('forbidden') });
      await failure(withdraw(new GivenCluster(NAMESPACE, revision('web', 1, ours), inventory(US, [ENTRY], { requests })), helm));
      expect(helm.closed).toBe(1);
    }
  });

  test('forgets what was taken from us, and by us', async () => {
    const kept = (name: string, labels: Record<string, string>): KubeObject => ({ apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace: 'kube-system', labels } });
    const cluster = new GivenCluster(
      NAMESPACE, listing([ENTRY]), kept('by-us', { 'eks-slipway/taken-from': OTHER.hash, 'eks-slipway/owner': US.hash }), kept('from-us', { 'eks-slipway/taken-from': US.hash }),
      kept('of-others', { 'eks-slipway/taken-from': OTHER.hash, 'eks-slipway/owner': SIBLING.hash }),
    );
    await withdraw(cluster, new ScriptedHelm());
    expect(cluster.deleted.slice(1).map(path => path.split('/').at(-1))).toEqual(['by-us', 'from-us']);
  });

  test('leaves definitions, without our claim', async () => {
    const definition: KubeObject = { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', metadata: { name: 'things.example.com' }, spec: {} };
    const entry = { group: 'apiextensions.k8s.io', version: 'v1', kind: 'CustomResourceDefinition', namespace: '', name: 'things.example.com' };
    const cluster = new GivenCluster(NAMESPACE, claimed(definition, US, 'apiextensions.k8s.io/CustomResourceDefinition//things.example.com'), listing([ENTRY, entry]));
    await withdraw(cluster, new ScriptedHelm());
    expect(cluster.deleted).toEqual([INVENTORY]);
    expect(logs).toEqual(['released CustomResourceDefinition things.example.com']);
  });
});

describe('a namespace that we made', () => {
  const emptied = async (...objects: KubeObject[]) => {
    const cluster = new GivenCluster(OUR_SPACE, inventory(US, [ENTRY, SPACE_ENTRY], { requests: ['before'] }), ...objects);
    await withdraw(cluster, new ScriptedHelm());
    return cluster.deleted.includes('/api/v1/namespaces/shop');
  };
  const inside = (apiVersion: string, kind: string, metadata: object = {}): KubeObject => ({ apiVersion, kind, metadata: { name: 'x', namespace: 'shop', ...metadata } });

  test('goes with the release when nothing is in it but what is in every namespace', async () => {
    expect(await emptied(inside('v1', 'ConfigMap', { name: 'kube-root-ca.crt' }), inside('v1', 'ServiceAccount', { name: 'default' }))).toBe(true);
  });

  test.each([
    ['apps/v1', 'Deployment'], ['apps/v1', 'StatefulSet'], ['apps/v1', 'DaemonSet'], ['batch/v1', 'Job'], ['v1', 'Pod'], ['v1', 'Secret'], ['v1', 'Service'],
    ['v1', 'PersistentVolumeClaim'], ['v1', 'ConfigMap'], ['v1', 'ServiceAccount'],
  ])('stays when a %s %s is in it', async (apiVersion, kind) => {
    expect(await emptied(inside(apiVersion, kind))).toBe(false);
  });

  test('stays when it is annotated so', async () => {
    const space: KubeObject = { ...OUR_SPACE, metadata: { ...OUR_SPACE.metadata, annotations: { ...OUR_SPACE.metadata.annotations, 'eks-slipway/on-delete': 'retain' } } };
    const cluster = new GivenCluster(space, revision('web', 1, ours), inventory(US, [ENTRY, SPACE_ENTRY], { requests: ['before'] }));
    await withdraw(cluster, new ScriptedHelm({ uninstall: () => cluster.lose('/api/v1/namespaces/shop/secrets/sh.helm.release.v1.web.v1') }));
    expect(cluster.deleted).toEqual([INVENTORY]);
    expect(logs).toEqual(['uninstalled release shop/web', 'released Namespace shop']);
  });

  test('stays when something of somebody is behind many objects that go with others', async () => {
    const many = Array.from({ length: 60 }, (_, i) => inside('v1', 'ConfigMap', { name: `owned-${i}`, ownerReferences: [{ name: 'web' }] }));
    expect(await emptied(...many)).toBe(true);
    expect(await emptied(...many, inside('v1', 'ConfigMap'))).toBe(false);
  });

  test.each([
    ['is going', { deletionTimestamp: 'now' }, true],
    ['goes with its owner', { ownerReferences: [{ name: 'web' }] }, true],
    ['has no owner', { ownerReferences: [] }, false],
  ])('goes when what is in it %s: %j %s', async (_title, metadata, gone) => {
    expect(await emptied(inside('v1', 'Pod', metadata))).toBe(gone);
  });

  test('is one of the release, and none that goes with it', async () => {
    const cluster = new GivenCluster(OUR_SPACE, inventory(US, [ENTRY, { ...SPACE_ENTRY, going: true, uid: 'x' }], { requests: ['before'] }));
    await withdraw(cluster, new ScriptedHelm());
    expect(cluster.deleted).toEqual([INVENTORY]);
  });
});
