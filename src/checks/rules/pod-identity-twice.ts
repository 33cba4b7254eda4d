import { Check } from '../check';
import { destination } from '../delivered';
import { repeats } from '../repeats';
import { Resource } from '../resource';

export const POD_IDENTITY_TWICE: Check = {
  id: 'pod-identity-twice',
  title: 'A service account has one role',
  severity: 'error',
  fix: 'Put the permissions into one role',
  reason: 'EKS refuses the second association.',
  link: 'https://docs.aws.amazon.com/eks/latest/userguide/pod-id-association.html',
  * find(platform) {
    const keyOf = (association: Resource) => {
      const { Namespace: namespace, ServiceAccount: account } = association.properties;
      return [destination(platform, association).clusterKey, namespace, account];
    };
    for (const [resource, other] of repeats(platform.ofType('AWS::EKS::PodIdentityAssociation'), keyOf)) {
      const { Namespace: namespace, ServiceAccount: account } = resource.properties;
      yield { resource, location: 'ServiceAccount', message: `${other.path} is an association of "${namespace}/${account}" too` };
    }
  },
};
