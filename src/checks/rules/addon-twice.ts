import { Check } from '../check';
import { destination } from '../delivered';
import { repeats } from '../repeats';
import { Resource } from '../resource';

export const ADDON_TWICE: Check = {
  id: 'addon-twice',
  title: 'An add-on is installed once',
  severity: 'error',
  fix: 'Remove one of them',
  reason: 'EKS refuses the second one.',
  link: 'https://docs.aws.amazon.com/eks/latest/userguide/eks-add-ons.html',
  * find(platform) {
    const keyOf = (addon: Resource) => [destination(platform, addon).clusterKey, addon.properties.AddonName];
    for (const [resource, other] of repeats(platform.ofType('AWS::EKS::Addon'), keyOf)) {
      yield { resource, location: 'AddonName', message: `${other.path} installs ${resource.properties.AddonName} too` };
    }
  },
};
