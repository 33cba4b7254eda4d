import { Check } from '../check';
import { inResources } from '../find';
import { CLUSTER_SECURITY_GROUP, securityGroupsOf } from '../security-groups';
import { listOf, textOf } from '../values';

export const NODE_SECURITY_GROUP_TAG: Check = {
  id: 'node-security-group-tag',
  title: 'One security group of a node has the tag of the cluster',
  severity: 'warning',
  fix: 'Leave kubernetes.io/cluster/NAME on one of them: the cluster security group has it by itself',
  reason: 'The AWS Load Balancer Controller opens the group with the tag to load balancers, and gives up where it finds several or none.',
  link: 'https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/subnet_discovery/',
  find: platform => inResources(platform, ['AWS::EKS::Nodegroup', 'AWS::AutoScaling::AutoScalingGroup'], resource => {
    const groups = securityGroupsOf(platform, resource) ?? [];
    const tagged = groups.filter(group => group === CLUSTER_SECURITY_GROUP
      || listOf<any>(group.properties.Tags).some(({ Key: key }: any) => textOf(key)?.startsWith('kubernetes.io/cluster/')));
    const isOfCluster = resource.type === 'AWS::EKS::Nodegroup' || tagged.length > 0;
    const names = tagged.map(group => group === CLUSTER_SECURITY_GROUP ? `the ${group}` : group.path);
    return isOfCluster && groups.length > 1 && tagged.length !== 1 && ['LaunchTemplate', tagged.length === 0
      ? `none of its ${groups.length} security groups has the tag kubernetes.io/cluster/NAME`
      : `${tagged.length} of its security groups have the tag kubernetes.io/cluster/NAME: ${names.join(', ')}`];
  }),
};
