import {
  AttachVolumeCommand, AuthorizeSecurityGroupIngressCommand, CreateLaunchTemplateCommand, CreateNetworkInterfaceCommand,
  CreateSecurityGroupCommand, CreateSubnetCommand,
  CreateVolumeCommand, CreateVpcCommand, DescribeInstancesCommand, DescribeLaunchTemplatesCommand, DescribeNetworkInterfacesCommand,
  DescribeSecurityGroupsCommand, DescribeVolumesCommand, EC2Client, ResourceType, RunInstancesCommand,
} from '@aws-sdk/client-ec2';
import {
  AddTagsCommand, CreateLoadBalancerCommand, CreateTargetGroupCommand, DescribeLoadBalancersCommand, DescribeTargetGroupsCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { AddRoleToInstanceProfileCommand, CreateInstanceProfileCommand, CreateRoleCommand, IAMClient, ListInstanceProfilesCommand } from '@aws-sdk/client-iam';
import { AwsStandIn } from './aws-stand-in';
import { motoServer, startMoto } from './moto';
import { RESOURCE_TYPES } from '../../handlers/delivery/events';
import { sweep } from '../../handlers/delivery/sweep';

const NAME = 'shop';
const REGION = 'eu-central-1';
const OWNED = { [`kubernetes.io/cluster/${NAME}`]: 'owned' };
const KARPENTER = { ...OWNED, 'karpenter.sh/nodepool': 'general', 'eks:eks-cluster-name': NAME };
const BALANCER = { 'elbv2.k8s.aws/cluster': NAME };
const CNI = { 'cluster.k8s.amazonaws.com/name': NAME, 'node.k8s.amazonaws.com/instance_id': 'i-1' };

let moto: { url: string; stop: () => Promise<void> } | undefined;
let aws: AwsStandIn | undefined;
let ec2: EC2Client;
let elb: ElasticLoadBalancingV2Client;
let iam: IAMClient;
let vpcId: string;
let subnets: string[];

beforeAll(async () => {
  const program = await motoServer();
  if (!program) {
    return;
  }
  moto = await startMoto(program);
  aws = await AwsStandIn.start();
  for (const service of ['EC2', 'ELASTIC_LOAD_BALANCING_V2', 'IAM']) {
    process.env[`AWS_ENDPOINT_URL_${service}`] = moto.url;
  }
  ec2 = new EC2Client({ region: REGION });
  elb = new ElasticLoadBalancingV2Client({ region: REGION });
  iam = new IAMClient({ region: REGION });
  vpcId = (await ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }))).Vpc!.VpcId!;
  subnets = await Promise.all(['a', 'b'].map(async (zone, i) =>
    (await ec2.send(new CreateSubnetCommand({ VpcId: vpcId, CidrBlock: `10.0.${i}.0/24`, AvailabilityZone: `${REGION}${zone}` }))).Subnet!.SubnetId!));
}, 300_000);
afterAll(async () => {
  await aws?.stop();
  await moto?.stop();
});
beforeEach(() => {
  jest.spyOn(console, 'log').mockImplementation(() => undefined);
  aws?.reset();
});

/** Runs with the moto server only, and says so where there is none. */
function withMoto(title: string, body: () => Promise<void>) {
  test(title, async () => {
    if (!moto) {
      process.stderr.write(`skipped, as there is no moto server: ${title}\n`);
      return;
    }
    await body();
  });
}

const tagList = (tags: Record<string, string>) => Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
const specification = (type: ResourceType, tags: Record<string, string>) => [{ ResourceType: type, Tags: tagList(tags) }];

async function newGroup(name: string, tags: Record<string, string>): Promise<string> {
  const { GroupId } = await ec2.send(new CreateSecurityGroupCommand({ GroupName: name, Description: name, VpcId: vpcId, TagSpecifications: specification('security-group', tags) }));
  return GroupId!;
}

async function letIn(group: string, from: string, port: number): Promise<void> {
  await ec2.send(new AuthorizeSecurityGroupIngressCommand({
    GroupId: group, IpPermissions: [{ IpProtocol: 'tcp', FromPort: port, ToPort: port, UserIdGroupPairs: [{ GroupId: from, Description: 'of a load balancer' }] }],
  }));
}

async function newProfile(name: string, path: string, tags: Record<string, string>): Promise<void> {
  await iam.send(new CreateInstanceProfileCommand({ InstanceProfileName: name, Path: path, Tags: tagList(tags) }));
  await iam.send(new CreateRoleCommand({ RoleName: `role-of-${name}`, AssumeRolePolicyDocument: '{}' }));
  await iam.send(new AddRoleToInstanceProfileCommand({ InstanceProfileName: name, RoleName: `role-of-${name}` }));
}

