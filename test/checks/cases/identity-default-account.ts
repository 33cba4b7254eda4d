import { Bad, deliver, Good, resource } from '../fixtures';

const association = (account: string) => ({ ClusterName: 'platform', Namespace: 'shop', ServiceAccount: account, RoleArn: 'arn' });
const account = (metadata: any) => ({ apiVersion: 'v1', kind: 'ServiceAccount', metadata });

export const good: Good = {
  'an account of its own': stack => resource(stack, 'Association', 'AWS::EKS::PodIdentityAssociation', association('web')),
  'an annotated account of its own': stack => deliver(stack, [account({ name: 'web', annotations: { 'eks.amazonaws.com/role-arn': 'arn' } })]),
  'the default account without a role': stack => deliver(stack, [account({ name: 'default' }), account({ name: 'default', namespace: 'shop', annotations: {} })]),
};

export const bad: Bad = {
  'an association': [stack => resource(stack, 'Association', 'AWS::EKS::PodIdentityAssociation', association('default')), '"default" is the service account of all pods of "shop" that name none'],
  'an annotation': [stack => deliver(stack, [account({ name: 'default', annotations: { 'eks.amazonaws.com/role-arn': 'arn' } })]), '"default" is the service account of all pods of "default" that name none'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['ServiceAccount', 'metadata.annotations'];
