import { CfnOutput, CfnParameter, Stack } from 'aws-cdk-lib';
import { Bad, Good, resource } from '../fixtures';

const many = (stack: Stack, count: number) => Array.from({ length: count }, (_, i) => resource(stack, `Topic${i}`, 'AWS::SNS::Topic'));

export const good: Good = {
  'all of it': stack => many(stack, 499),
};

export const bad: Bad = {
  'more than a megabyte': [stack => resource(stack, 'Big', 'AWS::SNS::Topic', { DisplayName: 'x'.repeat(1_100_000) }), /^stack Stack has 11\d+ bytes of 1000000$/],
  'more outputs than there may be': [stack => [many(stack, 1), Array.from({ length: 201 }, (_, i) => new CfnOutput(stack, `Output${i}`, { value: 'x' }))], 'stack Stack has 201 outputs of 200'],
  'more parameters than there may be': [stack => [many(stack, 1), Array.from({ length: 201 }, (_, i) => new CfnParameter(stack, `Parameter${i}`))], /^stack Stack has 20\d parameters of 200$/],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['Resources'];
