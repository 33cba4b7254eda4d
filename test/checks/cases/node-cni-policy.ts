import { Bad, Good, resource, nodeGroup } from '../fixtures';

export const good: Good = {
  'another policy': stack => nodeGroup(stack, { NodeRole: resource(stack, 'Role', 'AWS::IAM::Role', { AssumeRolePolicyDocument: {}, ManagedPolicyArns: [stack.formatArn({ service: 'iam', region: '', account: 'aws', resource: 'policy', resourceName: 'AmazonEKSWorkerNodePolicy' })] }).getAtt('Arn') }),
};

export const bad: Bad = {
  'the policy of the CNI': [stack => nodeGroup(stack, { NodeRole: resource(stack, 'Role', 'AWS::IAM::Role', { AssumeRolePolicyDocument: {}, ManagedPolicyArns: [stack.formatArn({ service: 'iam', region: '', account: 'aws', resource: 'policy', resourceName: 'AmazonEKS_CNI_Policy' })] }).getAtt('Arn') }), 'AmazonEKS_CNI_Policy is on the role of the nodes of Stack/Nodes'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['ManagedPolicyArns'];
