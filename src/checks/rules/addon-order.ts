import { Check } from '../check';
import { waitsFor } from '../waits-for';

export const ADDON_ORDER: Check = {
  id: 'addon-order',
  title: 'CoreDNS waits for nodes, and nodes for the network',
  severity: 'warning',
  fix: 'Let the add-on coredns depend on the node groups, and those on vpc-cni',
  reason: 'An add-on without nodes is degraded until its creation fails after twenty minutes; a node without network never becomes ready.',
  link: 'https://github.com/terraform-aws-modules/terraform-aws-eks/issues/1801',
  * find(platform) {
    for (const cluster of platform.clusters) {
      const groups = platform.ofCluster(cluster, 'AWS::EKS::Nodegroup', 'AWS::EKS::FargateProfile');
      const addons = platform.ofCluster(cluster, 'AWS::EKS::Addon');
      for (const dns of addons.filter(({ properties }) => properties.AddonName === 'coredns')) {
        const early = groups.length > 0 && groups.every(group => group.template === dns.template && !waitsFor(dns, group));
        if (early) {
          yield { resource: dns, location: 'DependsOn', message: `it does not wait for ${groups[0].path}` };
        }
      }
    }
  },
};
