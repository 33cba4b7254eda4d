import { ActiveTemplate } from './active-template';
import { Environment } from './environment';
import { resolve, Scope } from './intrinsics';
import { ResourceProvider } from './provider';
import { removeAll } from './removal';
import { ResourceWork } from './resource-work';
import { Stack } from './stack';
import { Faults, StackEvent } from './step';
import { Template } from './template';
import { Replaces, Update } from './update';

export interface EngineOptions {
  readonly environment: Environment;
  readonly provider: ResourceProvider;
  readonly replaces: Replaces;
  readonly onEvent?: (event: StackEvent) => void;
}

export interface DeployOptions {
  readonly parameters?: { [name: string]: string };
  /**
   * Whether a failure is rolled back.
   *
   * @default true
   */
  readonly rollback?: boolean;
}

/** A change that was started, and what it needs to be settled. */
export interface Beginning {
  readonly update: Update;
  readonly active: ActiveTemplate;
  /** Names of exports that it uses. */
  readonly imports: Set<string>;
}

/** A small CloudFormation: stacks through their lives. */
export class Engine {
  readonly stacks = new Map<string, Stack>();
  readonly events: StackEvent[] = [];
  /** May be set at any time. */
  faults: Faults = {};
  private made = 0;

  constructor(private readonly options: EngineOptions) {}

  /** Creates or updates a stack; what failed is in the stack's `failures`. */
  async deploy(name: string, template: Template, options: DeployOptions = {}): Promise<Stack> {
    const stack = this.stacks.get(name) ?? this.newStack(name);
    const isNew = stack.status === 'CREATE_IN_PROGRESS';
    if (!isNew && !['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE'].includes(stack.status)) {
      throw new Error(`stack "${name}" is in ${stack.status} state and cannot be updated`);
    }
    const { update, active, imports } = this.begin(stack, template, options.parameters);
    this.stacks.set(name, stack);
    const done = await update.forward() && this.settle(stack, active, imports);
    if (done) {
      stack.status = isNew ? 'CREATE_COMPLETE' : 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS';
      await update.commit();
      stack.status = isNew ? 'CREATE_COMPLETE' : 'UPDATE_COMPLETE';
    } else if (options.rollback === false) {
      stack.status = isNew ? 'CREATE_FAILED' : 'UPDATE_ROLLBACK_FAILED';
      stack.continueRollback = () => this.rollBack(stack, update);
    } else if (isNew) {
      stack.status = 'ROLLBACK_IN_PROGRESS';
      const failed = await this.removeResources(stack, 'rollback');
      stack.status = failed ? 'ROLLBACK_FAILED' : 'ROLLBACK_COMPLETE';
    } else {
      await this.rollBack(stack, update);
    }
    return stack;
  }

  /** Deletes a stack, or goes on deleting one that is DELETE_FAILED. */
  async delete(name: string): Promise<Stack> {
    const stack = this.stacks.get(name);
    if (!stack) { throw new Error(`there is no stack "${name}"`); }
    for (const exported of Object.keys(stack.exports)) {
      const user = this.importerOf(exported, stack);
      if (user) { throw new Error(`export ${exported} cannot be deleted as it is in use by ${user.name}`); }
    }
    stack.status = 'DELETE_IN_PROGRESS';
    stack.failures = [];
    if (await this.removeResources(stack, 'forward')) {
      stack.status = 'DELETE_FAILED';
    } else {
      stack.status = 'DELETE_COMPLETE';
      this.stacks.delete(name);
    }
    return stack;
  }

  /** Starts a change without an end: whoever calls it commits or rolls back. */
  begin(stack: Stack, template: Template, parameters: { [name: string]: string } = {}): Beginning {
    const active = new ActiveTemplate(template, parameters, this.options.environment);
    if (stack.template) { stack.status = 'UPDATE_IN_PROGRESS'; }
    stack.failures = [];
    const imports = new Set<string>();
    const update = new Update(stack, active, this.scopeOf(stack, active, imports), this.workOn(stack), this.options.replaces);
    return { update, active, imports };
  }

