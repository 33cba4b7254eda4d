import { CreateFailure, Properties, ResourceProvider, ResourceResult } from './provider';
import { ResourceState, Stack } from './stack';
import { Faults, StackEvent, Step } from './step';

/** Makes, changes and removes single resources of one stack, with the faults that were asked for, and tells what happened. */
export class ResourceWork {
  constructor(
    private readonly stack: Stack, private readonly provider: ResourceProvider,
    private readonly faults: Faults, private readonly tell: (event: StackEvent) => void,
  ) {}

  /** @throws CreateFailure where something may be left behind */
  async create(logicalId: string, type: string, properties: Properties, phase: Step['phase']): Promise<ResourceResult> {
    return this.step({ logicalId, type, action: 'Create', phase }, () => this.provider.create({ ...this.identity, logicalId, type, properties }),
      (error, result) => result ? new CreateFailure(error.message, result.physicalId) : error);
  }

  async update(state: ResourceState, properties: Properties, phase: Step['phase']): Promise<ResourceResult> {
    const { logicalId, type, physicalId } = state;
    return this.step({ logicalId, type, action: 'Update', phase }, () => this.provider.update(
      { ...this.identity, logicalId, type, physicalId, properties, oldProperties: state.properties }));
  }

  async delete(state: ResourceState, phase: Step['phase']): Promise<void> {
    const { logicalId, type, physicalId, properties } = state;
    await this.step({ logicalId, type, action: 'Delete', phase }, () => this.provider.delete({ ...this.identity, logicalId, type, physicalId, properties }));
  }

  private get identity() {
    return { stackName: this.stack.name, stackId: this.stack.id };
  }

  private async step<T>(
    what: Omit<Step, 'stack'>, work: () => Promise<T>, failure: (error: Error, result: T | undefined) => Error = error => error,
  ): Promise<T> {
    const step: Step = { stack: this.stack.name, ...what };
    const tell = (status: StackEvent['status'], reason?: string) => this.tell({ time: Date.now(), ...step, status, reason });
    let result: T | undefined;
    tell('IN_PROGRESS');
    try {
      await this.faults.before?.(step);
      result = await work();
      await this.faults.after?.(step);
    } catch (e) {
      const error = failure(e as Error, result);
      tell('FAILED', error.message);
      throw error;
    } finally {
      this.faults.done?.(step);
    }
    tell('COMPLETE');
    return result;
  }
}
