import { Check } from '../check';
import { known } from '../values';

export const CLUSTER_SUBNETS: Check = {
  id: 'cluster-subnets',
  title: 'The control plane is in two zones',
  severity: 'error',
  fix: 'Give subnets in at least two Availability Zones',
  reason: 'EKS refuses a cluster with subnets in fewer.',
  link: 'https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html',
  * find(platform) {
    for (const { resource, properties: { ResourcesVpcConfig: vpc = {} } } of platform.clusters) {
      const subnets = vpc.SubnetIds;
      if (!Array.isArray(subnets)) {
        continue;
      }
      const zones = subnets.map(subnet => known(platform.target(subnet, resource.template)?.properties.AvailabilityZone));
      const one = subnets.length > 1 && zones.every(zone => zone !== undefined && zone === zones[0]);
      if (subnets.length < 2 || one) {
        yield { resource, location: 'ResourcesVpcConfig.SubnetIds', message: one ? `all subnets are in ${zones[0]}` : `there is ${subnets.length === 1 ? 'one subnet' : 'no subnet'}` };
      }
    }
  },
};
