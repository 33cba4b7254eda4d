import { NOWHERE } from '../../rig/engine/environment';
import { NO_VALUE, resolve, Scope } from '../../rig/engine/intrinsics';

const scope: Scope = {
  environment: NOWHERE,
  ref: name => ({ 'Bucket': 'bucket-1', 'AWS::Region': 'eu-central-1', 'AWS::NoValue': NO_VALUE, 'Zones': ['a', 'b'] } as any)[name],
  attribute: (id, name) => `${name} of ${id}`,
  mapping: name => name === 'Sizes' ? { 'eu-central-1': { small: 'm7i.large', list: ['x', 'y'] } } : undefined,
  condition: name => name === 'Yes',
  importValue: name => `imported ${name}`,
};
const value = (v: unknown) => resolve(v, scope);

test.each<[string, unknown, unknown]>([
  ['a reference', { Ref: 'Bucket' }, 'bucket-1'],
  ['an attribute, written as a list or as a string', [{ 'Fn::GetAtt': ['Queue', 'Arn'] }, { 'Fn::GetAtt': 'Nested.Outputs.Name' }], ['Arn of Queue', 'Outputs.Name of Nested']],
  ['a text with references, attributes, variables and literals', { 'Fn::Sub': ['${Bucket} ${Queue.Arn} ${x} ${!Literal}', { x: { Ref: 'AWS::Region' } }] },
    'bucket-1 Arn of Queue eu-central-1 ${Literal}'],
  ['a join of a split', { 'Fn::Join': ['+', { 'Fn::Split': ['-', 'a-b-c'] }] }, 'a+b+c'],
  ['a selection of zones', { 'Fn::Select': [1, { 'Fn::GetAZs': '' }] }, 'eu-central-1b'],
  ['a mapping', { 'Fn::FindInMap': ['Sizes', { Ref: 'AWS::Region' }, 'small'] }, 'm7i.large'],
  ['a choice', [{ 'Fn::If': ['Yes', 1, 2] }, { 'Fn::If': ['No', 1, 2] }], [1, 2]],
  ['conditions', { 'Fn::And': [{ 'Fn::Equals': ['a', 'a'] }, { 'Fn::Not': [{ 'Fn::Or': [{ Condition: 'No' }, { Condition: 'No' }] }] }] }, true],
  ['an import', { 'Fn::ImportValue': { 'Fn::Sub': '${AWS::Region}-vpc' } }, 'imported eu-central-1-vpc'],
  ['subnets', { 'Fn::Cidr': ['10.0.0.0/16', 2, 8] }, ['10.0.0.0/24', '10.0.1.0/24']],
  ['base64, length and JSON', [{ 'Fn::Base64': 'hi' }, { 'Fn::Length': { Ref: 'Zones' } }, { 'Fn::ToJsonString': { a: { Ref: 'Bucket' } } }], ['aGk=', 2, '{"a":"bucket-1"}']],
])('evaluates %s', (_, given, expected) => {
  expect(value(given)).toEqual(expected);
});

test('leaves out what refers to AWS::NoValue, in objects and lists', () => {
  expect(value({ a: { Ref: 'AWS::NoValue' }, b: [1, { Ref: 'AWS::NoValue' }, { 'Fn::If': ['No', 1, { Ref: 'AWS::NoValue' }] }] })).toEqual({ b: [1] });
});

test('puts a text that names it in the place of a dynamic reference', () => {
  expect(value('password: {{resolve:secretsmanager:db:SecretString:password}}')).toBe('password: resolved(secretsmanager:db:SecretString:password)');
});

test('does not take an object that has a property called Ref for a reference', () => {
  expect(value({ Ref: 'x', Other: 1 })).toEqual({ Ref: 'x', Other: 1 });
});

test.each<[string, unknown, string]>([
  ['a function that it does not know', { 'Fn::Magic': 1 }, '"Fn::Magic" is not known'],
  ['a selection beyond the end', { 'Fn::Select': [2, ['a', 'b']] }, 'index 2 of 2'],
  ['a list inside of a text', { 'Fn::Sub': 'x${Zones}' }, 'Zones needs a string'],
  ['a key that a mapping lacks', { 'Fn::FindInMap': ['Sizes', 'us-east-1', 'small'] }, 'no us-east-1.small in the mapping "Sizes"'],
  ['more subnets than fit', { 'Fn::Cidr': ['10.0.0.0/24', 2, 8] }, 'does not hold 2 blocks'],
])('refuses %s', (_, given, message) => {
  expect(() => value(given)).toThrow(message);
});
