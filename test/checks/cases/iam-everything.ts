import { Bad, Good, resource } from '../fixtures';

export const good: Good = {
  'some actions': stack => resource(stack, 'Policy', 'AWS::IAM::ManagedPolicy', { PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] } }),
  'everything is denied': stack => resource(stack, 'Policy', 'AWS::IAM::ManagedPolicy', { PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: '*', Resource: '*' }] } }),
  'an administrator who is a person': stack => resource(stack, 'Role', 'AWS::IAM::Role', { AssumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Principal: { AWS: 'someone' }, Action: 'sts:AssumeRole' }] }, ManagedPolicyArns: ['arn:aws-test:iam::aws:policy/AdministratorAccess'] }),
};

export const bad: Bad = {
  'everything on everything': [stack => resource(stack, 'Policy', 'AWS::IAM::ManagedPolicy', { PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] } }), '* is allowed on every resource'],
  'everything but something': [stack => resource(stack, 'Policy', 'AWS::IAM::ManagedPolicy', { PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }] } }), 'everything else is allowed on every resource'],
  'everything, by AWS\'s own policy': [stack => resource(stack, 'Role', 'AWS::IAM::Role', { AssumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Principal: { Service: 'pods.eks.amazonaws.com' }, Action: 'sts:AssumeRole' }] }, ManagedPolicyArns: [`arn:${stack.partition}:iam::aws:policy/AdministratorAccess`] }), 'AdministratorAccess allows * on every resource'],
  'all actions of all services': [stack => resource(stack, 'Policy', 'AWS::IAM::GroupPolicy', { PolicyDocument: { Statement: [{ Effect: 'Allow', Action: '*:*', Resource: '*' }] } }), '*:* is allowed on every resource'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['PolicyDocument.Statement[0]', 'ManagedPolicyArns'];
