import { Aws } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';

/** How the controller's own tag stands on a resource, or in a request that sets tags. */
const ON_RESOURCE = { 'aws:ResourceTag/elbv2.k8s.aws/cluster': 'false' };
const IN_REQUEST = { 'aws:RequestTag/elbv2.k8s.aws/cluster': 'false' };
const NOT_IN_REQUEST = { 'aws:RequestTag/elbv2.k8s.aws/cluster': 'true' };

/**
 * What the controller may do: the project's own policy. Reads, and what the services cannot scope, are on all resources; what changes
 * or deletes an existing group, load balancer or target group needs the controller's tag on it. It fits every partition: the
 * isolated ones lack some of the actions, which then grant nothing.
 *
 * @see https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/v3.5.0/docs/install/iam_policy.json
 */
export function loadBalancerControllerStatements(): iam.PolicyStatement[] {
  const elb = (...resources: string[]) => resources.map(resource => `arn:${Aws.PARTITION}:elasticloadbalancing:*:*:${resource}`);
  const groups = [`arn:${Aws.PARTITION}:ec2:*:*:security-group/*`];
  const balancersAndTargets = elb('targetgroup/*/*', 'loadbalancer/net/*/*', 'loadbalancer/app/*/*');

  return [
    allow(['iam:CreateServiceLinkedRole'], ['*'], { StringEquals: { 'iam:AWSServiceName': 'elasticloadbalancing.amazonaws.com' } }),
    allow([
      ...actions('ec2', 'DescribeAccountAttributes DescribeAddresses DescribeAvailabilityZones DescribeCoipPools DescribeInstances '
        + 'DescribeInternetGateways DescribeIpamPools DescribeNetworkInterfaces DescribeRouteTables DescribeSecurityGroups DescribeSubnets '
        + 'DescribeTags DescribeVpcPeeringConnections DescribeVpcs GetCoipPoolUsage GetSecurityGroupsForVpc'),
      ...actions('elasticloadbalancing', 'DescribeCapacityReservation DescribeListenerAttributes DescribeListenerCertificates '
        + 'DescribeListeners DescribeLoadBalancerAttributes DescribeLoadBalancers DescribeRules DescribeSSLPolicies DescribeTags '
        + 'DescribeTargetGroupAttributes DescribeTargetGroups DescribeTargetHealth DescribeTrustStores'),
    ]),
    allow([
      'acm:DescribeCertificate', 'acm:ListCertificates', 'cognito-idp:DescribeUserPoolClient', 'iam:GetServerCertificate', 'iam:ListServerCertificates',
      ...actions('shield', 'CreateProtection DeleteProtection DescribeProtection GetSubscriptionState'),
      ...actions('waf-regional', 'AssociateWebACL DisassociateWebACL GetWebACL GetWebACLForResource'),
      ...actions('wafv2', 'AssociateWebACL DisassociateWebACL GetWebACL GetWebACLForResource'),
    ]),
    allow(actions('ec2', 'AuthorizeSecurityGroupIngress CreateSecurityGroup RevokeSecurityGroupIngress')),
    allow(['ec2:CreateTags'], groups, { StringEquals: { 'ec2:CreateAction': 'CreateSecurityGroup' }, Null: IN_REQUEST }),
    allow(['ec2:CreateTags', 'ec2:DeleteTags'], groups, { Null: { ...NOT_IN_REQUEST, ...ON_RESOURCE } }),
    allow(actions('ec2', 'AuthorizeSecurityGroupIngress DeleteSecurityGroup RevokeSecurityGroupIngress'), ['*'], { Null: ON_RESOURCE }),
    allow(actions('elasticloadbalancing', 'CreateLoadBalancer CreateTargetGroup'), ['*'], { Null: IN_REQUEST }),
    allow(actions('elasticloadbalancing', 'AddTags RemoveTags'), balancersAndTargets, { Null: { ...NOT_IN_REQUEST, ...ON_RESOURCE } }),
    allow(actions('elasticloadbalancing', 'AddTags RemoveTags'),
      elb('listener/net/*/*/*', 'listener/app/*/*/*', 'listener-rule/net/*/*/*', 'listener-rule/app/*/*/*')),
    allow(['elasticloadbalancing:AddTags'], balancersAndTargets, {
      StringEquals: { 'elasticloadbalancing:CreateAction': ['CreateTargetGroup', 'CreateLoadBalancer'] },
      Null: IN_REQUEST,
    }),
    allow(actions('elasticloadbalancing', 'DeleteLoadBalancer DeleteTargetGroup ModifyCapacityReservation ModifyIpPools ModifyListenerAttributes '
      + 'ModifyLoadBalancerAttributes ModifyTargetGroup ModifyTargetGroupAttributes SetIpAddressType SetSecurityGroups SetSubnets'),
    ['*'], { Null: ON_RESOURCE }),
    allow(actions('elasticloadbalancing', 'DeregisterTargets RegisterTargets'), elb('targetgroup/*/*')),
    allow(actions('elasticloadbalancing', 'AddListenerCertificates CreateListener CreateRule DeleteListener DeleteRule ModifyListener ModifyRule '
      + 'RemoveListenerCertificates SetRulePriorities SetWebAcl')),
  ];
}

function allow(names: string[], resources = ['*'], conditions?: Record<string, any>): iam.PolicyStatement {
  return new iam.PolicyStatement({ actions: names, resources, conditions });
}

function actions(service: string, names: string): string[] {
  return names.split(' ').map(name => `${service}:${name}`);
}
