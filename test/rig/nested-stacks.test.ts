import { MemoryProvider } from './memory-provider';
import { Engine } from '../../rig/engine/engine';
import { NOWHERE } from '../../rig/engine/environment';
import { NestedStacks } from '../../rig/engine/nested-stacks';
import { Template } from '../../rig/engine/template';

const CHILD = (value: string): Template => ({
  Parameters: { Name: { Type: 'String' } },
  Resources: { A: { Type: 'T', Properties: { Value: value, Name: { Ref: 'Name' } } }, [`Only${value}`]: { Type: 'T' } },
  Outputs: { Id: { Value: { Ref: 'A' } } },
});
const TEMPLATES: { [url: string]: Template } = { old: CHILD('Old'), new: CHILD('New') };
const parent = (url: string, value = 'same'): Template => ({
  Resources: {
    Child: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: url, Parameters: { Name: 'n' } } },
    B: { Type: 'T', Properties: { X: { 'Fn::GetAtt': ['Child', 'Outputs.Id'] }, Value: value } },
  },
});

function nestedEngine() {
  const provider = new MemoryProvider();
  const nested: NestedStacks = new NestedStacks(() => engine, url => TEMPLATES[url]);
  const of = (type: string) => type === 'AWS::CloudFormation::Stack' ? nested : provider;
  const engine: Engine = new Engine({
    environment: NOWHERE,
    replaces: () => false,
    provider: { create: r => of(r.type).create(r), update: r => of(r.type).update(r), delete: r => of(r.type).delete(r) },
  });
  return { engine, provider };
}

test('a nested stack is made, gives its outputs and is deleted with its parent', async () => {
  const { engine, provider } = nestedEngine();
  expect((await engine.deploy('p', parent('old'))).status).toBe('CREATE_COMPLETE');
  expect([...provider.there.values()].find(({ logicalId }) => logicalId === 'B')!.properties.X).toMatch(/^A-/);
  expect((await engine.delete('p')).status).toBe('DELETE_COMPLETE');
  expect(provider.there.size).toBe(0);
  expect(engine.stacks.size).toBe(0);
});

test('what a nested stack removes goes only when its parent has come to its end', async () => {
  const { engine, provider } = nestedEngine();
  await engine.deploy('p', parent('old'));
  provider.calls.length = 0;
  await engine.deploy('p', parent('new', 'changed'));
  expect(provider.calls.at(-1)).toMatch(/^delete OnlyOld/);
});

test('a parent that fails puts its nested stack back', async () => {
  const { engine, provider } = nestedEngine();
  await engine.deploy('p', parent('old'));
  const before = [...provider.there.keys()].sort();
  const [b] = before.filter(id => id.startsWith('B'));
  provider.failing.add(`update ${b} changed`);
  const stack = await engine.deploy('p', parent('new', 'changed'));
  expect(stack.status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect([...provider.there.keys()].sort()).toEqual(before);
  expect([...provider.there.values()].find(({ logicalId }) => logicalId === 'A')!.properties.Value).toBe('Old');
});
