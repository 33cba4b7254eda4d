import { dependencies, findCycle, levels } from '../../src/private/template-graph';

const template = {
  Resources: {
    Vpc: { Type: 'V' },
    Cluster: { Type: 'C', Properties: { Vpc: { Ref: 'Vpc' }, Region: { Ref: 'AWS::Region' } } },
    Role: { Type: 'R', Properties: { Trust: { 'Fn::Sub': ['${Issuer} ${!Literal} ${Vpc.Id}', { Issuer: { 'Fn::GetAtt': ['Cluster', 'Oidc'] } }] } } },
    Nodes: { Type: 'N', DependsOn: ['Role'] },
    Addon: { Type: 'A', DependsOn: 'Nodes', Properties: { Arn: { 'Fn::GetAtt': 'Role.Arn' } } },
  },
};

test('every way to name another resource is a dependency, pseudo parameters are not', () => {
  const graph = dependencies(template);
  expect(Object.fromEntries([...graph].map(([id, names]) => [id, [...names].sort()]))).toEqual({
    Vpc: [], Cluster: ['Vpc'], Role: ['Cluster', 'Vpc'], Nodes: ['Role'], Addon: ['Nodes', 'Role'],
  });
});

test('a cycle is found and named, and a template without one is not accused', () => {
  expect(findCycle(dependencies(template))).toBeUndefined();
  const cyclic = { Resources: { ...template.Resources, Vpc: { Type: 'V', DependsOn: 'Addon' } } };
  const cycle = findCycle(dependencies(cyclic))!;
  expect(cycle[0]).toBe(cycle[cycle.length - 1]);
  expect(cycle).toEqual(expect.arrayContaining(['Vpc', 'Addon', 'Role']));
});

test('levels skip what nobody asked for but not what lies between', () => {
  expect(levels(dependencies(template), ['Addon', 'Cluster', 'Vpc'])).toEqual([['Vpc'], ['Cluster'], ['Addon']]);
});
