import { Check } from '../check';

export const ADDON_TWICE: Check = {
  id: 'addon-twice',
  title: 'An add-on is installed once',
  severity: 'error',
  fix: 'Remove one of them',
  reason: 'EKS refuses the second one.',
  link: 'https://docs.aws.amazon.com/eks/latest/userguide/eks-add-ons.html',
  * find(platform) {
    const seen = new Map<string, string>();
    for (const resource of platform.ofType('AWS::EKS::Addon')) {
      const { ClusterName: name, AddonName: addon } = resource.properties;
      const key = JSON.stringify([platform.cluster(name, resource.template)?.resource.path ?? name, addon]);
      const other = seen.get(key);
      if (other !== undefined) {
        yield { resource, location: 'AddonName', message: `${other} installs ${addon} too` };
      }
      seen.set(key, resource.path);
    }
  },
};
