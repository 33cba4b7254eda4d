import { Bad, deliver, deployment, Good, resource } from '../fixtures';

const other = (account: string, kind = 'StatefulSet') => ({ ...deployment({ serviceAccountName: account }), kind, metadata: { name: 'other', namespace: 'shop' } });
const association = { ClusterName: 'platform', Namespace: 'shop', ServiceAccount: 'web', RoleArn: 'arn' };

export const good: Good = {
  'an account each': stack => [deliver(stack, [deployment(), other('other')]), resource(stack, 'Association', 'AWS::EKS::PodIdentityAssociation', association)],
  'an account without a role': stack => deliver(stack, [deployment(), other('web')]),
  'a pod for a moment': stack => [deliver(stack, [deployment(), other('web', 'Job')]), resource(stack, 'Association', 'AWS::EKS::PodIdentityAssociation', association)],
};

export const bad: Bad = {
  'two workloads': [stack => [deliver(stack, [deployment(), other('web')]), resource(stack, 'Association', 'AWS::EKS::PodIdentityAssociation', association)],
    '"web" is the service account of Deployment "shop/web" too'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['spec.template.spec.serviceAccountName'];
