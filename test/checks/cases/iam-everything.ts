import { Bad, Good, resource } from '../fixtures';

export const good: Good = {
  'some actions': stack => resource(stack, 'Policy', 'AWS::IAM::ManagedPolicy', { PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] } }),
  'everything is denied': stack => resource(stack, 'Policy', 'AWS::IAM::ManagedPolicy', { PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: '*', Resource: '*' }] } }),
};

export const bad: Bad = {
  'everything on everything': [stack => resource(stack, 'Policy', 'AWS::IAM::ManagedPolicy', { PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] } }), '* is allowed on every resource'],
  'everything but something': [stack => resource(stack, 'Policy', 'AWS::IAM::ManagedPolicy', { PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }] } }), 'everything else is allowed on every resource'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['PolicyDocument.Statement[0]'];
