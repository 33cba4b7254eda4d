import { NOWHERE } from '../../rig/engine/environment';
import { Properties } from '../../rig/engine/provider';
import { Schema } from '../../rig/engine/schema';
import { AwsModel } from '../../rig/model/aws-model';
import { RULES } from '../../rig/model/rules/rules';

const schema = Schema.load();

/** A model whose clusters have nothing in them. */
function model() {
  const objects = { get: async () => undefined, apply: async () => undefined, remove: async () => undefined };
  const nothing = () => undefined;
  const cluster: any = { proxy: { url: 'https://cluster', caData: 'ca' }, objects, admit: nothing, expel: nothing, removeNode: nothing };
  const aws = new AwsModel({
    environment: NOWHERE,
    schema,
    rules: RULES,
    pace: { access: 0, association: 0, patience: 0 },
    leavesInterfaces: false,
    openCluster: async () => cluster,
    closeCluster: async () => undefined,
  });
  const request = (type: string, logicalId: string, properties: Properties) => ({ stackName: 's', stackId: 'arn:s', type, logicalId, properties });
  return {
    aws,
    make: (type: string, logicalId: string, properties: Properties = {}) => aws.create(request(type, logicalId, properties)),
    change: (type: string, physicalId: string, properties: Properties) => aws.update({ ...request(type, 'X', properties), physicalId, oldProperties: {} }),
    remove: (type: string, physicalId: string) => aws.delete({ ...request(type, 'X', {}), physicalId }),
  };
}

const CLUSTER = { Name: 'c', RoleArn: 'arn:r', Version: '1.35', ResourcesVpcConfig: { SubnetIds: [] }, AccessConfig: { BootstrapClusterCreatorAdminPermissions: false } };

test('ids, ARNs and attributes look like those of AWS and are the same in every run', async () => {
  const [one, other] = await Promise.all([model(), model()].map(async ({ make }) => ({
    vpc: await make('AWS::EC2::VPC', 'Vpc', { CidrBlock: '10.0.0.0/16' }),
    role: await make('AWS::IAM::Role', 'Role', { AssumeRolePolicyDocument: {} }),
    queue: await make('AWS::SQS::Queue', 'Queue'),
  })));
  expect(one).toEqual(other);
  expect(one.vpc.physicalId).toMatch(/^vpc-[0-9a-f]{17}$/);
  expect(one.vpc.attributes.CidrBlock).toBe('10.0.0.0/16');
  expect(one.role.attributes.Arn).toBe(`arn:aws:iam::123456789012:role/${one.role.physicalId}`);
  expect(one.queue.physicalId).toMatch(/^https:\/\/sqs\./);
  expect(one.queue.attributes.Arn).toMatch(/^arn:aws:sqs:eu-central-1:123456789012:/);
});

test('a replacement has another id, unless its name is given: then it already exists', async () => {
  const { make } = model();
  const [first, second] = [await make('AWS::EC2::VPC', 'Vpc'), await make('AWS::EC2::VPC', 'Vpc')];
  expect(first.physicalId).not.toBe(second.physicalId);
  await make('AWS::Logs::LogGroup', 'Logs', { LogGroupName: '/a' });
  await expect(make('AWS::Logs::LogGroup', 'Logs', { LogGroupName: '/a' })).rejects.toThrow('"/a" already exists');
});

test('properties that the schema does not know are refused', async () => {
  await expect(model().make('AWS::SQS::Queue', 'Queue', { Colour: 'red' })).rejects.toThrow('extraneous key [Colour]');
});

test('a second access entry for a principal is refused', async () => {
  const { make } = model();
  await make('AWS::EKS::Cluster', 'Cluster', CLUSTER);
  await make('AWS::EKS::AccessEntry', 'One', { ClusterName: 'c', PrincipalArn: 'arn:p' });
  await expect(make('AWS::EKS::AccessEntry', 'Two', { ClusterName: 'c', PrincipalArn: 'arn:p' })).rejects.toThrow('already in use on this cluster');
});

