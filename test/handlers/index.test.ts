import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { loggedLines } from './logged-lines';
import { Answers, refusal, scripted, Sent, timeByWaiting } from './scripted-client';
import { CloudFormationEvent, RESOURCE_TYPES } from '../../handlers/delivery/events';
import { handler } from '../../handlers/delivery/index';
import { KubeClient } from '../../handlers/delivery/kube-client';
import { KubeError } from '../../handlers/delivery/kube-error';
import { AwsStandIn } from '../cluster/aws-stand-in';

let server: Server;
let aws: AwsStandIn;
let answers: any[];
const logs = loggedLines();
let sent: Sent[];

beforeAll(async () => {
  aws = await AwsStandIn.start();
  server = createServer(async (request, response) => {
    answers.push(JSON.parse(await text(request)));
    response.writeHead(200).end();
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await aws.stop();
});
beforeEach(() => {
  aws.reset();
  [answers, sent] = [[], []];
  Object.assign(process.env, {
    CLUSTER_NAME: 'prod', CLUSTER_ENDPOINT: 'https://127.0.0.1:1', CLUSTER_CA: Buffer.from('ca').toString('base64'), DELIVERY_PATIENCE_SECONDS: '0',
  });
});

function eventOf(RequestType: string, ResourceType: string, properties: object = {}, more: object = {}): CloudFormationEvent {
  return {
    RequestType,
    ResourceType,
    ResponseURL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/response`,
    StackId: 'arn:aws:cloudformation:eu-central-1:123456789012:stack/shop/1',
    RequestId: 'r-1',
    LogicalResourceId: 'Thing',
    ResourceProperties: { ClusterName: 'prod', ...properties },
    ...more,
  } as CloudFormationEvent;
}

/** What CloudFormation is told when the API server says these. */
async function told(event: CloudFormationEvent, says: Answers = {}, remaining?: number): Promise<any> {
  const before = answers.length;
  jest.spyOn(KubeClient.prototype, 'request').mockImplementation(scripted(says, sent));
  await handler(event, remaining === undefined ? undefined : { getRemainingTimeInMillis: () => remaining });
  expect(answers.length).toBe(before + 1);
  return answers.at(-1);
}

const VALUE = { ObjectType: 'service', ObjectName: 'lb', ObjectNamespace: 'shop', JsonPath: '.spec.address' };
const SERVICE = '/api/v1/namespaces/shop/services/lb';
const value = (more: object = {}, type = 'Create') => eventOf(type, RESOURCE_TYPES.CDK_OBJECT_VALUE, { ...VALUE, ...more });

describe('the answer', () => {
  test('has what was found, and what is worth a note or a line in the log', async () => {
    expect(await told(value(), { [`GET ${SERVICE}`]: { spec: { address: 'here' } } })).toEqual({
      Status: 'SUCCESS', PhysicalResourceId: 'prod/shop/Thing', StackId: expect.any(String), RequestId: 'r-1', LogicalResourceId: 'Thing', NoEcho: false, Data: { Value: 'here' },
    });
    expect(logs).toEqual([
      'Create Custom::AWSCDK-EKS-KubernetesObjectValue "Thing" of stack shop (account 123456789012, eu-central-1, cluster prod) request r-1',
      expect.stringMatching(/^Create succeeded \d{1,5} ms$/),
    ]);
  });

  test('of a failure says what it was', async () => {
    expect(await told(value(), { [`GET ${SERVICE}`]: refusal(403, 'not allowed') })).toMatchObject({ Status: 'FAILED', Reason: 'not allowed', PhysicalResourceId: 'prod/shop/Thing' });
    expect(logs.at(-1)).toMatch(/^Create failed \d{1,5} ms: not allowed$/);
  });

  test.each([[new Error(''), 'failed for no stated reason'], ['words', 'words']])('is never without a reason: %#', async (thrown, reason) => {
    expect(await told(value(), { [`GET ${SERVICE}`]: () => { throw thrown; } })).toMatchObject({ Status: 'FAILED', Reason: reason });
  });

  test('is left to the next invocation where the event is handed over', async () => {
    const services = { items: [{ metadata: { name: 'lb', namespace: 'shop', uid: 'u' }, spec: { type: 'LoadBalancer' } }] };
    jest.spyOn(KubeClient.prototype, 'request').mockImplementation(scripted({ 'GET /api/v1/services': services, 'GET /api/v1/pods': { items: [] } }, sent));
    await handler(eventOf('Delete', RESOURCE_TYPES.DRAIN), { getRemainingTimeInMillis: () => 30_000 });
    expect([answers, aws.handedOn.length]).toEqual([[], 1]);
    expect(logs.at(-1)).toMatch(/^Delete not done after \d{1,5} ms: it goes on in another invocation$/);
  });

  test('bears the id that CloudFormation knows already, but where the resource moves to another cluster', async () => {
    const id = async (type: string, PhysicalResourceId?: string, old?: object) =>
      (await told({ ...value({}, type), PhysicalResourceId, OldResourceProperties: old as any }, { [`GET ${SERVICE}`]: { spec: { address: 'here' } } })).PhysicalResourceId;
    expect(await id('Create')).toBe('prod/shop/Thing');
    expect(await id('Update', 'known', { ClusterName: 'prod' })).toBe('known');
    expect(await id('Update', 'known', { ClusterName: 'other' })).toBe('prod/shop/Thing');
    expect(await id('Update', 'known')).toBe('prod/shop/Thing');
    expect(await id('Delete', 'known', { ClusterName: 'other' })).toBe('known');
    expect(await id('Update', undefined, { ClusterName: 'prod' })).toBe('prod/shop/Thing');
  });
});

describe('the cluster', () => {
  test('is the one of the properties, else the function\'s own', async () => {
    const of = async (ClusterName?: string) => (await told(value({ ClusterName }, 'Delete'))).PhysicalResourceId;
    process.env.CLUSTER_NAME = 'own';
    expect([await of('prod'), await of()]).toEqual(['prod/shop/Thing', 'own/shop/Thing']);
    delete process.env.CLUSTER_NAME;
    expect(await of()).toBe('/shop/Thing');
  });

  test('that is gone has nothing left to delete, and takes nothing new', async () => {
    aws.clusterExists = false;
    process.env.CLUSTER_ENDPOINT = '';
    expect(await told(value({}, 'Delete'))).toMatchObject({ Status: 'SUCCESS', Reason: 'cluster "prod" is gone, and all that was in it' });
    expect(logs.at(-1)).toMatch(/^Delete succeeded \d{1,5} ms: cluster "prod" is gone, and all that was in it$/);
    expect(await told(value())).toMatchObject({ Status: 'FAILED', Reason: 'there is no cluster "prod"' });
  });

  describe('when it cannot be reached', () => {
    const patch = (type: string) => eventOf(type, RESOURCE_TYPES.CDK_PATCH, { ResourceName: 'deployment/web', ApplyPatchJson: '{}', RestorePatchJson: '{}' });
    const unreachable = { 'GET /api/v1': KubeError.ofConnection(new Error('ECONNREFUSED')) };
    const FAILED = { Status: 'FAILED', Reason: 'the API server cannot be reached: ECONNREFUSED' };

    test('and is gone, a delete is done', async () => {
      aws.clusterExists = false;
      expect(await told(patch('Delete'), unreachable)).toMatchObject({ Status: 'SUCCESS', Reason: 'cluster "prod" is gone, and all that was in it' });
    });

    test('and is there, or nobody says, a delete fails', async () => {
      expect(await told(patch('Delete'), unreachable)).toMatchObject(FAILED);
    });

    test('only a delete asks whether it is gone, and only then', async () => {
      aws.clusterExists = false;
      expect(await told(patch('Create'), unreachable)).toMatchObject(FAILED);
      expect(await told(patch('Delete'), { 'GET /api/v1': refusal(403, 'not allowed') })).toMatchObject({ Status: 'FAILED', Reason: 'not allowed' });
    });
  });

  test('is let go of at the end, whatever the end is', async () => {
    const close = jest.spyOn(KubeClient.prototype, 'close');
    await told(value(), { [`GET ${SERVICE}`]: refusal(403, 'not allowed') });
    expect(close).toHaveBeenCalledTimes(1);
  });
});

describe('a type', () => {
  test('that nobody knows is refused with those that are known; it is deleted with success', async () => {
    const { Status, Reason } = await told(eventOf('Create', 'Custom::Gnu'));
    expect([Status, Reason]).toEqual(['FAILED', `resource type "Custom::Gnu" is not known: this function speaks ${Object.values(RESOURCE_TYPES).join(', ')}`]);
    expect(await told(eventOf('Delete', 'Custom::Gnu'))).toMatchObject({ Status: 'SUCCESS' });
  });

  test('sweep needs no cluster that answers', async () => {
    aws.clusterExists = false;
    aws.stackStatus = 'UPDATE_IN_PROGRESS';
    process.env.CLUSTER_ENDPOINT = '';
    expect(await told(eventOf('Create', RESOURCE_TYPES.SWEEP))).toMatchObject({ Status: 'SUCCESS' });
  });
});

describe('a chart', () => {
  const PATH = '/apis/apps/v1/namespaces/shop/deployments/web';
  const web = (more: object = {}) => ({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', namespace: 'shop', ...more } });
  const ours = web({ uid: 'u', annotations: { 'eks-slipway/claim': 'prod:123456789012/eu-central-1/shop:Thing:apps/Deployment/shop/web' } });
  const Content = { Parts: [JSON.stringify([web()])] };
  const chart = (type: string, properties: object = {}, old?: object) =>
    eventOf(type, RESOURCE_TYPES.CHART, { Content, Wait: 'false', ...properties }, { OldResourceProperties: old && { ClusterName: 'prod', ...old } });
  const effects = () => sent.filter(({ method, path }) => method !== 'GET' && path === PATH).map(({ method, query }) => [method, query?.force, query?.fieldValidation].join(' ').trim());

  test('is checked strictly and takes nothing that exists, unless it is to adopt', async () => {
    await told(chart('Create'));
    expect(effects()).toEqual(['PATCH false Strict']);
    const theirs = { [`GET ${PATH}`]: web({ uid: 'u' }) };
    sent.length = 0;
    expect(await told(chart('Create'), theirs)).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('exists and was not delivered by EKS Slipway') });
    expect(await told(chart('Create', { Conflict: 'Refuse' }), theirs)).toMatchObject({ Status: 'FAILED' });
    expect(effects()).toEqual([]);
    expect(await told(chart('Create', { Conflict: 'Adopt' }), theirs)).toMatchObject({ Status: 'SUCCESS' });
    expect(effects()).toEqual(['PATCH true Strict']);
  });

  test('is removed, or let go where it is to be retained', async () => {
    await told(chart('Delete', { Removal: 'Delete' }), { [`GET ${PATH}`]: [ours, undefined] });
    expect(effects()).toEqual(['DELETE']);
    sent.length = 0;
    expect(await told(chart('Delete', { Removal: 'Retain' }), { [`GET ${PATH}`]: ours })).toMatchObject({ Reason: 'kept: Deployment shop/web (this chart retains its objects)' });
    expect(effects()).toEqual(['PATCH']);
  });

  test('that was retained prunes nothing either', async () => {
    const old = { Content: { Parts: [JSON.stringify([web()])] } };
    const update = { Content: { Parts: ['[]'] }, Removal: 'Retain' };
    expect(await told(chart('Update', update, old), { [`GET ${PATH}`]: ours })).toMatchObject({ Status: 'SUCCESS', Reason: 'kept: Deployment shop/web (this chart retains its objects)' });
  });

  test('is waited for if nothing else is said, ten minutes if nothing else is said', async () => {
    const time = timeByWaiting(1_000_000);
    const { Status, Reason } = await told(chart('Update', { Wait: undefined }), { [`GET ${PATH}`]: [undefined, web()] });
    expect([Status, Reason]).toEqual(['FAILED', 'Deployment shop/web is not ready: its controller has not seen it yet']);
    expect(Math.ceil((time.now() - 1_000_000) / 5000) * 5).toBe(600);
  });

  test('has its pods looked after where it has identities', async () => {
    await told(chart('Create', { Identities: ['shop/orders'] }), { 'GET /api/v1/namespaces/shop/pods': { items: [] } });
    expect(sent.map(({ path }) => path)).toContain('/api/v1/namespaces/shop/pods');
  });

  test('with a time that is none is refused, but removed', async () => {
    expect(await told(chart('Create', { Timeout: 'soon' }))).toMatchObject({ Status: 'FAILED', Reason: '"Timeout" is "soon": give a number of seconds' });
    expect(await told(chart('Delete', { Timeout: 'soon' }))).toMatchObject({ Status: 'SUCCESS' });
  });

  test('that is not a manifest is refused, but removed, and no file is read for that', async () => {
    expect(await told(chart('Create', { Content: { Parts: ['{'] } }))).toMatchObject({ Status: 'FAILED', Reason: expect.stringMatching(/^the manifest is not valid JSON/) });
    for (const properties of [{ Content: { Parts: ['{'] } }, { Content: undefined }, { Content: { Bucket: 'b', Key: 'k' } }]) {
      expect(await told(chart('Delete', properties))).toEqual(expect.objectContaining({ Status: 'SUCCESS' }));
      expect(await told(chart('Update', {}, properties))).toEqual(expect.objectContaining({ Status: 'SUCCESS' }));
    }
    expect(await told(chart('Update'))).toMatchObject({ Status: 'SUCCESS' });
  });
});

describe('the time', () => {
  /** After how long a request gives up that waits for what never comes. */
  async function giveUp(type: string, timeout?: string, remaining?: number): Promise<number> {
    const time = timeByWaiting(1_000_000);
    const { Reason } = await told(value({ Timeout: timeout, TimeoutSeconds: '100000' }, type), { [`GET ${SERVICE}`]: {} }, remaining);
    expect(Reason).toMatch(/in time/);
    const seconds = (time.now() - 1_000_000) / 1000;
    jest.restoreAllMocks();
    jest.spyOn(console, 'log').mockImplementation(line => { logs.push(line); });
    return Math.ceil(seconds / 5) * 5;
  }

  test('of a request ends ten seconds before the invocation does, and in a create another minute before that', async () => {
    expect(await giveUp('Update', undefined, 300_000)).toBe(290);
    expect(await giveUp('Create', undefined, 300_000)).toBe(230);
    // Without a context a function of Lambda has a quarter of an hour.
    expect(await giveUp('Update')).toBe(890);
  });

  test('for taking back what a create has made is a quarter of what there is, if that is less than a minute', async () => {
    expect(await giveUp('Create', undefined, 100_000)).toBe(65);
  });

  test.each([['20', 20], ['0', 0], [undefined, 30]])('that passes by itself is %s seconds, or two and a half minutes: no kind is waited for longer than half of one', async (seconds, most) => {
    process.env.DELIVERY_PATIENCE_SECONDS = seconds;
    if (seconds === undefined) {
      delete process.env.DELIVERY_PATIENCE_SECONDS;
    }
    const time = timeByWaiting(1_000_000);
    const Content = { Parts: ['[{"apiVersion":"example.org/v1","kind":"Gnu","metadata":{"name":"g"}}]'] };
    expect((await told(eventOf('Create', RESOURCE_TYPES.CHART, { Content }))).Reason).toMatch('knows no kind "Gnu"');
    expect((time.now() - 1_000_000) / 1000).toBe(most);
  });

  test('that the properties name is not exceeded; what is no time there counts for nothing', async () => {
    expect(await giveUp('Update', '120', 800_000)).toBe(120);
    expect(await giveUp('Update', '120s', 800_000)).toBe(120);
    expect(await giveUp('Update', 'soon', 800_000)).toBe(790);
  });
});
