import { Stack } from 'aws-cdk-lib';
import { Bad, cluster, Good, release, resource } from '../fixtures';

const ALWAYS = ['ec2', 'ecr.api', 'ecr.dkr', 's3', 'sts'];

function isolated(stack: Stack, services: string[]) {
  const vpc = resource(stack, 'Vpc', 'AWS::EC2::VPC', { CidrBlock: '10.0.0.0/16' });
  const table = resource(stack, 'Table', 'AWS::EC2::RouteTable', { VpcId: vpc.ref });
  const subnets = ['a', 'b'].map(zone => resource(stack, `Subnet-${zone}`, 'AWS::EC2::Subnet', { VpcId: vpc.ref, AvailabilityZone: `eu-west-1${zone}`, CidrBlock: '10.0.0.0/20' }).ref);
  services.forEach(service => resource(stack, `Endpoint-${service}`, 'AWS::EC2::VPCEndpoint', {
    VpcId: vpc.ref, ServiceName: `com.amazonaws.${stack.region}.${service}`, VpcEndpointType: service === 's3' ? 'Gateway' : 'Interface',
  }));
  return { vpc, table, subnets, own: cluster(stack, {}, { SubnetIds: subnets }) };
}

/** A subnet with a route table of its own, and a route in it. */
function routed(stack: Stack, SubnetId: string, ofVpc: any, way: any) {
  const RouteTableId = resource(stack, 'OtherTable', 'AWS::EC2::RouteTable', ofVpc).ref;
  resource(stack, 'OtherAssociation', 'AWS::EC2::SubnetRouteTableAssociation', { SubnetId, RouteTableId });
  resource(stack, 'OtherRoute', 'AWS::EC2::Route', { RouteTableId, DestinationCidrBlock: '0.0.0.0/0', ...way });
}

export const good: Good = {
  'all that are needed': stack => isolated(stack, ALWAYS),
  'those of what is installed': stack => [
    isolated(stack, [...ALWAYS, 'elasticloadbalancing', 'eks-auth']), release(stack, 'aws-load-balancer-controller', { enableServiceMutatorWebhook: false }),
    resource(stack, 'Agent', 'AWS::EKS::Addon', { ClusterName: 'platform', AddonName: 'eks-pod-identity-agent' }),
  ],
  'a NAT gateway': stack => {
    const { table } = isolated(stack, []);
    resource(stack, 'Route', 'AWS::EC2::Route', { RouteTableId: table.ref, DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: 'nat-1' });
  },
  'a transit gateway': stack => {
    const { table } = isolated(stack, []);
    resource(stack, 'Route', 'AWS::EC2::Route', { RouteTableId: table.ref, DestinationCidrBlock: '0.0.0.0/0', TransitGatewayId: 'tgw-1' });
  },
  'a VPC that exists': stack => cluster(stack),
  'nodes in other subnets, with a NAT gateway': stack => {
    const { vpc } = isolated(stack, []);
    const subnet = resource(stack, 'Nodes', 'AWS::EC2::Subnet', { VpcId: vpc.ref, CidrBlock: '10.0.2.0/24' }).ref;
    routed(stack, subnet, { VpcId: vpc.ref }, { NatGatewayId: 'nat-1' });
    resource(stack, 'Group', 'AWS::EKS::Nodegroup', { ClusterName: 'platform', NodeRole: 'arn', Subnets: [subnet] });
  },
};

export const bad: Bad = {
  'none': [stack => isolated(stack, []), 'VPC Stack/Vpc has no way out and no endpoint of ec2, ecr.api, ecr.dkr, s3, sts'],
  'one that is missing': [stack => isolated(stack, ALWAYS.filter(service => service !== 'ecr.dkr')), 'no endpoint of ecr.dkr'],
  'that of a controller': [stack => [isolated(stack, ALWAYS), release(stack, 'karpenter', {}, 'platform', { Chart: 'oci://registry.example.com/karpenter' })], 'no endpoint of eks, sqs, ssm'],
  'a way out of another VPC': [stack => {
    isolated(stack, ALWAYS.slice(1));
    const table = resource(stack, 'Other', 'AWS::EC2::RouteTable', { VpcId: 'vpc-2' });
    resource(stack, 'Route', 'AWS::EC2::Route', { RouteTableId: table.ref, DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: 'nat-1' });
  }, 'no endpoint of ec2'],
  'a way out for public subnets only': [stack => {
    const { vpc, table, subnets } = isolated(stack, []);
    subnets.forEach((SubnetId, i) => resource(stack, `Own${i}`, 'AWS::EC2::SubnetRouteTableAssociation', { SubnetId, RouteTableId: table.ref }));
    routed(stack, resource(stack, 'Public', 'AWS::EC2::Subnet', { VpcId: vpc.ref, CidrBlock: '10.0.2.0/24' }).ref, { VpcId: vpc.ref }, { GatewayId: 'igw-1' });
  }, 'VPC Stack/Vpc has no way out'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['ResourcesVpcConfig.SubnetIds'];
