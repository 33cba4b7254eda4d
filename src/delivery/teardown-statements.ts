import { Aws, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';

/**
 * What the delivery function may do for a teardown: ask about its own stack, start itself again, look, and remove what carries the tags that
 * controllers of this cluster set.
 */
export function teardownStatements(scope: Construct, clusterName: string, functionArn: string): iam.PolicyStatement[] {
  const stack = Stack.of(scope);
  const ec2 = (...resources: string[]) => resources.map(resource => stack.formatArn({ service: 'ec2', resource, resourceName: '*' }));
  const elb = (...resources: string[]) => resources.map(resource => stack.formatArn({ service: 'elasticloadbalancing', resource, resourceName: '*' }));
  const allow = (actions: string[], resources: string[], tag?: [key: string, value: string]) => new iam.PolicyStatement({
    actions,
    resources,
    conditions: tag && { StringEquals: { [`aws:ResourceTag/${tag[0]}`]: tag[1] } },
  });
  const owned: [string, string] = [`kubernetes.io/cluster/${clusterName}`, 'owned'];
  const balancing: [string, string] = ['elbv2.k8s.aws/cluster', clusterName];
  const networking: [string, string] = ['cluster.k8s.amazonaws.com/name', clusterName];
  const profiles = [stack.formatArn({
    service: 'iam', region: '', resource: 'instance-profile', resourceName: `karpenter/${stack.region}/${clusterName}/*`,
  })];
  const groupActions = ['ec2:DeleteSecurityGroup', 'ec2:RevokeSecurityGroupEgress', 'ec2:RevokeSecurityGroupIngress'];
  const balancerActions = ['elasticloadbalancing:DeleteLoadBalancer', 'elasticloadbalancing:DeleteTargetGroup'];

  return [
    allow(['cloudformation:DescribeStacks'], [Aws.STACK_ID]),
    allow(['lambda:InvokeFunction'], [functionArn]),
    // None of these can be limited to a resource.
    allow([
      'ec2:DescribeInstances', 'ec2:DescribeLaunchTemplates', 'ec2:DescribeNetworkInterfaces', 'ec2:DescribeSecurityGroups', 'ec2:DescribeVolumes',
      'elasticloadbalancing:DescribeLoadBalancers', 'elasticloadbalancing:DescribeTags', 'elasticloadbalancing:DescribeTargetGroups',
      'iam:ListInstanceProfiles',
    ], ['*']),
    allow(['ec2:TerminateInstances', 'ec2:DeleteLaunchTemplate', 'ec2:DeleteNetworkInterface', 'ec2:DeleteVolume', ...groupActions],
      ec2('instance', 'launch-template', 'network-interface', 'security-group', 'volume'), owned),
    allow(groupActions, ec2('security-group'), balancing),
    allow(['ec2:DeleteNetworkInterface'], ec2('network-interface'), networking),
    allow(balancerActions, elb('loadbalancer', 'targetgroup'), owned),
    allow(balancerActions, elb('loadbalancer', 'targetgroup'), balancing),
    allow(['iam:GetInstanceProfile'], profiles),
    allow(['iam:DeleteInstanceProfile', 'iam:RemoveRoleFromInstanceProfile'], profiles, owned),
  ];
}
