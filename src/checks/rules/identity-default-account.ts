import { Check } from '../check';
import { ROLE_ANNOTATION } from '../service-account';

export const IDENTITY_DEFAULT_ACCOUNT: Check = {
  id: 'identity-default-account',
  title: 'No role is given to the service account "default"',
  severity: 'warning',
  fix: 'Give the pods a service account of their own, and associate that',
  reason: 'Every pod of the namespace that names no service account gets the permissions.',
  link: 'https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html',
  * find(platform) {
    for (const resource of platform.ofType('AWS::EKS::PodIdentityAssociation')) {
      if (resource.properties.ServiceAccount === 'default') {
        yield { resource, location: 'ServiceAccount', message: `"default" is the service account of all pods of "${resource.properties.Namespace}" that name none` };
      }
    }
    for (const { resource, name: object, manifest: { metadata } } of platform.ofKind('ServiceAccount')) {
      if (metadata?.name === 'default' && metadata.annotations?.[ROLE_ANNOTATION] !== undefined) {
        yield { resource, object, location: 'metadata.annotations', message: `"default" is the service account of all pods of "${metadata.namespace ?? 'default'}" that name none` };
      }
    }
  },
};
