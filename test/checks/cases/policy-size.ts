import { Stack } from 'aws-cdk-lib';
import { Bad, Good, resource } from '../fixtures';

const policy = (stack: Stack, buckets: number) => resource(stack, 'Policy', 'AWS::IAM::ManagedPolicy', {
  PolicyDocument: {
    Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: Array.from({ length: buckets }, (_, i) => `${'a'.repeat(80)}${i}`) }],
  },
});

export const good: Good = {
  'a short policy': stack => policy(stack, 10),
  'a policy that comes near': stack => policy(stack, 60),
};

export const bad: Bad = {
  'a policy that may be too long': [stack => policy(stack, 90), /^the policy may take \d+ of 6144 characters$/],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['PolicyDocument'];
