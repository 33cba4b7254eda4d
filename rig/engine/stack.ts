import { ActiveTemplate } from './active-template';
import { Properties } from './provider';

/** What CloudFormation keeps of a resource. */
export interface ResourceState {
  readonly logicalId: string;
  readonly type: string;
  readonly physicalId: string;
  /** Resolved. */
  readonly properties: Properties;
  readonly attributes: { [name: string]: unknown };
  /** What it waited for when it was made: it is deleted before that. */
  readonly dependencies: string[];
  readonly deletionPolicy: string;
  readonly updateReplacePolicy: string;
}

export type StackStatus =
  | 'CREATE_IN_PROGRESS' | 'CREATE_COMPLETE' | 'CREATE_FAILED' | 'ROLLBACK_IN_PROGRESS' | 'ROLLBACK_COMPLETE' | 'ROLLBACK_FAILED'
  | 'UPDATE_IN_PROGRESS' | 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS' | 'UPDATE_COMPLETE'
  | 'UPDATE_ROLLBACK_IN_PROGRESS' | 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS' | 'UPDATE_ROLLBACK_COMPLETE' | 'UPDATE_ROLLBACK_FAILED'
  | 'DELETE_IN_PROGRESS' | 'DELETE_COMPLETE' | 'DELETE_FAILED';

export interface Failure {
  readonly logicalId: string;
  readonly reason: string;
}

export class Stack {
  status: StackStatus = 'CREATE_IN_PROGRESS';
  readonly resources = new Map<string, ResourceState>();
  template?: ActiveTemplate;
  outputs: { [name: string]: unknown } = {};
  exports: { [name: string]: unknown } = {};
  /** Names of exports of other stacks that this one uses. */
  imports = new Set<string>();
  /** What failed in the last operation, the first first. */
  failures: Failure[] = [];
  /** What its policy kept when it left the stack: it is nobody's now. */
  readonly kept: ResourceState[] = [];
  /** What CloudFormation gave up deleting in a cleanup: it is nobody's now. */
  readonly abandoned: ResourceState[] = [];
  /** Goes on with a rollback that failed. */
  continueRollback?: () => Promise<void>;

  constructor(readonly name: string, readonly id: string) {}

  /** As it is now: what happens to the one does not happen to the other. */
  copy(): Stack {
    const { template, status, outputs, exports, imports, failures, kept, abandoned, resources } = this;
    const copy = new Stack(this.name, this.id);
    Object.assign(copy, { template, status, outputs, exports, imports, failures: [...failures] });
    copy.kept.push(...kept);
    copy.abandoned.push(...abandoned);
    resources.forEach((state, id) => copy.resources.set(id, state));
    return copy;
  }

  fail(logicalId: string, error: Error): void {
    this.failures.push({ logicalId, reason: error.message });
  }
}
