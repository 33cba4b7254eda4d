import { Stack } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sqs from 'aws-cdk-lib/aws-sqs';

/** What the controller's permissions name. */
export interface KarpenterPolicyProps {
  readonly cluster: eks.ICluster;
  /** The cluster's name, known at synth: it stands in condition keys. */
  readonly clusterName: string;
  /** Roles that it may give to nodes: see `passRole`. */
  readonly passRole: iam.PolicyStatement;
  readonly queue: sqs.IQueue;
  /** Whether IAM and the price list are out of reach: what needs them is left out. */
  readonly isolated?: boolean;
}

/** That roles may be given to instances. Roles of node classes that come later are added to its resources. */
export function passRole(...roles: iam.IRole[]): iam.PolicyStatement {
  return allow('AllowPassingInstanceRole', ['iam:PassRole'], roles.map(role => role.roleArn), {
    StringEquals: { 'iam:PassedToService': ['ec2.amazonaws.com', 'ec2.amazonaws.com.cn'] },
  });
}

/**
 * What the controller may do: the project's own six policies, in which it may make only what carries the cluster's tags, and change only
 * what does. Together they have under 8,192 characters for the longest cluster name and region, which fits in the role itself.
 *
 * @see https://karpenter.sh/docs/reference/cloudformation/
 */
export function karpenterPolicies(stack: Stack, props: KarpenterPolicyProps): Record<string, iam.PolicyStatement[]> {
  const { cluster, clusterName, queue, isolated } = props;
  const ec2 = (...resources: string[]) => resources.map(resource => stack.formatArn({ service: 'ec2', account: '*', resource, resourceName: '*' }));
  const publicEc2 = (...resources: string[]) => resources.map(resource => stack.formatArn({ service: 'ec2', account: '', resource, resourceName: '*' }));
  const profiles = [stack.formatArn({ service: 'iam', region: '', resource: 'instance-profile', resourceName: '*' })];

  const owned = (kind: 'Request' | 'Resource') => ({ [`aws:${kind}Tag/kubernetes.io/cluster/${clusterName}`]: 'owned' });
  const named = { 'aws:RequestTag/eks:eks-cluster-name': clusterName };
  const ofRegion = (kind: 'Request' | 'Resource') => ({ [`aws:${kind}Tag/topology.kubernetes.io/region`]: stack.region });
  const ofPool = (kind: 'Request' | 'Resource') => ({ [`aws:${kind}Tag/karpenter.sh/nodepool`]: '*' });
  const ofClass = (kind: 'Request' | 'Resource') => ({ [`aws:${kind}Tag/karpenter.k8s.aws/ec2nodeclass`]: '*' });
  const launched = ec2('fleet', 'instance', 'volume', 'network-interface', 'launch-template', 'spot-instances-request');

  return {
    NodeLifecycle: [
      allow('AllowScopedEC2InstanceAccessActions', ['ec2:RunInstances', 'ec2:CreateFleet'],
        [...publicEc2('image', 'snapshot'), ...ec2('security-group', 'subnet', 'capacity-reservation', 'placement-group')]),
      allow('AllowScopedEC2LaunchTemplateAccessActions', ['ec2:RunInstances', 'ec2:CreateFleet'], ec2('launch-template'), {
        StringEquals: owned('Resource'),
        StringLike: ofPool('Resource'),
      }),
      allow('AllowScopedEC2InstanceActionsWithTags', ['ec2:RunInstances', 'ec2:CreateFleet', 'ec2:CreateLaunchTemplate'], launched, {
        StringEquals: { ...owned('Request'), ...named },
        StringLike: ofPool('Request'),
      }),
      allow('AllowScopedResourceCreationTagging', ['ec2:CreateTags'], launched, {
        StringEquals: { ...owned('Request'), ...named, 'ec2:CreateAction': ['RunInstances', 'CreateFleet', 'CreateLaunchTemplate'] },
        StringLike: ofPool('Request'),
      }),
      allow('AllowScopedResourceTagging', ['ec2:CreateTags'], ec2('instance'), {
        'StringEquals': owned('Resource'),
        'StringLike': ofPool('Resource'),
        'StringEqualsIfExists': named,
        'ForAllValues:StringEquals': { 'aws:TagKeys': ['eks:eks-cluster-name', 'karpenter.sh/nodeclaim', 'Name'] },
      }),
      allow('AllowScopedDeletion', ['ec2:TerminateInstances', 'ec2:DeleteLaunchTemplate'], ec2('instance', 'launch-template'), {
        StringEquals: owned('Resource'),
        StringLike: ofPool('Resource'),
      }),
    ],
    IAMIntegration: [props.passRole, ...isolated ? [] : [
      allow('AllowScopedInstanceProfileCreationActions', ['iam:CreateInstanceProfile'], profiles, {
        StringEquals: { ...owned('Request'), ...named, ...ofRegion('Request') },
        StringLike: ofClass('Request'),
      }),
      allow('AllowScopedInstanceProfileTagActions', ['iam:TagInstanceProfile'], profiles, {
        StringEquals: { ...owned('Resource'), ...ofRegion('Resource'), ...owned('Request'), ...named, ...ofRegion('Request') },
        StringLike: { ...ofClass('Resource'), ...ofClass('Request') },
      }),
      allow('AllowScopedInstanceProfileActions',
        ['iam:AddRoleToInstanceProfile', 'iam:RemoveRoleFromInstanceProfile', 'iam:DeleteInstanceProfile'], profiles, {
          StringEquals: { ...owned('Resource'), ...ofRegion('Resource') },
          StringLike: ofClass('Resource'),
        }),
    ]],
    EKSIntegration: [
      allow('AllowAPIServerEndpointDiscovery', ['eks:DescribeCluster'], [cluster.clusterArn]),
    ],
    Interruption: [
      allow('AllowInterruptionQueueActions', ['sqs:DeleteMessage', 'sqs:GetQueueUrl', 'sqs:ReceiveMessage'], [queue.queueArn]),
    ],
    ZonalShift: [
      allow('AllowZonalShiftStatusReadOnly', ['arc-zonal-shift:GetManagedResource'], ['*'], {
        StringEquals: { 'arc-zonal-shift:ResourceIdentifier': cluster.clusterArn },
      }),
    ],
    ResourceDiscovery: [
      allow('AllowRegionalReadActions', [
        'ec2:DescribeCapacityReservations', 'ec2:DescribeImages', 'ec2:DescribeInstances', 'ec2:DescribeInstanceStatus',
        'ec2:DescribeInstanceTypeOfferings', 'ec2:DescribeInstanceTypes', 'ec2:DescribeLaunchTemplates', 'ec2:DescribePlacementGroups',
        'ec2:DescribeSecurityGroups', 'ec2:DescribeSpotPriceHistory', 'ec2:DescribeSubnets',
      ], ['*'], { StringEquals: { 'aws:RequestedRegion': stack.region } }),
      allow('AllowSSMReadActions', ['ssm:GetParameter'],
        [stack.formatArn({ service: 'ssm', account: '', resource: 'parameter', resourceName: 'aws/service/*' })]),
      ...isolated ? [] : [
        // One statement of two of the project's, neither of which has a resource or a condition: it saves characters.
        allow('AllowUnscopedReadActions', ['iam:ListInstanceProfiles', 'pricing:GetProducts'], ['*']),
        allow('AllowInstanceProfileReadActions', ['iam:GetInstanceProfile'], profiles),
      ],
    ],
  };
}

function allow(sid: string, actions: string[], resources: string[], conditions?: Record<string, any>): iam.PolicyStatement {
  return new iam.PolicyStatement({ sid, actions, resources, conditions });
}
