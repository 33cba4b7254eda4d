import { ActiveTemplate } from './active-template';
import { differences } from './difference';
import { inOrder } from './in-order';
import { resolve, Scope } from './intrinsics';
import { CreateFailure, Properties } from './provider';
import { removeAll, Why } from './removal';
import { ResourceWork } from './resource-work';
import { ResourceState, Stack } from './stack';
import { isCustom } from './template';

/** Whether a changed property asks for a new resource. */
export type Replaces = (type: string, path: string[]) => boolean;

interface Change {
  readonly how: 'created' | 'unchanged' | 'updated' | 'replaced';
  /** Undefined: there was none. */
  readonly before?: ResourceState;
  /** What is there now; after a failure, what may be there. */
  readonly after: ResourceState;
  readonly commit?: () => Promise<void>;
  readonly revert?: () => Promise<void>;
}

const CLEANUP_TRIES = 3;

/**
 * One change of a stack to a template, its first creation included (then there was nothing before).
 *
 * `forward`, and then `commit` (deletes what was removed or replaced), or `restore` (puts back what was there) and `discard` (deletes what is new).
 */
export class Update {
  private readonly before: Map<string, ResourceState>;
  private readonly changes = new Map<string, Change>();
  /** What a rollback leaves to be deleted. */
  private readonly superfluous: ResourceState[] = [];

  constructor(
    private readonly stack: Stack, private readonly template: ActiveTemplate, private readonly scope: Scope,
    private readonly work: ResourceWork, private readonly replaces: Replaces,
  ) {
    this.before = new Map(stack.resources);
  }

  /** False if something failed: what runs then comes to its end, nothing new is started. */
  async forward(): Promise<boolean> {
    const { graph, resources } = this.template;
    const { failed } = await inOrder(Object.keys(resources), id => graph.get(id) ?? [], id => this.bring(id), 'stop');
    failed.forEach((error, id) => this.stack.fail(id, error));
    return failed.size === 0;
  }

  /** Removes what is no longer in the template and what was replaced; what cannot be removed after three tries is given up. */
  async commit(): Promise<void> {
    await Promise.all([...this.changes.values()].map(change => change.commit?.()));
    const replaced = new Set<ResourceState>();
    for (const { before, after } of this.changes.values()) {
      if (before && before.physicalId !== after.physicalId) { replaced.add(before); }
    }
    const removed = [...this.before.values()].filter(state => !(state.logicalId in this.template.resources));
    removed.forEach(state => this.stack.resources.delete(state.logicalId));
    await this.cleanUp([...replaced, ...removed], state => replaced.has(state) ? 'replaced' : 'deleted');
  }

  /** Puts back the properties that were there before. False if something cannot be put back. */
  async restore(): Promise<boolean> {
    const old = [...this.changes.keys()].filter(id => this.before.has(id));
    const { failed } = await inOrder(old, id => this.before.get(id)!.dependencies, async id => {
      this.superfluous.push(...await this.putBack(id));
    }, 'stop');
    if (failed.size > 0) {
      failed.forEach((error, id) => this.stack.fail(id, error));
      return false;
    }
    for (const [id, { how, after }] of this.changes) {
      if (how === 'created') {
        this.stack.resources.delete(id);
        this.superfluous.push(after);
      }
    }
    return true;
  }

  /** Removes what is new, after all is as it was. */
  async discard(): Promise<void> {
    await this.cleanUp(this.superfluous, () => 'never finished');
  }

  private async bring(id: string): Promise<void> {
    const { Type: type, Properties: unresolved = {}, DeletionPolicy, UpdateReplacePolicy } = this.template.resources[id];
    const before = this.before.get(id);
    const properties: Properties = resolve(unresolved, this.scope);
    const state = (physicalId: string, attributes: { [name: string]: unknown }, itsProperties = properties): ResourceState => ({
      logicalId: id,
      type,
      physicalId,
      properties: itsProperties,
      attributes,
      dependencies: [...this.template.graph.get(id) ?? []],
      deletionPolicy: DeletionPolicy ?? 'Delete',
      updateReplacePolicy: UpdateReplacePolicy ?? 'Delete',
    });
    if (before && before.type !== type) {
      throw new Error(`update of resource type is not permitted: "${id}" was ${before.type} and is ${type} now`);
    }
    const paths = before ? differences(before.properties, properties) : [];
    if (before && paths.length === 0) {
      this.set(id, { how: 'unchanged', before, after: state(before.physicalId, before.attributes) });
      return;
    }
    if (before && isCustom(type) && before.properties.ServiceToken !== properties.ServiceToken) {
      throw new Error('modifying service token is not allowed');
    }
    if (before && (isCustom(type) || !paths.some(path => this.replaces(type, path)))) {
      // Until it has succeeded nobody knows how far the update came: a rollback starts from the new properties.
      this.changes.set(id, { how: 'updated', before, after: state(before.physicalId, before.attributes) });
      const { physicalId, attributes, commit, revert } = await this.work.update(before, properties, 'forward');
      this.set(id, { how: 'updated', before, after: state(physicalId, attributes), commit, revert });
      return;
    }
    const how = before ? 'replaced' : 'created';
    try {
      const { physicalId, attributes, commit } = await this.work.create(id, type, properties, 'forward');
      this.set(id, { how, before, after: state(physicalId, attributes), commit });
    } catch (e) {
      if (e instanceof CreateFailure) {
        const after = state(e.physicalId, {});
        this.changes.set(id, { how, before, after });
        if (!before) { this.stack.resources.set(id, after); }
      }
      throw e;
    }
  }

  private set(id: string, change: Change): void {
    this.changes.set(id, change);
    this.stack.resources.set(id, change.after);
  }

  /** Returns what is superfluous then. */
  private async putBack(id: string): Promise<ResourceState[]> {
    const { how, before, after, revert } = this.changes.get(id)!;
    let current = before!;
    if (revert) {
      await revert();
    } else if (how === 'updated') {
      const { physicalId, attributes } = await this.work.update(after, before!.properties, 'rollback');
      current = { ...before!, physicalId, attributes };
    }
    this.stack.resources.set(id, current);
    // A second rollback, after one that failed, has nothing more to do here.
    this.changes.set(id, { how: 'unchanged', before: current, after: current });
    const others = after.physicalId === before!.physicalId ? [after] : [before!, after];
    return others.filter(state => state.physicalId !== current.physicalId);
  }

  private async cleanUp(states: ResourceState[], why: (state: ResourceState) => Why): Promise<void> {
    let left = states;
    for (let i = 1; left.length > 0 && i <= CLEANUP_TRIES; i++) {
      const gone = new Set<ResourceState>();
      const failed = await removeAll(left, why, this.work, 'cleanup', (state, isKept) => {
        gone.add(state);
        if (isKept) { this.stack.kept.push(state); }
      });
      left = left.filter(state => !gone.has(state));
      if (i === CLEANUP_TRIES) {
        failed.forEach((error, id) => this.stack.fail(id, error));
      }
    }
    this.stack.abandoned.push(...left);
  }
}
