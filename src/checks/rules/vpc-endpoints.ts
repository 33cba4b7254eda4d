import { Check } from '../check';
import { inEach } from '../find';
import { ClusterFacts, Platform } from '../platform';
import { Resource } from '../resource';
import { textOf } from '../values';

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

/** Those of the subnets that nodes are in, where the app says which; otherwise all of the VPC. */
function routeTables(platform: Platform, cluster: ClusterFacts, vpc: Resource): Resource[] {
  const { resource, properties } = cluster;
  const ofNodes = platform.ofCluster(cluster, 'AWS::EKS::Nodegroup', 'AWS::EKS::FargateProfile')
    .flatMap(({ properties: { Subnets: subnets }, template }) => platform.targets(subnets, template));
  const isByTags = platform.ofKindIn(resource.path, 'EC2NodeClass').length > 0;
  const subnets = ofNodes.length > 0 || isByTags ? ofNodes : platform.targets(properties.ResourcesVpcConfig?.SubnetIds, resource.template);
  const tables = platform.ofType('AWS::EC2::SubnetRouteTableAssociation')
    .filter(({ properties: { SubnetId: id }, template }) => subnets.some(subnet => subnet && subnet === platform.target(id, template)))
    .map(({ properties: { RouteTableId: table }, template }) => platform.target(table, template));
  return tables.length > 0 && tables.every(Boolean) ? tables as Resource[] : platform.referringTo(vpc, 'AWS::EC2::RouteTable', 'VpcId');
}

export const VPC_ENDPOINTS: Check = {
  id: 'vpc-endpoints',
  title: 'A VPC without a way out has the endpoints that its cluster needs',
  severity: 'error',
  fix: 'Add interface endpoints with private DNS names, and a gateway endpoint of S3',
  reason: 'Nodes do not join, images are not pulled, and controllers wait for AWS without end.',
  link: 'https://docs.aws.amazon.com/eks/latest/userguide/private-clusters.html',
  find: platform => inEach(platform.clusters, cluster => {
    const { resource, properties } = cluster;
    const [subnet] = platform.targets(properties.ResourcesVpcConfig?.SubnetIds, resource.template);
    const vpc = subnet && platform.target(subnet.properties.VpcId, subnet.template);
    const tables = vpc ? routeTables(platform, cluster, vpc) : [];
    const routes = tables.flatMap(table => platform.referringTo(table, 'AWS::EC2::Route', 'RouteTableId'));
    if (!vpc || tables.length === 0 || routes.some(({ properties: route }) => WAYS_OUT.some(way => route[way] !== undefined))) {
      return undefined;
    }
    const endpoints = platform.referringTo(vpc, 'AWS::EC2::VPCEndpoint', 'VpcId').map(endpoint => textOf(endpoint.properties.ServiceName) ?? '');
    const names = platform.installed(resource.path);
    const needed = [...ALWAYS, ...Object.entries(CALLED_BY).flatMap(([name, services]) => names.has(name) ? services : [])];
    const missing = needed.filter(service => !endpoints.some(endpoint => endpoint.endsWith(`.${service}`)));
    return missing.length > 0 && ['ResourcesVpcConfig.SubnetIds', `VPC ${vpc.path} has no way out and no endpoint of ${missing.join(', ')}`];
  }),
};
