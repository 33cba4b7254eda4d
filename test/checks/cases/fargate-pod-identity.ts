import { Bad, Good, deliver, deployment, resource, fargateProfile } from '../fixtures';

export const good: Good = {
  'nodes': stack => [resource(stack, 'Association', 'AWS::EKS::PodIdentityAssociation', { ClusterName: 'platform', Namespace: 'shop', ServiceAccount: 'web', RoleArn: 'arn' }), deliver(stack, [deployment()])],
  'no association': stack => [fargateProfile(stack, [{ Namespace: 'shop' }]), deliver(stack, [deployment()])],
};

export const bad: Bad = {
  both: [stack => [fargateProfile(stack, [{ Namespace: 'shop' }]), resource(stack, 'Association', 'AWS::EKS::PodIdentityAssociation', { ClusterName: 'platform', Namespace: 'shop', ServiceAccount: 'web', RoleArn: 'arn' }), deliver(stack, [deployment()])], '"web" has a Pod Identity association (Stack/Association), and Stack/Profile takes the pod to Fargate'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['spec.template.spec.serviceAccountName'];
