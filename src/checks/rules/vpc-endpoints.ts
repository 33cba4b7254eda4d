import { Check } from '../check';
import { listOf, textOf } from '../values';

/** What nodes of any cluster call. */
const ALWAYS = ['ec2', 'ecr.api', 'ecr.dkr', 's3', 'sts'];
/** What is called besides by what is installed. */
const CALLED_BY: { [name: string]: string[] } = {
  'aws-load-balancer-controller': ['elasticloadbalancing'],
  'cluster-autoscaler': ['autoscaling'],
  'karpenter': ['eks', 'sqs', 'ssm'],
  'eks-pod-identity-agent': ['eks-auth'],
  'amazon-cloudwatch-observability': ['logs', 'monitoring'],
  'aws-efs-csi-driver': ['elasticfilesystem'],
};
const WAYS_OUT = [
  'GatewayId', 'NatGatewayId', 'TransitGatewayId', 'VpcPeeringConnectionId', 'CoreNetworkArn', 'InstanceId', 'NetworkInterfaceId', 'VpcEndpointId', 'LocalGatewayId',
];

export const VPC_ENDPOINTS: Check = {
  id: 'vpc-endpoints',
  title: 'A VPC without a way out has the endpoints that its cluster needs',
  severity: 'error',
  fix: 'Add interface endpoints with private DNS names, and a gateway endpoint of S3',
  reason: 'Nodes do not join, images are not pulled, and controllers wait for AWS without end.',
  link: 'https://docs.aws.amazon.com/eks/latest/userguide/private-clusters.html',
  * find(platform) {
    for (const { resource, properties } of platform.clusters) {
      const [subnet] = listOf<any>(properties.ResourcesVpcConfig?.SubnetIds).map(id => platform.target(id, resource.template));
      const vpc = subnet && platform.target(subnet.properties.VpcId, subnet.template);
      if (!vpc) {
        continue;
      }
      const tables = platform.ofType('AWS::EC2::RouteTable').filter(table => platform.target(table.properties.VpcId, table.template) === vpc);
      const routes = platform.ofType('AWS::EC2::Route').filter(route => tables.includes(platform.target(route.properties.RouteTableId, route.template)!));
      const hasWayOut = routes.some(({ properties: route }) => WAYS_OUT.some(way => route[way] !== undefined));
      if (hasWayOut || tables.length === 0) {
        continue;
      }
      const endpoints = platform.ofType('AWS::EC2::VPCEndpoint')
        .filter(endpoint => platform.target(endpoint.properties.VpcId, endpoint.template) === vpc)
        .map(endpoint => textOf(endpoint.properties.ServiceName) ?? '');
      const names = platform.installed(resource.path);
      const needed = [...ALWAYS, ...Object.entries(CALLED_BY).flatMap(([name, services]) => names.has(name) ? services : [])];
      const missing = needed.filter(service => !endpoints.some(endpoint => endpoint.endsWith(`.${service}`)));
      if (missing.length > 0) {
        yield { resource, location: 'ResourcesVpcConfig.SubnetIds', message: `VPC ${vpc.path} has no way out and no endpoint of ${missing.join(', ')}` };
      }
    }
  },
};
