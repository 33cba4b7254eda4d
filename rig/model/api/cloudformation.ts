import { Actions, ApiError } from './query';
import { Stack } from '../../engine/stack';

/** What a function may ask CloudFormation about its own stack. */
export function cloudFormation(stacks: () => Iterable<Stack>): Actions {
  return {
    DescribeStacks: query => {
      const name = query.get('StackName');
      const stack = [...stacks()].find(candidate => candidate.id === name || candidate.name === name);
      if (!stack) { throw new ApiError('ValidationError', `stack with id ${name} does not exist`); }
      return { Stacks: { member: { StackName: stack.name, StackId: stack.id, CreationTime: '2026-01-01T00:00:00Z', StackStatus: stack.status } } };
    },
  };
}
