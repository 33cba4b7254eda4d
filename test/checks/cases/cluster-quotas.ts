import { Stack } from 'aws-cdk-lib';
import { Bad, cluster, Good, resource } from '../fixtures';

const many = (stack: Stack, count: number, type: string, properties: any) => Array.from({ length: count }, (_, i) => resource(stack, `Item${i}`, type, { ClusterName: 'platform', ...properties }));
const profile = { PodExecutionRoleArn: 'arn', Selectors: [{ Namespace: 'shop' }] };

export const good: Good = {
  'as many as may be': stack => [cluster(stack), many(stack, 10, 'AWS::EKS::FargateProfile', profile)],
  'more, of a cluster of somebody else': stack => many(stack, 11, 'AWS::EKS::FargateProfile', profile),
};

export const bad: Bad = {
  'Fargate profiles': [stack => [cluster(stack), many(stack, 11, 'AWS::EKS::FargateProfile', profile)], '11 Fargate profiles are more than the 10 that an account may have in a cluster'],
  'node groups': [stack => [cluster(stack), many(stack, 31, 'AWS::EKS::Nodegroup', { NodeRole: 'arn', Subnets: ['subnet-1'] })], '31 managed node groups are more than the 30'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = [''];