/** Makes what a cluster's controllers make, with these tags, and something of everything that is another's. */
async function make(prefix: string, tags: Record<'all' | 'karpenter' | 'balancer' | 'cni', Record<string, string>>): Promise<void> {
  const { Instances } = await ec2.send(new RunInstancesCommand({
    ImageId: 'ami-12c6146b', MinCount: 1, MaxCount: 1, SubnetId: subnets[0], TagSpecifications: specification('instance', { ...tags.karpenter, Name: prefix }),
  }));
  expect(Instances).toHaveLength(1);
  const { LoadBalancers } = await elb.send(new CreateLoadBalancerCommand({ Name: `${prefix}-lb`, Subnets: subnets, Tags: tagList({ none: '', ...tags.balancer }) }));
  const { TargetGroups } = await elb.send(new CreateTargetGroupCommand({ Name: `${prefix}-tg`, Protocol: 'HTTP', Port: 80, VpcId: vpcId }));
  await elb.send(new AddTagsCommand({ ResourceArns: [TargetGroups![0].TargetGroupArn!], Tags: tagList({ none: '', ...tags.balancer }) }));
  expect(LoadBalancers).toHaveLength(1);
  await ec2.send(new CreateNetworkInterfaceCommand({ SubnetId: subnets[0], Description: prefix, TagSpecifications: specification('network-interface', { none: '', ...tags.cni }) }));
  await newGroup(`${prefix}-frontend`, { none: '', ...tags.balancer });
  await ec2.send(new CreateLaunchTemplateCommand({
    LaunchTemplateName: prefix, LaunchTemplateData: { ImageId: 'ami-12c6146b' }, TagSpecifications: specification('launch-template', { none: '', ...tags.karpenter }),
  }));
  await newProfile(prefix, `/karpenter/${REGION}/${NAME}/1/`, { ...tags.karpenter, none: '' });
  await ec2.send(new CreateVolumeCommand({
    AvailabilityZone: `${REGION}a`, Size: 1, TagSpecifications: specification('volume', { ...tags.all, CSIVolumeName: `${prefix}-pvc` }),
  }));
}

/** By name, what there is of everything. */
async function all(): Promise<Record<string, string[]>> {
  const reservations = (await ec2.send(new DescribeInstancesCommand({ Filters: [{ Name: 'instance-state-name', Values: ['running'] }] }))).Reservations!;
  const own = (prefix: string) => /^(mine|other)/.test(prefix);
  const names = (list: (string | undefined)[]) => list.filter(name => own(name ?? '')).sort() as string[];
  return {
    instances: names(reservations.flatMap(({ Instances }) => Instances!.map(({ Tags }) => Tags!.find(({ Key }) => Key === 'Name')?.Value))),
    balancers: names((await elb.send(new DescribeLoadBalancersCommand({}))).LoadBalancers!.map(({ LoadBalancerName }) => LoadBalancerName)),
    targets: names((await elb.send(new DescribeTargetGroupsCommand({}))).TargetGroups!.map(({ TargetGroupName }) => TargetGroupName)),
    interfaces: names((await ec2.send(new DescribeNetworkInterfacesCommand({}))).NetworkInterfaces!.map(({ Description }) => Description)),
    groups: names((await ec2.send(new DescribeSecurityGroupsCommand({}))).SecurityGroups!.map(({ GroupName }) => GroupName)),
    templates: names((await ec2.send(new DescribeLaunchTemplatesCommand({}))).LaunchTemplates!.map(({ LaunchTemplateName }) => LaunchTemplateName)),
    profiles: names((await iam.send(new ListInstanceProfilesCommand({}))).InstanceProfiles!.map(({ InstanceProfileName }) => InstanceProfileName)),
    volumes: names((await ec2.send(new DescribeVolumesCommand({}))).Volumes!.map(({ Tags }) => Tags?.find(({ Key }) => Key === 'CSIVolumeName')?.Value)),
  };
}

const withName = (kinds: Record<string, string[]>, prefix: string) => Object.fromEntries(
  Object.entries(kinds).map(([kind, names]) => [kind, names.filter(name => name.startsWith(prefix))]).filter(([, names]) => names.length > 0));

function run(properties: Record<string, unknown> = {}, requestType: 'Create' | 'Update' | 'Delete' = 'Delete') {
  return sweep({
    RequestType: requestType, ResponseURL: 'http://127.0.0.1:1/', RequestId: '1', LogicalResourceId: 'Sweep', ResourceType: RESOURCE_TYPES.SWEEP,
    StackId: `arn:aws:cloudformation:${REGION}:123456789012:stack/shop/5a1d0f70`, ResourceProperties: { ClusterName: NAME, Timeout: '20', ...properties },
  }, NAME, Date.now() + 60_000);
}

