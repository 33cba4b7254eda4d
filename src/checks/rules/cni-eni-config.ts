import { Check } from '../check';
import { cniConfigurations } from '../cni';
import { isTrue, known } from '../values';

export const CNI_ENI_CONFIG: Check = {
  id: 'cni-eni-config',
  title: 'Custom networking has an ENIConfig for every zone with nodes',
  severity: 'error',
  fix: 'Add an ENIConfig with the name of the zone, with a subnet in it for pods',
  reason: 'Pods of nodes in a zone without one get no address.',
  link: 'https://docs.aws.amazon.com/eks/latest/userguide/cni-custom-network.html',
  * find(platform) {
    for (const { resource, location, cluster, clusterKey, values: { env = {}, eniConfig } } of cniConfigurations(platform)) {
      if (!cluster || !isTrue(env.AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG) || !/zone$/.test(String(env.ENI_CONFIG_LABEL_DEF))) {
        continue;
      }
      const named = new Set([
        ...Object.keys(eniConfig?.subnets ?? {}),
        ...platform.ofKindIn(clusterKey, 'ENIConfig').map(({ manifest }) => manifest.metadata?.name),
      ]);
      const zones = platform.ofCluster(cluster, 'AWS::EKS::Nodegroup').flatMap(({ properties, template }) =>
        platform.targets(properties.Subnets, template).map(subnet => known<string>(subnet?.properties.AvailabilityZone)));
      const missing = [...new Set(zones)].filter(zone => zone !== undefined && !named.has(zone)).sort();
      if (missing.length > 0) {
        yield { resource, location, message: `nodes may be in ${missing.join(', ')}, of which there is no ENIConfig` };
      }
    }
  },
};
