import { loggedLines } from './logged-lines';
import { SdkClient, serviceError } from './sdk-client';
import { Tag } from '../../handlers/delivery/cluster-tags';
import { Step } from '../../handlers/delivery/hand-over';
import { Leftover, sweepStep } from '../../handlers/delivery/leftover';
import { findVolumes, instances, launchTemplates, networkInterfaces, securityGroups, volumes } from '../../handlers/delivery/sweep-ec2';
import { instanceProfiles } from '../../handlers/delivery/sweep-instance-profiles';
import { sweptLoadBalancers } from '../../handlers/delivery/sweep-load-balancers';

const tagList = (tags: Record<string, string>): Tag[] => Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
const OWNED = tagList({ 'kubernetes.io/cluster/shop': 'owned' });
const BALANCER = tagList({ 'elbv2.k8s.aws/cluster': 'shop' });
const KARPENTER = [...OWNED, ...tagList({ 'karpenter.sh/nodepool': 'general' })];
const BY_A_STACK = [...KARPENTER, ...tagList({ 'aws:cloudformation:stack-name': 'nodes' })];
/** What a search by tags may return too, if it is not by these tags alone. */
const FOREIGN = tagList({ 'kubernetes.io/cluster/shop': 'shared' });

const logs = loggedLines();

/** Answers of a service with one page for each of the cluster's tags, the first of them in two. */
function pages<T>(field: string, first: T[], second: T[] = []): (input: any) => unknown {
  return ({ Filters, NextToken }) => {
    if (Filters[0].Name !== 'tag:kubernetes.io/cluster/shop') {
      return {};
    }
    return NextToken === 'more' ? { [field]: second } : { [field]: first, NextToken: 'more' };
  };
}

const ids = async (step: Step<Leftover>) => (await step.round()).map(({ id }) => id);

describe('instances', () => {
  const client = new SdkClient({
    DescribeInstances: pages('Reservations', [
      { Instances: [{ InstanceId: 'i-1', Tags: KARPENTER, State: { Name: 'running' } }, { InstanceId: 'i-auto', Tags: OWNED, Operator: { Managed: true } }] },
      { Instances: [{ InstanceId: 'i-group', Tags: [...OWNED, ...tagList({ 'aws:autoscaling:groupName': 'nodes' })] }] },
      {},
    ], [{ Instances: [{ InstanceId: 'i-2', Tags: OWNED, Operator: { Managed: false } }, { InstanceId: 'i-going', Tags: OWNED, State: { Name: 'shutting-down' } }] }]),
  });

  test('are terminated, on every page, without those of Auto Mode and of Auto Scaling groups', async () => {
    expect(await ids(instances(client as any, 'shop'))).toEqual(['i-1', 'i-2', 'i-going']);
    expect(client.inputs('TerminateInstances')).toEqual([{ InstanceIds: ['i-1'] }, { InstanceIds: ['i-2'] }]);
  });

  test('are waited for until they are terminated', () => {
    const filters = client.inputs('DescribeInstances').map(({ Filters }) => Filters);
    expect(filters).toHaveLength(4);
    expect(filters[0]).toEqual([
      { Name: 'tag:kubernetes.io/cluster/shop', Values: ['owned'] },
      { Name: 'instance-state-name', Values: ['pending', 'running', 'stopping', 'stopped', 'shutting-down'] },
    ]);
    expect(filters.map(([{ Name }]) => Name)).toEqual([
      'tag:kubernetes.io/cluster/shop', 'tag:kubernetes.io/cluster/shop', 'tag:elbv2.k8s.aws/cluster', 'tag:cluster.k8s.amazonaws.com/name',
    ]);
  });
});

test('network interfaces are deleted that no instance holds, by the tags that only they have in another field', async () => {
  const client = new SdkClient({
    DescribeNetworkInterfaces: pages('NetworkInterfaces', [{ NetworkInterfaceId: 'eni-1', TagSet: OWNED }], [{ NetworkInterfaceId: 'eni-2', TagSet: FOREIGN }]),
  });
  expect(await ids(networkInterfaces(client as any, 'shop'))).toEqual(['eni-1']);
  expect(logs).toEqual(['removed of network interfaces: eni-1']);
  expect(client.inputs('DeleteNetworkInterface')).toEqual([{ NetworkInterfaceId: 'eni-1' }]);
  expect(client.inputs('DescribeNetworkInterfaces').map(({ Filters }) => Filters[1])).toEqual(Array(4).fill({ Name: 'status', Values: ['available'] }));
});

test('launch templates are deleted that Karpenter made', async () => {
  const client = new SdkClient({
    DescribeLaunchTemplates: pages('LaunchTemplates', [{ LaunchTemplateId: 'lt-1', Tags: KARPENTER }, { LaunchTemplateId: 'lt-2', Tags: OWNED }],
      [{ LaunchTemplateId: 'lt-3', Tags: BY_A_STACK }, { LaunchTemplateId: 'lt-4', Tags: KARPENTER }]),
  });
  expect(await ids(launchTemplates(client as any, 'shop'))).toEqual(['lt-1', 'lt-4']);
  expect(logs).toEqual(['removed of launch templates: lt-1', 'removed of launch templates: lt-4']);
  expect(client.inputs('DeleteLaunchTemplate')).toEqual([{ LaunchTemplateId: 'lt-1' }, { LaunchTemplateId: 'lt-4' }]);
});

