/** One thing that CloudFormation does to one resource. */
export interface Step {
  readonly stack: string;
  readonly logicalId: string;
  readonly type: string;
  readonly action: 'Create' | 'Update' | 'Delete';
  readonly phase: 'forward' | 'rollback' | 'cleanup';
}

/** What goes wrong: an error thrown here is the failure of the step, before it had its effect or after. */
export interface Faults {
  before?(step: Step): Promise<void> | void;
  after?(step: Step): Promise<void> | void;
  /** When a step is over, however it ended. */
  done?(step: Step): void;
}

/** One line of the story of a stack. */
export interface StackEvent extends Step {
  /** Milliseconds since the epoch. */
  readonly time: number;
  readonly status: 'IN_PROGRESS' | 'COMPLETE' | 'FAILED';
  readonly reason?: string;
}
