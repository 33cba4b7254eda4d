import { Engine } from './engine';
import { ExistingResourceRequest, Properties, ResourceProvider, ResourceRequest, ResourceResult, UpdateRequest } from './provider';
import { Stack } from './stack';
import { Template } from './template';

/** `AWS::CloudFormation::Stack`: a stack in a stack. What it replaced goes only when the outermost stack has come to its end. */
export class NestedStacks implements ResourceProvider {
  constructor(private readonly engine: () => Engine, private readonly templateAt: (url: string) => Template) {}

  async create(request: ResourceRequest): Promise<ResourceResult> {
    const name = `${request.stackName}-${request.logicalId}`;
    const stack = await this.engine().deploy(name, this.templateAt(request.properties.TemplateURL), { parameters: parameters(request.properties) });
    if (stack.status !== 'CREATE_COMPLETE') {
      if (stack.resources.size === 0) { this.engine().stacks.delete(name); }
      throw new Error(`embedded stack ${name} was not successfully created: ${stack.failures[0]?.reason}`);
    }
    return result(stack);
  }

  async update(request: UpdateRequest): Promise<ResourceResult> {
    const stack = this.stack(request);
    const engine = this.engine();
    const { update, active, imports } = engine.begin(stack, this.templateAt(request.properties.TemplateURL), parameters(request.properties));
    const { outputs, exports, imports: oldImports, template } = stack;
    const revert = async () => {
      await engine.rollBack(stack, update);
      if (stack.status !== 'UPDATE_ROLLBACK_COMPLETE') { throw new Error(`embedded stack ${stack.name} cannot be rolled back: ${stack.failures.at(-1)?.reason}`); }
      Object.assign(stack, { outputs, exports, imports: oldImports, template });
    };
    if (!await update.forward() || !engine.settle(stack, active, imports)) {
      const reason = stack.failures[0]?.reason;
      await revert();
      throw new Error(`embedded stack ${stack.name} was not successfully updated: ${reason}`);
    }
    stack.status = 'UPDATE_COMPLETE';
    return { ...result(stack), commit: () => update.commit(), revert };
  }

  async delete(request: ExistingResourceRequest): Promise<void> {
    const stack = this.stack(request);
    await this.engine().delete(stack.name);
    if (stack.status !== 'DELETE_COMPLETE') {
      throw new Error(`embedded stack ${stack.name} was not successfully deleted: ${stack.failures[0]?.reason}`);
    }
  }

  private stack({ physicalId }: ExistingResourceRequest): Stack {
    return [...this.engine().stacks.values()].find(stack => stack.id === physicalId)!;
  }
}

function parameters(properties: Properties): { [name: string]: string } {
  return Object.fromEntries(Object.entries(properties.Parameters ?? {}).map(([name, value]) => [name, String(value)]));
}

function result(stack: Stack): ResourceResult {
  return { physicalId: stack.id, attributes: Object.fromEntries(Object.entries(stack.outputs).map(([name, value]) => [`Outputs.${name}`, value])) };
}
