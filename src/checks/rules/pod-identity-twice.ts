import { Check } from '../check';

export const POD_IDENTITY_TWICE: Check = {
  id: 'pod-identity-twice',
  title: 'A service account has one role',
  severity: 'error',
  fix: 'Put the permissions into one role',
  reason: 'EKS refuses the second association.',
  link: 'https://docs.aws.amazon.com/eks/latest/userguide/pod-id-association.html',
  * find(platform) {
    const seen = new Map<string, string>();
    for (const resource of platform.ofType('AWS::EKS::PodIdentityAssociation')) {
      const { ClusterName: name, Namespace: namespace, ServiceAccount: account } = resource.properties;
      const key = JSON.stringify([platform.cluster(name, resource.template)?.resource.path ?? name, namespace, account]);
      const other = seen.get(key);
      if (other !== undefined) {
        yield { resource, location: 'ServiceAccount', message: `${other} is an association of "${namespace}/${account}" too` };
      }
      seen.set(key, resource.path);
    }
  },
};
