import { memoryEngine } from './memory-provider';
import { TemplateResource } from '../../rig/engine/template';

const resource = (properties: object = {}, more: Partial<TemplateResource> = {}): TemplateResource => ({ Type: 'T', Properties: { ...properties }, ...more });
const template = (resources: { [id: string]: TemplateResource }, more: object = {}) => ({ Resources: resources, ...more });
const ref = (id: string) => ({ Ref: id });

describe('a create', () => {
  test('makes each resource after what it refers to or depends on', async () => {
    const { engine, provider } = memoryEngine();
    const stack = await engine.deploy('s', template({
      C: resource({}, { DependsOn: ['B'] }), B: resource({ Value: { 'Fn::Sub': '${A.Arn}' } }), A: resource(),
    }));
    expect(stack.status).toBe('CREATE_COMPLETE');
    expect(provider.calls).toEqual(['create A', 'create B', 'create C']);
    expect(stack.resources.get('B')!.properties).toEqual({ Value: 'arn:A-1' });
  });

  test('makes independent resources at the same time', async () => {
    const { engine, provider } = memoryEngine();
    let running = 0, most = 0;
    const create = provider.create.bind(provider);
    provider.create = async request => {
      most = Math.max(most, ++running);
      await new Promise(resolve => setTimeout(resolve, 5));
      running--;
      return create(request);
    };
    await engine.deploy('s', template({ A: resource(), B: resource(), C: resource() }));
    expect(most).toBe(3);
  });

  test('that fails takes back what was made, in reverse, and what was half made', async () => {
    const { engine, provider } = memoryEngine();
    const stack = await engine.deploy('s', template({
      A: resource(), B: resource({ X: ref('A') }), C: resource({ X: ref('B'), HalfMade: true }), D: resource({ X: ref('C') }),
    }));
    expect(stack.status).toBe('ROLLBACK_COMPLETE');
    expect(stack.failures).toEqual([{ logicalId: 'C', reason: 'half made' }]);
    expect(provider.calls).toEqual(['create A', 'create B', 'create C', 'delete C-3', 'delete B-2', 'delete A-1']);
    expect(provider.there.size).toBe(0);
  });

  test('that failed before its effect has nothing of it to delete', async () => {
    const { engine, provider } = memoryEngine();
    engine.faults = { before: ({ logicalId }) => { if (logicalId === 'B') { throw new Error('no'); } } };
    await engine.deploy('s', template({ A: resource(), B: resource({ X: ref('A') }) }));
    expect(provider.calls).toEqual(['create A', 'delete A-1']);
  });

  test('that failed after its effect is deleted', async () => {
    const { engine, provider } = memoryEngine();
    engine.faults = { after: ({ logicalId, action }) => { if (logicalId === 'B' && action === 'Create') { throw new Error('no'); } } };
    const stack = await engine.deploy('s', template({ A: resource(), B: resource({ X: ref('A') }) }));
    expect(provider.calls).toEqual(['create A', 'create B', 'delete B-2', 'delete A-1']);
    expect(stack.status).toBe('ROLLBACK_COMPLETE');
  });

  test('whose rollback fails can be deleted later, and not updated', async () => {
    const { engine, provider } = memoryEngine();
    provider.failing.add('create B').add('delete A-1');
    const stack = await engine.deploy('s', template({ A: resource(), B: resource({ X: ref('A') }) }));
    expect(stack.status).toBe('ROLLBACK_FAILED');
    await expect(engine.deploy('s', template({ A: resource() }))).rejects.toThrow('is in ROLLBACK_FAILED state and cannot be updated');
    expect((await engine.delete('s')).status).toBe('DELETE_COMPLETE');
    expect(provider.there.size).toBe(0);
  });
});

