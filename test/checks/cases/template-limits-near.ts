import { Stack } from 'aws-cdk-lib';
import { Bad, Good, resource } from '../fixtures';

const many = (stack: Stack, count: number) => Array.from({ length: count }, (_, i) => resource(stack, `Topic${i}`, 'AWS::SNS::Topic'));

export const good: Good = {
  'half of it': stack => many(stack, 250),
};

export const bad: Bad = {
  'nine tenths of it': [stack => many(stack, 450), 'stack Stack has 450 resources of 500'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['Resources'];
