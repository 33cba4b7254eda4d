import { Check } from '../check';
import { inEach } from '../find';
import { known, knownText } from '../values';

/** Zones without room for control planes, and Local and Wavelength Zones. */
const REFUSED = /^(use1-az3|usw1-az2|cac1-az3|[a-z]+-[a-z-]+-\d-(wl\d-)?[a-z]{3}-(wlz-)?\d[a-z]?)$/;

export const CLUSTER_SUBNETS: Check = {
  id: 'cluster-subnets',
  title: 'The control plane is in two zones that EKS takes',
  severity: 'error',
  fix: 'Give subnets in at least two Availability Zones of the region',
  reason: 'EKS refuses a cluster with subnets in fewer, and subnets in zones without room for control planes.',
  link: 'https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html',
  find: platform => inEach(platform.clusters, ({ resource, properties }) => {
    const subnets = properties.ResourcesVpcConfig?.SubnetIds;
    if (!Array.isArray(subnets)) {
      return undefined;
    }
    const made = platform.targets(subnets, resource.template);
    const refused = made.flatMap(subnet => [subnet?.properties.AvailabilityZoneId, subnet?.properties.AvailabilityZone]).find(zone => REFUSED.test(knownText(zone) ?? ''));
    // Of what only the deployment knows the same is the same.
    const zones = made.map(subnet => subnet?.properties.AvailabilityZone ?? subnet?.properties.AvailabilityZoneId);
    const one = subnets.length > 1 && zones.every(zone => zone !== undefined && JSON.stringify(zone) === JSON.stringify(zones[0]));
    return refused !== undefined
      ? ['ResourcesVpcConfig.SubnetIds', `EKS takes no subnet in ${refused}`]
      : (subnets.length < 2 || one)
        && ['ResourcesVpcConfig.SubnetIds', one ? `all subnets are in ${known(zones[0]) ?? 'one zone'}` : `there is ${subnets.length === 1 ? 'one subnet' : 'no subnet'}`];
  }),
};
