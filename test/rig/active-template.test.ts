import { ActiveTemplate } from '../../rig/engine/active-template';
import { NOWHERE } from '../../rig/engine/environment';
import { Template } from '../../rig/engine/template';

const active = (template: Template, parameters?: { [name: string]: string }) => new ActiveTemplate(template, parameters, NOWHERE);
const STAGED: Template = {
  Parameters: { Stage: { Type: 'String', Default: 'test', AllowedValues: ['test', 'prod'] } },
  Conditions: { IsProd: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] }, IsTest: { 'Fn::Not': [{ Condition: 'IsProd' }] } },
  Resources: {
    Always: { Type: 'T', Properties: { Peer: { 'Fn::If': ['IsProd', { Ref: 'Prod' }, 'none'] } } },
    Prod: { Type: 'T', Condition: 'IsProd' },
  },
  Outputs: { Out: { Value: { Ref: 'Prod' }, Condition: 'IsProd' } },
};

test('a resource or output whose condition is false is not there, and nothing waits for it', () => {
  const { resources, outputs, graph } = active(STAGED);
  expect(Object.keys(resources)).toEqual(['Always']);
  expect(resources.Always.Properties).toEqual({ Peer: 'none' });
  expect(outputs).toEqual({});
  expect([...graph.get('Always')!]).toEqual([]);
});

test('a parameter changes what is there', () => {
  const { resources, graph } = active(STAGED, { Stage: 'prod' });
  expect(Object.keys(resources)).toEqual(['Always', 'Prod']);
  expect([...graph.get('Always')!]).toEqual(['Prod']);
});

test('an SSM parameter is a text that names it', () => {
  const template = active({ Parameters: { Ami: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/ami/latest' } }, Resources: {} });
  expect(template.constant('Ami', { name: '', id: '' })).toBe('resolved(ssm:/ami/latest)');
});

test.each<[string, Template, string]>([
  ['a cycle', { Resources: { A: { Type: 'T', DependsOn: 'B' }, B: { Type: 'T', Properties: { X: { 'Fn::Sub': '${A.Arn}' } } } } }, 'circular dependency between resources: A -> B -> A'],
  ['a dependency on nothing', { Resources: { A: { Type: 'T', DependsOn: ['Ghost'] } } }, 'unresolved resource dependencies [Ghost]'],
  ['a parameter without a value', { Parameters: { P: { Type: 'String' } }, Resources: {} }, '"P" must have a value'],
  ['a transform', { Transform: 'AWS::Serverless-2016-10-31', Resources: {} }, 'AWS::Serverless-2016-10-31'],
])('refuses %s before anything happens', (_, template, message) => {
  expect(() => active(template)).toThrow(message);
});

test('refuses a value that is not allowed, and a parameter that does not exist', () => {
  expect(() => active(STAGED, { Stage: 'dev' })).toThrow('"Stage" is "dev"');
  expect(() => active(STAGED, { Stag: 'prod' })).toThrow('Stag do not exist');
});
