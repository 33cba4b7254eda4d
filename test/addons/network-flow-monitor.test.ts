import { Match, Template } from 'aws-cdk-lib/assertions';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { newStack } from './fixtures';
import { NetworkFlowMonitor } from '../../src/addons/network-flow-monitor';
import { importedCluster, newCluster } from '../clusters';

const POLICY = [{ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::aws:policy/CloudWatchNetworkFlowMonitorAgentPublishPolicy']] }];

test('the agents may publish what they see, and nothing else', () => {
  const stack = newStack();
  new NetworkFlowMonitor(stack, 'Flows', { cluster: newCluster(stack) });

  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::EKS::Addon', {
    AddonName: 'aws-network-flow-monitoring-agent',
    PodIdentityAssociations: [{ ServiceAccount: 'aws-network-flow-monitor-agent-service-account', RoleArn: Match.anyValue() }],
  });
  template.hasResourceProperties('AWS::IAM::Role', { ManagedPolicyArns: POLICY, Policies: Match.absent() });
  template.resourceCountIs('AWS::IAM::Policy', 0);
});

test('by IRSA the role is for the service account of the agents', () => {
  const stack = newStack();
  new NetworkFlowMonitor(stack, 'Flows', { cluster: importedCluster(stack), identityType: eks.IdentityType.IRSA });

  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::EKS::Addon', { ServiceAccountRoleArn: Match.anyValue(), PodIdentityAssociations: Match.absent() });
  expect(JSON.stringify(template.findResources('AWS::IAM::Role')))
    .toContain('system:serviceaccount:amazon-network-flow-monitor:aws-network-flow-monitor-agent-service-account');
});
