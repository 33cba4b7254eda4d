import { Check } from '../check';
import { inEach } from '../find';
import { known } from '../values';

export const CLUSTER_SUBNETS: Check = {
  id: 'cluster-subnets',
  title: 'The control plane is in two zones',
  severity: 'error',
  fix: 'Give subnets in at least two Availability Zones',
  reason: 'EKS refuses a cluster with subnets in fewer.',
  link: 'https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html',
  find: platform => inEach(platform.clusters, ({ resource, properties }) => {
    const subnets = properties.ResourcesVpcConfig?.SubnetIds;
    if (!Array.isArray(subnets)) {
      return undefined;
    }
    const zones = platform.targets(subnets, resource.template).map(subnet => known(subnet?.properties.AvailabilityZone));
    const one = subnets.length > 1 && zones.every(zone => zone !== undefined && zone === zones[0]);
    return (subnets.length < 2 || one)
      && ['ResourcesVpcConfig.SubnetIds', one ? `all subnets are in ${zones[0]}` : `there is ${subnets.length === 1 ? 'one subnet' : 'no subnet'}`];
  }),
};
