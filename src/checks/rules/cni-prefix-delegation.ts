import { instanceTypeFacts } from '../../catalogue/instance-types';
import { Check } from '../check';
import { cniConfigurations } from '../cni';
import { instanceTypesOf } from '../node-groups';
import { isTrue } from '../values';

export const CNI_PREFIX_DELEGATION: Check = {
  id: 'cni-prefix-delegation',
  title: 'Prefixes are for instances of the Nitro system',
  severity: 'error',
  fix: 'Give types of newer generations, or turn ENABLE_PREFIX_DELEGATION off',
  reason: 'Other instances take no prefixes: their pods get no address.',
  link: 'https://docs.aws.amazon.com/eks/latest/userguide/cni-increase-ip-addresses.html',
  * find(platform) {
    for (const { resource: addon, cluster, values } of cniConfigurations(platform)) {
      for (const resource of cluster && isTrue(values.env?.ENABLE_PREFIX_DELEGATION) ? platform.ofCluster(cluster, 'AWS::EKS::Nodegroup') : []) {
        const type = instanceTypesOf(platform, resource).find(item => instanceTypeFacts(item)?.isNitro === false);
        if (type !== undefined) {
          yield { resource, location: 'InstanceTypes', message: `${type} is not of the Nitro system, and ${addon.path} delegates prefixes` };
        }
      }
    }
  },
};
