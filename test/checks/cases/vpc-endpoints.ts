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
  return { vpc, table, own: cluster(stack, {}, { SubnetIds: subnets }) };
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
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['ResourcesVpcConfig.SubnetIds'];
