import { platformOf } from './fixtures';
import { policySizes } from '../../src/checks/policy-sizes';

const sizesOf = (Type: string, Properties: any) => policySizes(platformOf({ Resources: { Own: { Type, Properties } } }))
  .filter(({ size }) => size > 0)
  .map(({ location, message }) => [location, message]);

const statement = { Effect: 'Allow', Action: 'sts:AssumeRole' }; // 44 characters
const document = { Statement: [statement] }; // 60 characters

test('a managed policy may take 6144 characters', () => {
  expect(sizesOf('AWS::IAM::ManagedPolicy', { PolicyDocument: document })).toEqual([['PolicyDocument', 'the policy may take 60 of 6144 characters']]);
});

test('the inline policies of a role may take 10240 characters together, its trust policy 2048', () => {
  expect(sizesOf('AWS::IAM::Role', { AssumeRolePolicyDocument: document, Policies: [{ PolicyDocument: document }, { PolicyDocument: document }] })).toEqual([
    ['Policies', 'inline policies may take 120 of 10240 characters'],
    ['AssumeRolePolicyDocument', 'the trust policy may take 60 of 2048 characters'],
  ]);
});

test('the inline policies of a user may take 2048 characters together, those of a group 5120', () => {
  expect(sizesOf('AWS::IAM::User', { Policies: [{ PolicyDocument: document }] })).toEqual([['Policies', 'inline policies may take 60 of 2048 characters']]);
  expect(sizesOf('AWS::IAM::Group', { Policies: [{ PolicyDocument: document }] })).toEqual([['Policies', 'inline policies may take 60 of 5120 characters']]);
});

test('a policy beside its role is said to be too long where it is', () => {
  expect(sizesOf('AWS::IAM::Policy', { PolicyDocument: document })).toEqual([['PolicyDocument', 'inline policies may take 60 of 10240 characters']]);
});

test('policies beside their role count with its own, too; of one alone it is said there', () => {
  const sizes = policySizes(platformOf({
    Resources: {
      Role: { Type: 'AWS::IAM::Role', Properties: { Policies: [{ PolicyDocument: document }] } },
      Beside: { Type: 'AWS::IAM::Policy', Properties: { PolicyDocument: document, Roles: [{ Ref: 'Other' }, { Ref: 'Role' }] } },
      Own: { Type: 'AWS::IAM::RolePolicy', Properties: { PolicyDocument: document, RoleName: { Ref: 'Role' } } },
      Other: { Type: 'AWS::IAM::Role', Properties: {} },
    },
  })).filter(({ size }) => size > 0);
  expect(sizes.map(({ resource, message }) => [resource.logicalId, message])).toEqual([
    ['Role', 'inline policies may take 180 of 10240 characters'],
    ['Beside', 'inline policies may take 60 of 10240 characters'],
    ['Own', 'inline policies may take 60 of 10240 characters'],
  ]);
});

test('what has no policies takes nothing', () => {
  expect(sizesOf('AWS::IAM::Role', {})).toEqual([]);
  expect(sizesOf('AWS::SSM::Document', { AssumeRolePolicyDocument: document })).toEqual([]);
});

test.each<[string, any, number]>([
  ['white space does not count', 'a  b c', 3],
  ['what only the deployment knows counts as an ARN', { 'Fn::GetAtt': ['Bucket', 'Arn'] }, 100],
  ['a pseudo parameter is short', { Ref: 'AWS::AccountId' }, 14],
  ['of what is joined each unknown part is a name', { 'Fn::Join': ['', ['arn:', { Ref: 'Name' }, '/*']] }, 26],
])('in a policy %s', (_, value, size) => {
  const [[, message]] = sizesOf('AWS::IAM::ManagedPolicy', { PolicyDocument: { Id: value } });
  expect(message).toBe(`the policy may take ${'{"Id":""}'.length + size} of 6144 characters`);
});
