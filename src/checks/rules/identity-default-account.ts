import { Check } from '../check';
import { inObjects, inResources } from '../find';
import { ROLE_ANNOTATION } from '../service-account';

export const IDENTITY_DEFAULT_ACCOUNT: Check = {
  id: 'identity-default-account',
  title: 'No role is given to the service account "default"',
  severity: 'warning',
  fix: 'Give the pods a service account of their own, and associate that',
  reason: 'Every pod of the namespace that names no service account gets the permissions.',
  link: 'https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html',
  * find(platform) {
    yield* inResources(platform, ['AWS::EKS::PodIdentityAssociation'], ({ properties: { ServiceAccount: account, Namespace: namespace } }) =>
      account === 'default' && ['ServiceAccount', `"default" is the service account of all pods of "${namespace}" that name none`]);
    yield* inObjects(platform, ['ServiceAccount'], ({ manifest: { metadata } }) =>
      metadata?.name === 'default' && metadata.annotations?.[ROLE_ANNOTATION] !== undefined
      && ['metadata.annotations', `"default" is the service account of all pods of "${metadata.namespace ?? 'default'}" that name none`]);
  },
};