test('a second association of a service account is refused, also one that an add-on has', async () => {
  const { make, aws } = model();
  await make('AWS::EKS::Cluster', 'Cluster', CLUSTER);
  aws.make('AWS::EKS::PodIdentityAssociation', 'x', 'add-on vpc-cni', { ClusterName: 'c', Namespace: 'kube-system', ServiceAccount: 'aws-node' });
  await expect(make('AWS::EKS::PodIdentityAssociation', 'A', { ClusterName: 'c', Namespace: 'kube-system', ServiceAccount: 'aws-node', RoleArn: 'arn' }))
    .rejects.toThrow('association already exists');
});

test('a cluster is not deleted under protection, nor while it has node groups', async () => {
  const { make, change, remove, aws } = model();
  await make('AWS::EKS::Cluster', 'Cluster', { ...CLUSTER, DeletionProtection: true });
  await expect(remove('AWS::EKS::Cluster', 'c')).rejects.toThrow('deletion protection is on');
  await change('AWS::EKS::Cluster', 'c', { ...CLUSTER, DeletionProtection: false });
  const group = aws.make('AWS::EKS::Nodegroup', 'c/n', 's/N', { ClusterName: 'c' });
  await expect(remove('AWS::EKS::Cluster', 'c')).rejects.toThrow('cluster has AWS::EKS::Nodegroup c/n attached');
  aws.world.remove(group);
  await remove('AWS::EKS::Cluster', 'c');
  expect(aws.world.all).toEqual([]);
});

test('a cluster goes up one minor version at a time, and its node groups never before it', async () => {
  const { make, change } = model();
  await make('AWS::EKS::Cluster', 'Cluster', CLUSTER);
  await expect(change('AWS::EKS::Cluster', 'c', { ...CLUSTER, Version: '1.37' })).rejects.toThrow('from 1.35 to 1.37');
  await expect(change('AWS::EKS::Cluster', 'c', { ...CLUSTER, Version: '1.34' })).rejects.toThrow('from 1.35 to 1.34');
  await expect(make('AWS::EKS::Nodegroup', 'N', { ClusterName: 'c', NodeRole: 'arn', Subnets: [], Version: '1.36' })).rejects.toThrow('newer than that of its cluster');
  await change('AWS::EKS::Cluster', 'c', { ...CLUSTER, Version: '1.36' });
});

test('a node group without a CNI fails, and is there to be deleted', async () => {
  const { make, aws } = model();
  await make('AWS::EKS::Cluster', 'Cluster', CLUSTER);
  const failed = await make('AWS::EKS::Nodegroup', 'N', { ClusterName: 'c', NodeRole: 'arn', Subnets: ['a'] }).catch(e => e);
  expect(failed.message).toContain('NodeCreationFailure');
  expect(failed.message).toContain('no vpc-cni add-on');
  await aws.delete({ stackName: 's', stackId: 'arn:s', type: 'AWS::EKS::Nodegroup', logicalId: 'N', properties: {}, physicalId: failed.physicalId });
  expect(aws.world.ofType('AWS::EKS::Nodegroup')).toEqual([]);
});

test('what controllers left behind holds up the network that it is in', async () => {
  const { make, remove, aws } = model();
  const vpc = (await make('AWS::EC2::VPC', 'Vpc', { CidrBlock: '10.0.0.0/16' })).physicalId;
  const subnet = (await make('AWS::EC2::Subnet', 'Subnet', { VpcId: vpc })).physicalId;
  const balancer = aws.make('AWS::ElasticLoadBalancingV2::LoadBalancer', 'lb', 'Ingress shop/web', { Subnets: [subnet], Scheme: 'internal' });
  const group = aws.make('AWS::EC2::SecurityGroup', 'sg', 'Ingress shop/web', { VpcId: vpc });
  await expect(remove('AWS::EC2::Subnet', subnet)).rejects.toThrow('has dependencies and cannot be deleted: AWS::ElasticLoadBalancingV2::LoadBalancer lb (of Ingress shop/web)');
  aws.world.remove(balancer);
  await remove('AWS::EC2::Subnet', subnet);
  await expect(remove('AWS::EC2::VPC', vpc)).rejects.toThrow('AWS::EC2::SecurityGroup sg');
  aws.world.remove(group);
  await remove('AWS::EC2::VPC', vpc);
});

test('deleting what is gone already succeeds', async () => {
  await model().remove('AWS::SQS::Queue', 'gone');
});