describe('security groups', () => {
  const of = (...groups: string[]) => groups.map(GroupId => ({ GroupId }));
  const rule = (port: number, ...groups: string[]) => ({ IpProtocol: 'tcp', FromPort: port, ToPort: port, UserIdGroupPairs: of(...groups) });
  const speaking = (Tags: Tag[] | undefined) => ({
    Tags, IpPermissions: [rule(80, 'sg-1', 'sg-other'), rule(81, 'sg-other'), { IpProtocol: '-1', IpRanges: [{ CidrIp: '10.0.0.0/8' }] }], IpPermissionsEgress: [rule(82, 'sg-1')],
  });
  const client = new SdkClient({
    DescribeSecurityGroups: input => /^(egress\.)?ip-permission/.test(input.Filters[0].Name)
      ? { SecurityGroups: [{ GroupId: 'sg-cluster', ...speaking(OWNED) }, { GroupId: 'sg-foreign', ...speaking(FOREIGN) }, { GroupId: 'sg-plain', ...speaking(undefined) }] }
      : pages('SecurityGroups', [{ GroupId: 'sg-cluster', Tags: OWNED }, { GroupId: 'sg-1', Tags: [...OWNED, ...BALANCER] }])(input),
  });

  test('go with the rules that speak of them in groups of the cluster, and in no others', async () => {
    expect(await ids(securityGroups(client as any, 'shop', 'sg-cluster'))).toEqual(['sg-1']);
    expect(client.inputs('RevokeSecurityGroupIngress')).toEqual([{ GroupId: 'sg-cluster', IpPermissions: [rule(80, 'sg-1')] }]);
    expect(client.inputs('RevokeSecurityGroupEgress')).toEqual([{ GroupId: 'sg-cluster', IpPermissions: [rule(82, 'sg-1')] }]);
    expect(client.effects).toEqual(['RevokeSecurityGroupIngress', 'RevokeSecurityGroupEgress', 'DeleteSecurityGroup']);
    expect(client.inputs('DeleteSecurityGroup')).toEqual([{ GroupId: 'sg-1' }]);
    expect(client.inputs('DescribeSecurityGroups').slice(-2)).toEqual(['ip-permission.group-id', 'egress.ip-permission.group-id'].map(Name =>
      ({ Filters: [{ Name, Values: ['sg-1'] }] })));
  });

  test('that nothing speaks of just go', async () => {
    const quiet = new SdkClient({ DescribeSecurityGroups: ({ Filters }) => Filters[0].Name.startsWith('tag:elbv2') ? { SecurityGroups: [{ GroupId: 'sg-2', Tags: BALANCER }] } : {} });
    expect(await ids(securityGroups(quiet as any, 'shop'))).toEqual(['sg-2']);
    expect(quiet.effects).toEqual(['DeleteSecurityGroup']);
  });
});

describe('volumes', () => {
  const claim = [...OWNED, ...tagList({ CSIVolumeName: 'pvc-1' })];
  const client = new SdkClient({
    DescribeVolumes: pages('Volumes', [
      { VolumeId: 'vol-free', State: 'available', Tags: claim },
      { VolumeId: 'vol-held', State: 'in-use', Tags: [...OWNED, ...tagList({ 'kubernetes.io/created-for/pvc/name': 'data' })] },
      { VolumeId: 'vol-root', State: 'available', Tags: KARPENTER },
    ], [
      { VolumeId: 'vol-going', State: 'deleting', Tags: claim },
      { VolumeId: 'vol-gone', State: 'deleted', Tags: claim },
      { VolumeId: 'vol-foreign', State: 'available', Tags: [...FOREIGN, ...tagList({ CSIVolumeName: 'pvc-2' })] },
    ]),
  });

  test('of claims are found, without those that are going already', async () => {
    expect(await findVolumes(client as any, 'shop')).toEqual([{ id: 'vol-free', isFree: true }, { id: 'vol-held', isFree: false }]);
  });

  test('are deleted where nothing uses them', async () => {
    expect(await ids(volumes(client as any, 'shop'))).toEqual(['vol-free']);
    expect(client.inputs('DeleteVolume')).toEqual([{ VolumeId: 'vol-free' }]);
  });
});

