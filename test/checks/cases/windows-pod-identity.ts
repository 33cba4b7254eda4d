import { Bad, deliver, deployment, Good, resource } from '../fixtures';

const association = { ClusterName: 'platform', Namespace: 'shop', ServiceAccount: 'web', RoleArn: 'arn' };
const windows = { nodeSelector: { 'kubernetes.io/os': 'windows' } };

export const good: Good = {
  'on Linux': stack => [deliver(stack, [deployment({ nodeSelector: { 'kubernetes.io/os': 'linux' } })]), resource(stack, 'Association', 'AWS::EKS::PodIdentityAssociation', association)],
  'without a role': stack => deliver(stack, [deployment(windows)]),
  'an annotated account': stack => deliver(stack, [deployment(windows), { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'web', namespace: 'shop', annotations: { 'eks.amazonaws.com/role-arn': 'arn' } } }]),
};

export const bad: Bad = {
  'by its nodes': [stack => [deliver(stack, [deployment(windows)]), resource(stack, 'Association', 'AWS::EKS::PodIdentityAssociation', association)],
    '"web" has a Pod Identity association (Stack/Association), and the pod runs on Windows'],
  'by its own word': [stack => [deliver(stack, [deployment({ os: { name: 'windows' } })]), resource(stack, 'Association', 'AWS::EKS::PodIdentityAssociation', association)], 'runs on Windows'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['spec.template.spec.serviceAccountName'];
