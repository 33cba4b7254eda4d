import { Check } from '../check';
import { listOf, textOf } from '../values';

export const NODE_CNI_POLICY: Check = {
  id: 'node-cni-policy',
  title: 'The role of nodes cannot change the network',
  severity: 'warning',
  fix: 'Give the policy to the service account kube-system/aws-node, by Pod Identity or IRSA',
  reason: 'Every pod that reaches the role of its node may otherwise detach network interfaces of others.',
  link: 'https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html',
  * find(platform) {
    for (const group of platform.ofType('AWS::EKS::Nodegroup')) {
      const role = platform.target(group.properties.NodeRole, group.template);
      if (role && listOf<any>(role.properties.ManagedPolicyArns).some(arn => /\/AmazonEKS_CNI_Policy$/.test(textOf(arn) ?? ''))) {
        yield { resource: role, location: 'ManagedPolicyArns', message: `AmazonEKS_CNI_Policy is on the role of the nodes of ${group.path}` };
      }
    }
  },
};
