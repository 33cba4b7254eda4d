import { Check } from '../check';

export const SUBNET_TAGS: Check = {
  id: 'subnet-tags',
  title: 'Load balancers find their subnets',
  severity: 'warning',
  fix: 'Tag public subnets with kubernetes.io/role/elb and private ones with kubernetes.io/role/internal-elb',
  reason: 'The controller finds no subnet for a Service or Ingress that names none.',
  link: 'https://docs.aws.amazon.com/eks/latest/userguide/network-load-balancing.html',
  * find(platform) {
    const isUsed = platform.ofKind('Ingress').length > 0 || platform.ofKind('Service').some(({ manifest }) => manifest.spec?.type === 'LoadBalancer');
    for (const cluster of isUsed ? platform.clusters : []) {
      const subnets = platform.targets(cluster.properties.ResourcesVpcConfig?.SubnetIds, cluster.resource.template);
      const vpcs = new Set(subnets.filter(Boolean).map(subnet => JSON.stringify(subnet!.properties.VpcId)));
      const all = platform.ofType('AWS::EC2::Subnet').filter(({ properties, template }) => template === cluster.resource.template && vpcs.has(JSON.stringify(properties.VpcId)));
      const isTagged = all.some(({ properties }) => (properties.Tags ?? []).some(({ Key: key }: any) => /^kubernetes\.io\/role\/(internal-)?elb$/.test(key)));
      if (all.length > 0 && !isTagged) {
        yield { resource: all[0], location: 'Tags', message: `no subnet of cluster ${cluster.resource.path} has the tag kubernetes.io/role/elb or kubernetes.io/role/internal-elb` };
      }
    }
  },
};