describe('load balancers and their target groups', () => {
  const balancers = Array.from({ length: 21 }, (_, i) => `lb-${i}`);
  const client = new SdkClient({
    DescribeLoadBalancers: ({ Marker }) => Marker === 'more' ? { LoadBalancers: [{ LoadBalancerArn: 'lb-20' }] }
      : { LoadBalancers: balancers.slice(0, 20).map(LoadBalancerArn => ({ LoadBalancerArn })), NextMarker: 'more' },
    DescribeTargetGroups: ({ Marker }) => Marker === 'more' ? { TargetGroups: [{ TargetGroupArn: 'tg-2' }] } : { TargetGroups: [{ TargetGroupArn: 'tg-1' }], NextMarker: 'more' },
    DescribeTags: ({ ResourceArns }) => ({
      TagDescriptions: ResourceArns.map((ResourceArn: string) => ({ ResourceArn, Tags: ['lb-3', 'lb-20', 'tg-2'].includes(ResourceArn) ? BALANCER : undefined })),
    }),
  });
  const steps = () => sweptLoadBalancers(client as any, 'shop');

  test('are asked for their tags, twenty at once', async () => {
    expect(await ids(steps()[0])).toEqual(['lb-3', 'lb-20']);
    expect(client.inputs('DescribeTags')).toEqual([{ ResourceArns: balancers.slice(0, 20) }, { ResourceArns: ['lb-20'] }]);
    expect(client.inputs('DeleteLoadBalancer')).toEqual([{ LoadBalancerArn: 'lb-3' }, { LoadBalancerArn: 'lb-20' }]);
  });

  test('the groups after the balancers', async () => {
    expect(steps().map(({ what }) => what)).toEqual(['load balancers', 'target groups']);
    expect(await ids(steps()[1])).toEqual(['tg-2']);
    expect(client.inputs('DeleteTargetGroup')).toEqual([{ TargetGroupArn: 'tg-2' }]);
  });

  test('where there are none, nothing is asked about', async () => {
    const none = new SdkClient({});
    for (const step of sweptLoadBalancers(none as any, 'shop')) {
      expect(await ids(step)).toEqual([]);
    }
    expect(none.sent.map(({ command }) => command)).toEqual(['DescribeLoadBalancers', 'DescribeTargetGroups']);
  });
});

test('instance profiles of Karpenter in this region and cluster go after their roles are taken out', async () => {
  const tags: Record<string, Tag[]> = { mine: KARPENTER, untagged: OWNED, stack: BY_A_STACK, last: KARPENTER };
  const client = new SdkClient({
    ListInstanceProfiles: ({ Marker }) => Marker === 'more' ? { InstanceProfiles: [{ InstanceProfileName: 'last' }] }
      : { InstanceProfiles: [{ InstanceProfileName: 'mine', Roles: [{ RoleName: 'nodes' }] }, { InstanceProfileName: 'untagged' }, { InstanceProfileName: 'stack' }], Marker: 'more' },
    GetInstanceProfile: ({ InstanceProfileName }) => ({ InstanceProfile: { Tags: tags[InstanceProfileName] } }),
  });
  expect(await ids(instanceProfiles(client as any, 'shop', 'eu-central-1'))).toEqual(['mine', 'last']);
  expect(logs).toEqual(['removed of instance profiles: mine', 'removed of instance profiles: last']);
  expect(client.inputs('ListInstanceProfiles').map(({ PathPrefix }) => PathPrefix)).toEqual(Array(2).fill('/karpenter/eu-central-1/shop/'));
  expect(client.sent.slice(-3)).toEqual([
    { command: 'RemoveRoleFromInstanceProfile', input: { InstanceProfileName: 'mine', RoleName: 'nodes' } },
    { command: 'DeleteInstanceProfile', input: { InstanceProfileName: 'mine' } },
    { command: 'DeleteInstanceProfile', input: { InstanceProfileName: 'last' } },
  ]);
});

describe('a leftover', () => {
  const step = (remove: (leftover: Leftover) => Promise<void>) => sweepStep('volumes', async () => [{ id: 'vol-1' }], remove);

  test('that is removed is there until it is not found any more, and has no reason to be', async () => {
    const removal = step(async () => undefined);
    expect(removal.what).toBe('volumes');
    expect(removal.explain(await removal.round())).toEqual(['vol-1']);
    expect(logs).toEqual(['removed of volumes: vol-1']);
  });

  test.each(['InvalidVolume.NotFound', 'NoSuchEntityException'])('that is gone by then (%s) has none either', async name => {
    const removal = step(async () => { throw serviceError(name); });
    expect(removal.explain(await removal.round())).toEqual(['vol-1']);
    expect(logs).toEqual([]);
  });

  test.each([
    'DependencyViolation', 'ResourceInUse', 'ResourceInUseException', 'InvalidNetworkInterface.InUse', 'InvalidParameterValue', 'IncorrectState', 'IncorrectInstanceState',
    'VolumeInUse', 'DeleteConflict', 'DeleteConflictException', 'OperationNotPermittedException', 'Throttling',
  ])('that is held by another (%s) is tried again, and says why it is left', async name => {
    const removal = step(async () => { throw serviceError(name, 'something uses it'); });
    expect(removal.explain(await removal.round())).toEqual([`vol-1 (${name}: something uses it)`]);
  });

  test('that may not be removed ends the sweep', async () => {
    await expect(step(async () => { throw serviceError('UnauthorizedOperation', 'not you'); }).round())
      .rejects.toThrow('of the volumes that the cluster left, vol-1 cannot be removed: UnauthorizedOperation: not you');
  });
});