  /** Outputs and exports of a stack whose resources are there. */
  settle(stack: Stack, active: ActiveTemplate, imports: Set<string>): boolean {
    try {
      const scope = this.scopeOf(stack, active, imports);
      const outputs: { [name: string]: unknown } = {};
      const exports: { [name: string]: unknown } = {};
      for (const [name, output] of Object.entries(active.outputs)) {
        outputs[name] = resolve(output.Value, scope);
        if (output.Export) { exports[String(resolve(output.Export.Name, scope))] = outputs[name]; }
      }
      this.checkExports(stack, exports);
      Object.assign(stack, { outputs, exports, imports, template: active });
      return true;
    } catch (e) {
      stack.fail(stack.name, e as Error);
      return false;
    }
  }

  /** Puts a stack back; if something cannot be put back, it can be tried again. */
  async rollBack(stack: Stack, update: Update): Promise<void> {
    stack.status = 'UPDATE_ROLLBACK_IN_PROGRESS';
    if (await update.restore()) {
      stack.status = 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS';
      await update.discard();
      stack.status = 'UPDATE_ROLLBACK_COMPLETE';
      stack.continueRollback = undefined;
    } else {
      stack.status = 'UPDATE_ROLLBACK_FAILED';
      stack.continueRollback = () => this.rollBack(stack, update);
    }
  }

  /** Keeps the stacks as they are, also in the midst of a change, and returns how to have just that back. */
  save(): () => void {
    const saved = [...this.stacks.values()].map(stack => stack.copy());
    return () => {
      this.stacks.clear();
      saved.forEach(stack => this.stacks.set(stack.name, stack.copy()));
    };
  }

  newStack(name: string): Stack {
    const { partition, region, account } = this.options.environment;
    // Another stack of the same name is another stack.
    const id = `00000000-0000-4000-8000-${String(++this.made).padStart(12, '0')}`;
    return new Stack(name, `arn:${partition}:cloudformation:${region}:${account}:stack/${name}/${id}`);
  }

  /** True if something could not be deleted. */
  async removeResources(stack: Stack, phase: 'forward' | 'rollback'): Promise<boolean> {
    const failed = await removeAll([...stack.resources.values()], () => phase === 'rollback' ? 'never finished' : 'deleted', this.workOn(stack), phase,
      (state, isKept) => {
        stack.resources.delete(state.logicalId);
        if (isKept) { stack.kept.push(state); }
      });
    failed.forEach((error, id) => stack.fail(id, error));
    return failed.size > 0;
  }


  private workOn(stack: Stack): ResourceWork {
    const faults: Faults = {
      before: step => this.faults.before?.(step), after: step => this.faults.after?.(step), done: step => this.faults.done?.(step),
    };
    return new ResourceWork(stack, this.options.provider, faults, event => {
      this.events.push(event);
      this.options.onEvent?.(event);
    });
  }

  private scopeOf(stack: Stack, active: ActiveTemplate, imports: Set<string>): Scope {
    const resource = (name: string) => {
      const state = stack.resources.get(name);
      if (!state) { throw new Error(`template validation error: unresolved reference to "${name}"`); }
      return state;
    };
    return {
      environment: this.options.environment,
      ref: name => active.constant(name, stack) ?? resource(name).physicalId,
      attribute: (id, name) => {
        const { attributes, type } = resource(id);
        if (attributes[name] === undefined) { throw new Error(`template error: resource "${id}" (${type}) has no attribute "${name}"`); }
        return attributes[name];
      },
      mapping: name => active.source.Mappings?.[name],
      condition: name => active.condition(name),
      importValue: name => {
        const exporter = [...this.stacks.values()].find(other => name in other.exports);
        if (!exporter) { throw new Error(`no export named ${name} found`); }
        imports.add(name);
        return exporter.exports[name];
      },
    };
  }

  private checkExports(stack: Stack, exports: { [name: string]: unknown }): void {
    for (const name of Object.keys(exports)) {
      const other = [...this.stacks.values()].find(s => s !== stack && name in s.exports);
      if (other) { throw new Error(`export with name ${name} is already exported by stack ${other.name}`); }
    }
    for (const [name, value] of Object.entries(stack.exports)) {
      const user = exports[name] === value ? undefined : this.importerOf(name, stack);
      if (user) { throw new Error(`export ${name} cannot be ${name in exports ? 'updated' : 'deleted'} as it is in use by ${user.name}`); }
    }
  }

  private importerOf(name: string, exporter: Stack): Stack | undefined {
    return [...this.stacks.values()].find(stack => stack !== exporter && stack.imports.has(name));
  }
}
