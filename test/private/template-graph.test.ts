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

test.each<[string, unknown, string[]]>([
  ['a list', [{ Ref: 'A' }, 'text', null, 1], ['A']],
  ['what lies deep', { x: { y: [{ 'Fn::Join': ['', [{ Ref: 'A' }, { 'Fn::GetAtt': ['B', 'Arn'] }]] }] } }, ['A', 'B']],
  ['a GetAtt written with a dot', { 'Fn::GetAtt': 'A.Arn.More' }, ['A']],
  ['a Sub of text alone', { 'Fn::Sub': '${A}-${B.Arn}-${AWS::Region}-${!C}' }, ['A', 'B']],
  ['the variables of a Sub', { 'Fn::Sub': ['${X}', { X: { Ref: 'A' } }] }, ['A']],
  ['a property that is named Ref and is no reference', { Ref: { 'Fn::GetAtt': ['B', 'Arn'] } }, ['B']],
  ['a text that looks like the name of a resource', ['A', { x: 'B' }], []],
])('what a resource waits for is found in %s', (_, property, expected) => {
  const others = Object.fromEntries(['A', 'B', 'C'].map(id => [id, { Type: 'T' }]));
  const graph = dependencies({ Resources: { ...others, Own: { Type: 'T', Properties: { property } } } });
  expect([...graph.get('Own')!].sort()).toEqual(expected);
});

test('a template may have no resources, and a resource may wait for several by name', () => {
  expect(dependencies({}).size).toBe(0);
  const graph = dependencies({ Resources: { A: { Type: 'T' }, B: { Type: 'T' }, C: { Type: 'T', DependsOn: ['A', 'B', 'Gone'] } } });
  expect([...graph.get('C')!]).toEqual(['A', 'B']);
});

test('a cycle is named from where it begins, not from where the search began', () => {
  const graph = (edges: Record<string, string[]>) => new Map(Object.entries(edges).map(([name, next]) => [name, new Set(next)]));
  expect(findCycle(graph({ a: ['b'], b: ['c'], c: ['b'] }))).toEqual(['b', 'c', 'b']);
  expect(findCycle(graph({ a: [], b: ['b'] }))).toEqual(['b', 'b']);
  expect(findCycle(graph({ a: ['d', 'b'], b: ['c'], c: ['a'], d: [] }))).toEqual(['a', 'b', 'c', 'a']);
  expect(findCycle(graph({ a: ['b', 'c'], b: ['d'], c: ['d'], d: ['elsewhere'] }))).toBeUndefined();
});

test('a cycle is found and named, and a template without one is not accused', () => {
  expect(findCycle(dependencies(template))).toBeUndefined();
  const cyclic = { Resources: { ...template.Resources, Vpc: { Type: 'V', DependsOn: 'Addon' } } };
  const cycle = findCycle(dependencies(cyclic))!;
  expect(cycle[0]).toBe(cycle[cycle.length - 1]);
  expect(cycle).toEqual(expect.arrayContaining(['Vpc', 'Addon', 'Role']));
});

test('levels keep the order of the names, and one is as deep as the deepest that it waits for', () => {
  const graph = dependencies(template);
  expect(levels(graph, ['Addon', 'Nodes', 'Vpc', 'Role', 'Cluster'])).toEqual([['Vpc'], ['Cluster'], ['Role'], ['Nodes'], ['Addon']]);
  expect(levels(new Map([['b', new Set<string>()], ['a', new Set<string>()], ['c', new Set(['a'])]]), ['c', 'b', 'a', 'alone'])).toEqual([['b', 'a', 'alone'], ['c']]);
  expect(levels(graph, [])).toEqual([]);
});

test('levels skip what nobody asked for but not what lies between', () => {
  expect(levels(dependencies(template), ['Addon', 'Cluster', 'Vpc'])).toEqual([['Vpc'], ['Cluster'], ['Addon']]);
});
