import { platformOf } from './fixtures';
import { policiesOf } from '../../src/checks/statement';

const statement = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' };
const PolicyDocument = { Statement: [statement] };

test.each(['Policy', 'ManagedPolicy', 'RolePolicy'])('the statements of an AWS::IAM::%s are seen', type => {
  const { statements, resources: [resource] } = platformOf({ Resources: { Policy: { Type: `AWS::IAM::${type}`, Properties: { PolicyDocument } } } });
  expect(statements).toEqual([
    { resource, location: 'PolicyDocument.Statement[0]', allows: true, actions: ['s3:GetObject'], notActions: [], resources: ['*'], condition: undefined },
  ]);
});

test.each(['Role', 'User', 'Group'])('the statements of the policies in an AWS::IAM::%s are seen, each with its place', type => {
  const Policies = [{ PolicyDocument }, { PolicyDocument: { Statement: [{ ...statement, Effect: 'Deny' }, { NotAction: ['iam:*'] }] } }];
  const { statements } = platformOf({ Resources: { Own: { Type: `AWS::IAM::${type}`, Properties: { Policies } } } });
  expect(statements.map(({ location, allows, actions, notActions }) => [location, allows, actions, notActions])).toEqual([
    ['Policies[0].PolicyDocument.Statement[0]', true, ['s3:GetObject'], []],
    ['Policies[1].PolicyDocument.Statement[0]', false, ['s3:GetObject'], []],
    ['Policies[1].PolicyDocument.Statement[1]', true, [], ['iam:*']],
  ]);
});

test('a statement that is given alone, with its condition, is as good as a list of one', () => {
  const Condition = { StringEquals: { 'aws:PrincipalTag/team': 'shop' } };
  const { statements } = platformOf({ Resources: { Policy: { Type: 'AWS::IAM::Policy', Properties: { PolicyDocument: { Statement: { ...statement, Condition } } } } } });
  expect(statements).toEqual([expect.objectContaining({ location: 'PolicyDocument.Statement[0]', condition: Condition })]);
});

test('what is no identity of IAM has no policies of one', () => {
  const { resources: [bucket] } = platformOf({ Resources: { Bucket: { Type: 'AWS::S3::BucketPolicy', Properties: { PolicyDocument } } } });
  expect(policiesOf(bucket)).toEqual([]);
});
