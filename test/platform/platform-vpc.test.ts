import { App, Fn, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import { PlatformCluster } from '../../src/cluster/platform-cluster';
import { PlatformVpc, PlatformVpcProps } from '../../src/cluster/platform-vpc';
import { dependencies, findCycle } from '../../src/private/template-graph';

let stack: Stack;
beforeEach(() => {
  stack = new Stack(new App(), 'Shop');
});

const synth = (props?: PlatformVpcProps) => {
  new PlatformVpc(stack, 'Vpc', props);
  return Template.fromStack(stack);
};

const zones = (template: Template) =>
  [...new Set(Object.values<any>(template.findResources('AWS::EC2::Subnet')).map(subnet => JSON.stringify(subnet.Properties.AvailabilityZone)))];

test('a VPC has three zones, each with a public and a private subnet and a NAT gateway', () => {
  const template = synth();
  expect(zones(template)).toEqual([0, 1, 2].map(index => JSON.stringify({ 'Fn::Select': [index, { 'Fn::GetAZs': '' }] })));
  template.resourceCountIs('AWS::EC2::Subnet', 6);
  template.resourceCountIs('AWS::EC2::NatGateway', 3);
  expect(Object.values<any>(template.findResources('AWS::EC2::Subnet')).map(subnet => subnet.Properties.CidrBlock)).toEqual(
    ['10.0.0.0/24', '10.0.1.0/24', '10.0.2.0/24', '10.0.32.0/19', '10.0.64.0/19', '10.0.96.0/19']);
});

test('it takes 37 resources, and no custom one', () => {
  const types = Object.values<any>(synth().toJSON().Resources).map(resource => resource.Type as string);
  expect(types).toHaveLength(37);
  expect(types.filter(type => type.startsWith('Custom::') || type.startsWith('AWS::Lambda'))).toEqual([]);
});

test('subnets carry the tags by which load balancers find them', () => {
  const template = synth();
  for (const [role, isPublic] of [['elb', true], ['internal-elb', false]]) {
    const tagged = template.findResources('AWS::EC2::Subnet', {
      Properties: { MapPublicIpOnLaunch: isPublic, Tags: Match.arrayWith([{ Key: `kubernetes.io/role/${role}`, Value: '1' }]) },
    });
    expect(Object.keys(tagged)).toHaveLength(3);
  }
});

test('flow logs go to a group with retention, by a role that writes there and nowhere else', () => {
  const template = synth();
  template.hasResourceProperties('AWS::EC2::FlowLog', { ResourceType: 'VPC', TrafficType: 'ALL', LogDestinationType: 'cloud-watch-logs' });
  template.hasResource('AWS::Logs::LogGroup', { Properties: { RetentionInDays: 30 }, DeletionPolicy: 'Delete' });
  template.hasResourceProperties('AWS::IAM::Role', {
    Policies: [{ PolicyDocument: { Statement: [{ Resource: { 'Fn::GetAtt': [Match.stringLikeRegexp('FlowLogs'), 'Arn'] } }] } }],
  });
  template.resourceCountIs('AWS::IAM::Policy', 0);
});

test('flow logs are kept and encrypted as asked, or dropped', () => {
  const flowLogEncryptionKey = new kms.Key(stack, 'Key');
  synth({ flowLogRetention: logs.RetentionDays.ONE_YEAR, flowLogEncryptionKey }).hasResourceProperties('AWS::Logs::LogGroup', {
    RetentionInDays: 365, KmsKeyId: stack.resolve(flowLogEncryptionKey.keyArn),
  });
  const other = new Stack(new App(), 'Other');
  new PlatformVpc(other, 'Vpc', { flowLogs: false, s3Endpoint: false });
  for (const type of ['AWS::EC2::FlowLog', 'AWS::Logs::LogGroup', 'AWS::IAM::Role', 'AWS::EC2::VPCEndpoint']) {
    Template.fromStack(other).resourceCountIs(type, 0);
  }
});

test('zones are chosen by number, by place or by name', () => {
  expect(zones(synth({ zones: 2, natGateways: 1 }))).toHaveLength(2);
  const places = new Stack(new App(), 'Places');
  new PlatformVpc(places, 'Vpc', { availabilityZoneIndexes: [0, 3] });
  expect(zones(Template.fromStack(places))).toEqual([0, 3].map(index => JSON.stringify({ 'Fn::Select': [index, { 'Fn::GetAZs': '' }] })));
  const names = new Stack(new App(), 'Names', { env: { account: '111122223333', region: 'us-east-1' } });
  new PlatformVpc(names, 'Vpc', { availabilityZones: ['us-east-1a', 'us-east-1d'] });
  expect(zones(Template.fromStack(names))).toEqual(['"us-east-1a"', '"us-east-1d"']);
});

test('one NAT gateway can serve all zones', () => {
  synth({ natGateways: 1 }).resourceCountIs('AWS::EC2::NatGateway', 1);
});

test('nothing is looked up, even where account and region are known', () => {
  const app = new App();
  const known = new Stack(app, 'Known', { env: { account: '111122223333', region: 'us-east-1' } });
  new PlatformVpc(known, 'Vpc');
  expect(app.synth().manifest.missing).toBeUndefined();
  expect(Object.prototype.hasOwnProperty.call(known, 'availabilityZones')).toBe(false);
});

test('pods get subnets of a secondary CIDR, one a zone, with the way out of their zone', () => {
  const vpc = new PlatformVpc(stack, 'Vpc', { podCidr: '100.64.0.0/16' });
  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::EC2::VPCCidrBlock', { CidrBlock: '100.64.0.0/16' });
  const subnets = Object.entries<any>(template.findResources('AWS::EC2::Subnet')).filter(([, subnet]) => subnet.Properties.CidrBlock.startsWith('100.'));
  expect(subnets.map(([, subnet]) => subnet.Properties.CidrBlock)).toEqual(['100.64.0.0/18', '100.64.64.0/18', '100.64.128.0/18']);
  subnets.forEach(([id, subnet], index) => {
    expect(subnet.DependsOn).toEqual([Object.keys(template.findResources('AWS::EC2::VPCCidrBlock'))[0]]);
    template.hasResourceProperties('AWS::EC2::SubnetRouteTableAssociation', {
      SubnetId: { Ref: id }, RouteTableId: stack.resolve(vpc.privateSubnets[index].routeTable.routeTableId),
    });
  });
});

test('the VPC CNI takes the pod subnets, and nodes wait for their routes', () => {
  const vpc = new PlatformVpc(stack, 'Vpc', { podCidr: '100.64.0.0/16' });
  const cluster = new PlatformCluster(stack, 'Cluster', { version: eks.KubernetesVersion.V1_36, vpc, vpcCni: { podSubnets: vpc.podSubnets } });
  const template = Template.fromStack(stack);
  expect(JSON.stringify(stack.resolve((cluster.vpcCni!.addon.node.defaultChild as any).configurationValues))).toContain('PodSubnet1');
  expect(findCycle(dependencies(template.toJSON()))).toBeUndefined();
  expect(template.toJSON().Resources.ClusterEB0386A7.DependsOn).toEqual(expect.arrayContaining([expect.stringMatching(/^VpcPodSubnet1RouteTable/)]));
});

test('IPv6 comes with one prop', () => {
  synth({ ipProtocol: ec2.IpProtocol.DUAL_STACK }).hasResourceProperties('AWS::EC2::VPCCidrBlock', { AmazonProvidedIpv6CidrBlock: true });
});

const mistakes: [what: string, props: PlatformVpcProps, error: string][] = [
  ['a block that is none', { cidr: '10.0.0.0' }, 'without a prefix length'],
  ['a block that is too small', { cidr: '10.0.0.0/26' }, 'give an IPv4 block from /16 to /24'],
  ['a block that is not known at synth', { cidr: Fn.importValue('Cidr') }, '"cidr" is a token'],
  ['pods in the VPC\'s own block', { podCidr: '10.0.0.0/16' }, '"podCidr" is "10.0.0.0/16", which overlaps with "cidr", "10.0.0.0/16"'],
  ['one zone', { zones: 1 }, '"zones" is 1: give a whole number from 2 to 6'],
  ['one name', { availabilityZones: ['eu-west-1a'] }, '"availabilityZones" is [eu-west-1a]: give at least two different zones'],
  ['the same place twice', { availabilityZoneIndexes: [0, 0] }, '"availabilityZoneIndexes" is [0, 0]'],
  ['zones in two ways', { zones: 2, availabilityZoneIndexes: [0, 1] }, '"zones" and "availabilityZoneIndexes" are both given'],
  ['more NAT gateways than zones', { natGateways: 4 }, '"natGateways" is 4: give a whole number from 1 to 3'],
  ['no way out', { natGateways: 0 }, '"natGateways" is 0'],
];

test.each(mistakes)('%s is refused', (_, props, error) => {
  expect(() => new PlatformVpc(stack, 'Vpc', props)).toThrow(error);
});