describe('a sweep', () => {
  withMoto('touches nothing unless the stack is deleted or its creation rolled back, the cluster unprotected and not retained', async () => {
    await make('mine', { all: OWNED, karpenter: KARPENTER, balancer: BALANCER, cni: CNI });
    // Of another cluster, of nobody, and of a stack that CloudFormation keeps.
    await make('other-cluster', {
      all: { 'kubernetes.io/cluster/shop2': 'owned' }, karpenter: { 'kubernetes.io/cluster/shop2': 'owned', 'karpenter.sh/nodepool': 'general' },
      balancer: { 'elbv2.k8s.aws/cluster': 'shop2' }, cni: { 'cluster.k8s.amazonaws.com/name': 'shop2' },
    });
    await make('other-none', { all: {}, karpenter: { Name: 'x' }, balancer: {}, cni: {} });
    await make('other-shared', {
      all: { [`kubernetes.io/cluster/${NAME}`]: 'shared' }, karpenter: { [`kubernetes.io/cluster/${NAME}`]: 'shared', 'karpenter.sh/nodepool': 'general' },
      balancer: { [`kubernetes.io/cluster/${NAME}`]: 'shared' }, cni: { [`kubernetes.io/cluster/${NAME}`]: 'shared' },
    });
    const before = await all();
    expect(Object.values(withName(before, 'mine')).flat()).toHaveLength(8);

    for (const status of ['UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS', 'UPDATE_IN_PROGRESS']) {
      aws!.stackStatus = status;
      expect((await run()).note).toContain(`stack shop is in ${status}`);
    }
    aws!.reset();
    expect(await run({}, 'Create')).toEqual({ note: undefined });
    expect(await run({}, 'Update')).toEqual({ note: undefined });
    expect((await run({ DeletionPolicy: 'Retain' })).note).toMatch(/is retained/);
    aws!.deletionProtection = true;
    await expect(run()).rejects.toThrow('cluster "shop" is protected from deletion, nothing was touched');
    expect(await all()).toEqual(before);
  });

  withMoto('removes what carries the cluster\'s own tags, with the rules that speak of it, and nothing else', async () => {
    const clusterGroup = await newGroup('other-cluster-group', OWNED);
    aws!.clusterSecurityGroupId = clusterGroup;
    const foreign = await newGroup('other-group', { Name: 'of a stack' });
    const { SecurityGroups } = await ec2.send(new DescribeSecurityGroupsCommand({ Filters: [{ Name: 'group-name', Values: ['mine-frontend'] }] }));
    await letIn(clusterGroup, SecurityGroups![0].GroupId!, 80);
    await letIn(clusterGroup, foreign, 81);
    const before = await all();

    expect((await run()).note).toMatch(/^kept volumes: vol-\w+$/);
    const after = await all();
    expect(withName(after, 'mine')).toEqual({ volumes: ['mine-pvc'] });
    expect(withName(after, 'other')).toEqual(withName(before, 'other'));
    const cluster = (await ec2.send(new DescribeSecurityGroupsCommand({ GroupIds: [clusterGroup] }))).SecurityGroups![0];
    expect(cluster.IpPermissions!.map(({ FromPort }) => FromPort)).toEqual([81]);
  });

  withMoto('removes free volumes of claims where the teardown says so, and can run again', async () => {
    expect(await run({ Volumes: 'Delete' })).toEqual({ note: undefined });
    expect(withName(await all(), 'mine')).toEqual({});
    expect((await all()).volumes).toEqual(['other-cluster-pvc', 'other-none-pvc', 'other-shared-pvc']);
    expect(await run({ Volumes: 'Delete' })).toEqual({ note: undefined });
  });

  withMoto('sweeps though the cluster is gone already', async () => {
    await newGroup('mine-again', BALANCER);
    aws!.clusterExists = false;
    await run();
    expect((await all()).groups).not.toContain('mine-again');
  });

  describe('of instance profiles', () => {
    afterEach(() => { process.env.AWS_ENDPOINT_URL_IAM = moto?.url; });

    withMoto('leaves them out where IAM cannot be reached', async () => {
      await newGroup('mine-last', BALANCER);
      process.env.AWS_ENDPOINT_URL_IAM = 'http://127.0.0.1:1';
      await expect(run()).resolves.toEqual({ note: undefined });
      expect(console.log).toHaveBeenCalledWith(expect.stringMatching(/^instance profiles were not looked for, as IAM cannot be reached: /));
      expect((await all()).groups).not.toContain('mine-last');
    });

    withMoto('fails where IAM refuses', async () => {
      process.env.AWS_ENDPOINT_URL_IAM = process.env.AWS_ENDPOINT_URL_EKS;
      await expect(run()).rejects.toThrow('not allowed');
    });
  });

  describe('of volumes', () => {
    withMoto('that something else uses names them', async () => {
      const place = { AvailabilityZone: `${REGION}a` };
      const { Instances } = await ec2.send(new RunInstancesCommand({ ImageId: 'ami-12c6146b', MinCount: 1, MaxCount: 1, SubnetId: subnets[0] }));
      const { VolumeId } = await ec2.send(new CreateVolumeCommand({ ...place, Size: 1, TagSpecifications: specification('volume', { ...OWNED, CSIVolumeName: 'used' }) }));
      await ec2.send(new AttachVolumeCommand({ VolumeId, InstanceId: Instances![0].InstanceId, Device: '/dev/sdf' }));
      expect(await run({ Volumes: 'Delete' })).toEqual({ note: `kept volumes: ${VolumeId} (in use)` });
    });
  });
});
