import { withDefaults } from '../../src/checks/with-defaults';

const TEMPLATE = {
  Parameters: {
    Stage: { Type: 'String', Default: 'dev' },
    Zones: { Type: 'CommaDelimitedList', Default: 'a, b' },
    Size: { Type: 'Number', Default: 3 },
    Name: { Type: 'String' },
    Empty: { Type: 'String', Default: '' },
    Image: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/images/latest' },
    Images: { Type: 'AWS::SSM::Parameter::Value<List<String>>', Default: '/images/all' },
    Accounts: { Type: 'AWS::SSM::Parameter::Value<CommaDelimitedList>', Default: '/accounts' },
    Subnets: { Type: 'List<AWS::EC2::Subnet::Id>', Default: 'subnet-1,subnet-2' },
  },
  Mappings: { Stages: { dev: { cidr: '10.0.0.0/16' } } },
  Conditions: {
    IsDev: { 'Fn::Equals': [{ Ref: 'Stage' }, 'dev'] },
    IsProd: { 'Fn::Not': [{ Condition: 'IsDev' }] },
    IsEither: { 'Fn::Or': [{ Condition: 'IsProd' }, { Condition: 'IsDev' }] },
    IsBoth: { 'Fn::And': [{ Condition: 'IsProd' }, { Condition: 'IsHere' }] },
    IsHere: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'eu-west-1'] },
    IsDevHere: { 'Fn::And': [{ Condition: 'IsDev' }, { Condition: 'IsHere' }] },
    IsProdOrHere: { 'Fn::Or': [{ Condition: 'IsProd' }, { Condition: 'IsHere' }] },
    IsNotHere: { 'Fn::Not': [{ Condition: 'IsHere' }] },
    IsHereTurned: { 'Fn::Equals': ['eu-west-1', { Ref: 'AWS::Region' }] },
    IsOther: { 'Fn::Something': [] },
  },
};

const valueOf = (value: any, given?: any) =>
  withDefaults({ ...TEMPLATE, Resources: { It: { Properties: { value } } } }, given).Resources.It.Properties.value;

test.each<[string, any, any]>([
  ['the default of a parameter', { Ref: 'Stage' }, 'dev'],
  ['the default of a number', { Ref: 'Size' }, 3],
  ['the default of a list', { Ref: 'Zones' }, ['a', 'b']],
  ['the default of a list of what AWS has', { Ref: 'Subnets' }, ['subnet-1', 'subnet-2']],
  ['an item of a list', { 'Fn::Select': [1, { Ref: 'Zones' }] }, 'b'],
  ['what a mapping has', { 'Fn::FindInMap': ['Stages', { Ref: 'Stage' }, 'cidr'] }, '10.0.0.0/16'],
  ['a text that is joined', { 'Fn::Join': ['-', ['shop', { Ref: 'Stage' }]] }, 'shop-dev'],
  ['a text that is put together', { 'Fn::Sub': 'shop-${Stage}' }, 'shop-dev'],
  ['what holds', { 'Fn::If': ['IsDev', 1, 2] }, 1],
  ['what does not hold', { 'Fn::If': ['IsProd', 1, 2] }, 2],
  ['one of two that holds', { 'Fn::If': ['IsEither', 1, 2] }, 1],
  ['two of which one does not hold', { 'Fn::If': ['IsBoth', 1, 2] }, 2],
  ['nothing, in an object', { a: { Ref: 'AWS::NoValue' }, b: 1 }, { b: 1 }],
  ['nothing, in a list', [{ Ref: 'AWS::NoValue' }, 1], [1]],
  ['nothing, by a condition', { a: { 'Fn::If': ['IsProd', 1, { Ref: 'AWS::NoValue' }] } }, {}],
  ['null', null, null],
])('is looked up: %s', (_, value, expected) => expect(valueOf(value)).toEqual(expected));

test.each<[string, any]>([
  ['a parameter without a default', { Ref: 'Name' }],
  ['a parameter whose default says nothing', { Ref: 'Empty' }],
  ['a parameter whose default is where the value is', { Ref: 'Image' }],
  ['a parameter whose default is where the list is', [{ Ref: 'Images' }, { Ref: 'Accounts' }]],
  ['a resource', { Ref: 'Vpc' }],
  ['an attribute', { 'Fn::GetAtt': ['Vpc', 'CidrBlock'] }],
  ['what is not in the mapping', { 'Fn::FindInMap': ['Stages', { Ref: 'AWS::Region' }, 'cidr'] }],
  ['what is in no mapping', { 'Fn::FindInMap': ['Nowhere', 'dev', 'cidr'] }],
  ['an item of a list of which not all is known', { 'Fn::Select': [0, ['a', { Ref: 'Vpc' }]] }],
  ['an item of a list that is not known', { 'Fn::Select': [0, { 'Fn::GetAZs': '' }] }],
  ['a text of which not all is known', { 'Fn::Join': ['', ['a', { Ref: 'AWS::Region' }]] }],
  ['a text that is put together of others', { 'Fn::Sub': ['${X}', { X: { Ref: 'AWS::Region' } }] }],
  ['a condition on what is not known, with both ways', { 'Fn::If': ['IsDevHere', 1, 2] }],
  ['one of two of which one is not known', { 'Fn::If': ['IsProdOrHere', 1, 2] }],
  ['the contrary of what is not known', { 'Fn::If': ['IsNotHere', 1, 2] }],
  ['a comparison with what is not known', { 'Fn::If': ['IsHereTurned', 1, 2] }],
  ['a condition that does not say', { 'Fn::If': ['IsOther', 1, 2] }],
  ['a condition that there is not', { 'Fn::If': ['IsNowhere', 1, 2] }],
  ['something that only looks like a function', { 'Ref': 'Stage', 'Fn::If': 1 }],
])('stays: %s', (_, value) => expect(valueOf(value)).toEqual(value));

test('of a condition that is not known nothing stays the way that it is', () =>
  expect(valueOf({ 'Fn::If': ['IsDevHere', { Ref: 'AWS::NoValue' }, { Ref: 'Stage' }] })).toEqual({ 'Fn::If': ['IsDevHere', undefined, 'dev'] }));
test('the part of a text that is known is put in', () => expect(valueOf({ 'Fn::Sub': '${Stage}-${AWS::Region}-${!Stage}' })).toEqual({ 'Fn::Sub': 'dev-${AWS::Region}-${!Stage}' }));
test('what is given goes before the default', () => expect(valueOf({ 'Fn::If': ['IsDev', { Ref: 'Name' }, { Ref: 'Stage' }] }, { Stage: 'prod', Name: 'x' })).toBe('prod'));
test('what is given by reference is not known', () => expect(valueOf({ Ref: 'Stage' }, { Stage: { Ref: 'Other' } })).toEqual({ Ref: 'Stage' }));
test('outputs are looked up, too', () => expect(withDefaults({ ...TEMPLATE, Outputs: { Stage: { Value: { Ref: 'Stage' } } } }).Outputs).toEqual({ Stage: { Value: 'dev' } }));
test('a template that has nothing of it stays', () => {
  const content = { Parameters: { Image: TEMPLATE.Parameters.Image }, Resources: { It: { Properties: { value: { Ref: 'Image' } } } } };
  expect(withDefaults(content)).toBe(content);
});
