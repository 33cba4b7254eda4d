import { Stack } from 'aws-cdk-lib';
import { Bad, Good, resource } from '../fixtures';

const many = (stack: Stack, count: number) => Array.from({ length: count }, (_, i) => resource(stack, `Topic${i}`, 'AWS::SNS::Topic'));

export const good: Good = {
  'all of it': stack => many(stack, 499),
};

export const bad: Bad = {
  'more than a megabyte': [stack => resource(stack, 'Big', 'AWS::SNS::Topic', { DisplayName: 'x'.repeat(1_100_000) }), /^stack Stack has 11\d+ bytes of 1000000$/],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['Resources'];
