import { Match, Template } from 'aws-cdk-lib/assertions';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { inlinePolicies, newStack, permissions, referenceYaml, releaseValues, unknownKeys, withHelm } from './fixtures';
import { AwsLoadBalancerController, AwsLoadBalancerControllerOptions } from '../../src/addons/aws-load-balancer-controller';
import { importedCluster, newCluster } from '../clusters';
import { describeWithReference } from '../reference';

const CHART = 'aws-load-balancer-controller';
const templateOf = (options: AwsLoadBalancerControllerOptions = {}) => {
  const stack = newStack();
  new AwsLoadBalancerController(stack, 'Balancing', { cluster: withHelm(newCluster(stack)), ...options });
  return Template.fromStack(stack);
};

test('the controller is told what it cannot ask the instance metadata', () => {
  expect(releaseValues(templateOf(), CHART)).toMatchObject({
    clusterName: expect.stringMatching(/^\$\{Cluster/),
    region: '${AWS::Region}',
    vpcId: expect.stringMatching(/^\$\{ClusterDefaultVpc/),
  });
});

test('services of others can be made while it is down', () => {
  expect(releaseValues(templateOf(), CHART).enableServiceMutatorWebhook).toBe(false);
});

test('values of the user win, next to the others', () => {
  const values = releaseValues(templateOf({ values: { replicaCount: 3, serviceAccount: { annotations: { team: 'network' } }, defaultTags: { team: 'network' } } }), CHART);
  expect(values).toMatchObject({
    replicaCount: 3,
    defaultTags: { team: 'network' },
    serviceAccount: { create: true, name: CHART, annotations: { team: 'network' } },
    enableServiceMutatorWebhook: false,
  });
});

test('the release waits for the identity of its pods', () => {
  const template = templateOf();
  template.hasResourceProperties('AWS::EKS::PodIdentityAssociation', { Namespace: 'kube-system', ServiceAccount: CHART });
  template.hasResource('Custom::EKSSlipway-HelmRelease', {
    Properties: { Release: CHART, Namespace: 'kube-system', Version: '3.5.0' },
    DependsOn: Match.arrayWith([Match.stringLikeRegexp('^BalancingIdentityAssociation'), Match.stringLikeRegexp('^BalancingIdentityRole')]),
  });
  // its permissions are in the role itself
  template.resourcePropertiesCountIs('AWS::IAM::Policy', { Roles: [{ Ref: Match.stringLikeRegexp('^Balancing') }] }, 0);
});

test('with IRSA the service account carries the role', () => {
  const stack = newStack();
  new AwsLoadBalancerController(stack, 'Balancing', { cluster: withHelm(importedCluster(stack)), identityType: eks.IdentityType.IRSA });
  const template = Template.fromStack(stack);
  expect(releaseValues(template, CHART).serviceAccount.annotations).toEqual({ 'eks.amazonaws.com/role-arn': expect.stringMatching(/^\$\{BalancingIdentityRole.*\.Arn\}$/) });
  template.resourceCountIs('AWS::EKS::PodIdentityAssociation', 0);
});

test('a mirror and another version take the place of the pinned ones', () => {
  templateOf({ repository: 'oci://mirror.example/charts', version: '3.6.0' })
    .hasResourceProperties('Custom::EKSSlipway-HelmRelease', { Repository: 'oci://mirror.example/charts', Version: '3.6.0' });
});

describeWithReference('compared with the project', dir => {
  const own = () => permissions(inlinePolicies(templateOf(), 'BalancingIdentityRole').LoadBalancing);
  const upstream = (partition: string) => permissions(referenceYaml(dir, `iam/aws-load-balancer-controller-v3.5.0/iam_policy${partition}.json`))
    .map(permission => permission.replace(/arn:aws[a-z-]*:/, 'arn:${AWS::Partition}:'));

  test.each(['', '_cn', '_us-gov', '_eusc'])('it may do what the project asks for, neither more nor less (iam_policy%s.json)', partition => {
    expect(own()).toEqual(upstream(partition));
  });

  test.each(['_iso', '_isob', '_isoe', '_isof'])('in isolated partitions only actions that they lack are added (iam_policy%s.json)', partition => {
    const theirs = upstream(partition);
    expect(own()).toEqual(expect.arrayContaining(theirs));
    expect(own().filter(permission => !theirs.includes(permission)).map(permission => permission.split(' ')[1])).toEqual([
      'elasticloadbalancing:DescribeCapacityReservation', 'elasticloadbalancing:DescribeListenerAttributes', 'elasticloadbalancing:DescribeTrustStores',
      'elasticloadbalancing:ModifyCapacityReservation', 'elasticloadbalancing:ModifyListenerAttributes',
    ]);
  });

  test('every value exists in the chart', () => {
    expect(unknownKeys(releaseValues(templateOf(), CHART), referenceYaml(dir, 'values/aws-load-balancer-controller-3.5.0.values.yaml'))).toEqual([]);
  });
});
