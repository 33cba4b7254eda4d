import { Check } from '../check';
import { Resource } from '../resource';
import { listOf } from '../values';

/** Annotations of an Ingress and of a Service that make tags needless. */
const NAMES_SUBNETS = /^(alb\.ingress\.kubernetes\.io\/subnets|service\.beta\.kubernetes\.io\/aws-load-balancer-subnets)$/;

export const SUBNET_TAGS: Check = {
  id: 'subnet-tags',
  title: 'Load balancers find their subnets',
  severity: 'warning',
  fix: 'Tag public subnets with kubernetes.io/role/elb and private ones with kubernetes.io/role/internal-elb',
  reason: 'The controller finds no subnet for a Service or Ingress that names none.',
  link: 'https://docs.aws.amazon.com/eks/latest/userguide/network-load-balancing.html',
  * find(platform) {
    for (const cluster of platform.clusters) {
      const { resource, properties } = cluster;
      const isUsed = platform.ofKindIn(resource.path, 'Ingress', 'Service').some(({ manifest: { kind, metadata, spec } }) =>
        (kind === 'Ingress' || spec?.type === 'LoadBalancer') && !Object.keys(metadata?.annotations ?? {}).some(key => NAMES_SUBNETS.test(key)));
      const vpcOf = (subnet: Resource) => platform.target(subnet.properties.VpcId, subnet.template)?.path ?? JSON.stringify(subnet.properties.VpcId);
      const vpcs = platform.targets(properties.ResourcesVpcConfig?.SubnetIds, resource.template).flatMap(subnet => subnet ? [vpcOf(subnet)] : []);
      const all = platform.ofType('AWS::EC2::Subnet').filter(subnet => vpcs.includes(vpcOf(subnet)));
      const isTagged = all.some(subnet => listOf<any>(subnet.properties.Tags).some(({ Key: key }) => /^kubernetes\.io\/role\/(internal-)?elb$/.test(key)));
      if (isUsed && all.length > 0 && !isTagged) {
        yield { resource: all[0], location: 'Tags', message: `no subnet of cluster ${resource.path} has the tag kubernetes.io/role/elb or kubernetes.io/role/internal-elb` };
      }
    }
  },
};
