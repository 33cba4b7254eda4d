/** Where the stacks are: what the pseudo parameters say. */
export interface Environment {
  readonly account: string;
  readonly region: string;
  readonly partition: string;
  readonly urlSuffix: string;
  /** What `Fn::GetAZs` answers. */
  readonly zones: string[];
}

/** An account that does not exist, in a region that does. */
export const NOWHERE: Environment = {
  account: '123456789012',
  region: 'eu-central-1',
  partition: 'aws',
  urlSuffix: 'amazonaws.com',
  zones: ['eu-central-1a', 'eu-central-1b', 'eu-central-1c'],
};
