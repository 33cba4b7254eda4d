import { instanceTypeFacts } from '../../catalogue/instance-types';
import { Check } from '../check';
import { destination } from '../delivered';
import { knownItems, textOf } from '../values';

export const CNI_PREFIX_DELEGATION: Check = {
  id: 'cni-prefix-delegation',
  title: 'Prefixes are for instances of the Nitro system',
  severity: 'error',
  fix: 'Give types of newer generations, or turn ENABLE_PREFIX_DELEGATION off',
  reason: 'Other instances take no prefixes: their pods get no address.',
  link: 'https://docs.aws.amazon.com/eks/latest/userguide/cni-increase-ip-addresses.html',
  * find(platform) {
    for (const addon of platform.ofType('AWS::EKS::Addon').filter(({ properties }) => properties.AddonName === 'vpc-cni')) {
      if (!/"ENABLE_PREFIX_DELEGATION":"true"/.test((textOf(addon.properties.ConfigurationValues) ?? '').replace(/\s/g, ''))) {
        continue;
      }
      const { cluster } = destination(platform, addon);
      for (const resource of cluster ? platform.ofCluster(cluster, 'AWS::EKS::Nodegroup') : []) {
        const type = knownItems<string>(resource.properties.InstanceTypes).find(item => instanceTypeFacts(item)?.isNitro === false);
        if (type !== undefined) {
          yield { resource, location: 'InstanceTypes', message: `${type} is not of the Nitro system, and ${addon.path} delegates prefixes` };
        }
      }
    }
  },
};