describe('an update', () => {
  test('touches only what changed, and what refers to it only if that changed too', async () => {
    const { engine, provider } = memoryEngine();
    const resources = (value: string) => template({ A: resource({ Value: value }), B: resource({ X: ref('A') }), C: resource() });
    await engine.deploy('s', resources('one'));
    provider.calls.length = 0;
    expect((await engine.deploy('s', resources('two'))).status).toBe('UPDATE_COMPLETE');
    expect(provider.calls).toEqual(['update A-1 two']);
  });

  test('replaces what can only be made anew, then what refers to it, and deletes the old one last', async () => {
    const { engine, provider } = memoryEngine();
    const resources = (name: string) => template({ A: resource({ Fixed: name }), B: resource({ Value: ref('A') }) });
    await engine.deploy('s', resources('one'));
    provider.calls.length = 0;
    await engine.deploy('s', resources('two'));
    expect(provider.calls).toEqual(['create A', 'update B-2 A-3', 'delete A-1']);
  });

  test('deletes what was removed after all else, in reverse', async () => {
    const { engine, provider } = memoryEngine();
    await engine.deploy('s', template({ A: resource(), B: resource({ X: ref('A') }), C: resource({ Value: 'one' }) }));
    provider.calls.length = 0;
    await engine.deploy('s', template({ C: resource({ Value: 'two' }) }));
    expect(provider.calls).toEqual(['update C-2 two', 'delete B-3', 'delete A-1']);
  });

  test('gives up on what cannot be deleted in the cleanup after three tries, and says so', async () => {
    const { engine, provider } = memoryEngine();
    await engine.deploy('s', template({ A: resource(), B: resource() }));
    provider.failing.add('delete A-1*');
    const stack = await engine.deploy('s', template({ B: resource() }));
    expect(stack.status).toBe('UPDATE_COMPLETE');
    expect(provider.calls.filter(call => call === 'delete A-1')).toHaveLength(3);
    expect(stack.abandoned.map(state => state.physicalId)).toEqual(['A-1']);
  });

  test('that fails gets its old properties back, loses what is new and keeps what was to be removed', async () => {
    const { engine, provider } = memoryEngine();
    await engine.deploy('s', template({ A: resource({ Value: 'old' }), Removed: resource(), R: resource({ Fixed: 'old' }) }));
    const before = [...provider.there.keys()].sort();
    provider.calls.length = 0;
    provider.failing.add('create Last');
    const stack = await engine.deploy('s', template({
      A: resource({ Value: 'new' }), R: resource({ Fixed: 'new' }), New: resource(), Last: resource({}, { DependsOn: ['A', 'R', 'New'] }),
    }));
    expect(stack.status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(provider.calls.slice(0, 4).sort()).toEqual(['create Last', 'create New', 'create R', 'update A-1 new']);
    expect(provider.calls[4]).toBe('update A-1 old');
    expect(provider.calls.slice(5).sort()).toEqual(['delete New-5', 'delete R-4']);
    expect([...provider.there.keys()].sort()).toEqual(before);
    expect([...stack.resources.keys()].sort()).toEqual(['A', 'R', 'Removed']);
    expect(stack.resources.get('R')!.physicalId).toBe('R-3');
  });

  test('that fails on a resource gives that one its old properties back too: nobody knows how far it came', async () => {
    const { engine, provider } = memoryEngine();
    await engine.deploy('s', template({ A: resource({ Value: 'old' }) }));
    provider.calls.length = 0;
    provider.failing.add('update A-1 new');
    await engine.deploy('s', template({ A: resource({ Value: 'new' }) }));
    expect(provider.calls).toEqual(['update A-1 new', 'update A-1 old']);
    expect((await engine.deploy('s', template({ A: resource({ Value: 'new' }) }))).status).toBe('UPDATE_COMPLETE');
  });

  test('whose rollback fails can be rolled back further', async () => {
    const { engine, provider } = memoryEngine();
    await engine.deploy('s', template({ A: resource({ Value: 'old' }), B: resource() }));
    provider.failing.add('update A-1 old').add('create C');
    const stack = await engine.deploy('s', template({ A: resource({ Value: 'new' }), B: resource(), C: resource({}, { DependsOn: 'A' }) }));
    expect(stack.status).toBe('UPDATE_ROLLBACK_FAILED');
    await stack.continueRollback!();
    expect(stack.status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(stack.resources.get('A')!.properties).toEqual({ Value: 'old' });
  });

  test('refuses another resource type under the same name', async () => {
    const { engine } = memoryEngine();
    await engine.deploy('s', template({ A: resource() }));
    const stack = await engine.deploy('s', template({ A: { Type: 'Other' } }));
    expect(stack.failures[0].reason).toContain('update of resource type is not permitted');
  });
});

describe('a custom resource', () => {
  const custom = (properties: object): TemplateResource => ({ Type: 'Custom::Thing', Properties: { ServiceToken: 'f', ...properties } });

  test('is updated and never replaced by CloudFormation', async () => {
    const { engine, provider } = memoryEngine();
    await engine.deploy('s', template({ A: custom({ Fixed: 1 }) }));
    await engine.deploy('s', template({ A: custom({ Fixed: 2 }) }));
    expect(provider.calls).toEqual(['create A', 'update A-1']);
  });

  test('that answers an update with another physical id is replaced: the old one is deleted in the cleanup', async () => {
    const { engine, provider } = memoryEngine();
    await engine.deploy('s', template({ A: custom({ Value: 'old' }) }));
    await engine.deploy('s', template({ A: custom({ Value: 'new', ChangeId: true }) }));
    expect(provider.calls).toEqual(['create A', 'update A-1 new', 'delete A-1']);
  });

  test('whose id changed is updated back under its new id when the update fails, and the id it does not keep is deleted', async () => {
    const { engine, provider } = memoryEngine();
    await engine.deploy('s', template({ A: custom({ Value: 'old' }) }));
    provider.calls.length = 0;
    provider.failing.add('create B');
    const stack = await engine.deploy('s', template({ A: custom({ Value: 'new', ChangeId: true }), B: resource({}, { DependsOn: 'A' }) }));
    expect(provider.calls).toEqual(['update A-1 new', 'create B', 'update A-2 old', 'delete A-1']);
    expect(stack.resources.get('A')).toMatchObject({ physicalId: 'A-2', properties: { Value: 'old' } });
  });

  test('cannot be given to another function', async () => {
    const { engine, provider } = memoryEngine();
    await engine.deploy('s', template({ A: custom({ ServiceToken: 'f' }) }));
    const stack = await engine.deploy('s', template({ A: custom({ ServiceToken: 'g' }) }));
    expect(stack.status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(stack.failures[0].reason).toBe('modifying service token is not allowed');
    expect(provider.calls).toEqual(['create A']);
  });
});

describe('a delete', () => {
  test('goes in reverse and stops only where something fails; the next one carries on', async () => {
    const { engine, provider } = memoryEngine();
    await engine.deploy('s', template({ A: resource(), B: resource({ X: ref('A') }), C: resource({ X: ref('B') }), D: resource() }));
    provider.calls.length = 0;
    provider.failing.add('delete B-3').add('delete B-2');
    const stack = await engine.delete('s');
    expect(stack.status).toBe('DELETE_FAILED');
    expect([...stack.resources.keys()]).toEqual(['A', 'B']);
    expect((await engine.delete('s')).status).toBe('DELETE_COMPLETE');
    expect(provider.there.size).toBe(0);
    expect(engine.stacks.size).toBe(0);
  });

  test('keeps what is to be retained; a failed first create keeps it only with Retain', async () => {
    const { engine, provider } = memoryEngine();
    const resources = (policy: any) => template({ A: resource({}, { DeletionPolicy: policy }), B: resource({}, { DependsOn: 'A' }) });
    await engine.deploy('kept', resources('RetainExceptOnCreate'));
    expect((await engine.delete('kept')).kept.map(({ physicalId }) => physicalId)).toEqual(['A-1']);
    expect([...provider.there.keys()]).toEqual(['A-1']);
    provider.failing.add('create B*');
    await engine.deploy('tried', resources('RetainExceptOnCreate'));
    await engine.deploy('tried-2', resources('Retain'));
    expect([...provider.there.values()].map(({ stackName }) => stackName)).toEqual(['kept', 'tried-2']);
  });

  test('keeps what was replaced where UpdateReplacePolicy says so', async () => {
    const { engine, provider } = memoryEngine();
    const resources = (name: string) => template({ A: resource({ Fixed: name }, { UpdateReplacePolicy: 'Retain' }) });
    await engine.deploy('s', resources('one'));
    await engine.deploy('s', resources('two'));
    await engine.delete('s');
    expect([...provider.there.keys()]).toEqual(['A-1']);
  });
});

describe('exports', () => {
  const exporter = (value: string) => template({ A: resource({ Fixed: value }) }, { Outputs: { Out: { Value: ref('A'), Export: { Name: 'a' } } } });
  const importer = template({ B: resource({ Value: { 'Fn::ImportValue': 'a' } }) });

  test('reach other stacks', async () => {
    const { engine, provider } = memoryEngine();
    await engine.deploy('one', exporter('x'));
    await engine.deploy('two', importer);
    expect(provider.there.get('B-2')!.properties).toEqual({ Value: 'A-1' });
  });

  test('cannot be deleted or changed while another stack uses them', async () => {
    const { engine } = memoryEngine();
    await engine.deploy('one', exporter('x'));
    await engine.deploy('two', importer);
    await expect(engine.delete('one')).rejects.toThrow('export a cannot be deleted as it is in use by two');
    const changed = await engine.deploy('one', exporter('y'));
    expect(changed.status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(changed.failures[0].reason).toBe('export a cannot be updated as it is in use by two');
    await engine.delete('two');
    expect((await engine.delete('one')).status).toBe('DELETE_COMPLETE');
  });

  test('that nobody has fail the import', async () => {
    const { engine } = memoryEngine();
    expect((await engine.deploy('two', importer)).failures[0].reason).toBe('no export named a found');
  });
});
