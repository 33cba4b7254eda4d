import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { newStack } from './fixtures';
import { GuardDutyAgent, GuardDutyAgentOptions } from '../../src/addons/guard-duty-agent';
import { newCluster } from '../clusters';

const templateOf = (options: GuardDutyAgentOptions = {}) => {
  const stack = newStack();
  new GuardDutyAgent(stack, 'Agent', { cluster: newCluster(stack), ...options });
  return Template.fromStack(stack);
};

test('the agents start when the VPC has the endpoint that they report through', () => {
  const template = templateOf();
  const [endpoint] = Object.keys(template.findResources('AWS::EC2::VPCEndpoint', {
    Properties: {
      ServiceName: { 'Fn::Join': ['', ['com.amazonaws.', { Ref: 'AWS::Region' }, '.guardduty-data']] },
      VpcEndpointType: 'Interface',
      PrivateDnsEnabled: true,
    },
  }));
  template.hasResource('AWS::EKS::Addon', { Properties: { AddonName: 'aws-guardduty-agent' }, DependsOn: Match.arrayWith([endpoint]) });
  template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', {
    FromPort: 443,
    ToPort: 443,
    SourceSecurityGroupId: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Cluster'), 'ClusterSecurityGroupId'] },
  });
});

test('nobody of another account reports through the endpoint', () => {
  templateOf().hasResourceProperties('AWS::EC2::VPCEndpoint', {
    PolicyDocument: {
      Statement: [
        { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' },
        { Effect: 'Deny', Principal: '*', Action: '*', Resource: '*', Condition: { StringNotEquals: { 'aws:PrincipalAccount': { Ref: 'AWS::AccountId' } } } },
      ],
    },
  });
});

test('the agents have no role: they are known by their nodes', () => {
  templateOf().hasResourceProperties('AWS::EKS::Addon', { PodIdentityAssociations: Match.absent(), ServiceAccountRoleArn: Match.absent() });
});

test('a VPC that has the endpoint gets no second one', () => {
  templateOf({ vpcEndpoint: false }).resourceCountIs('AWS::EC2::VPCEndpoint', 0);
  expect(() => templateOf({ vpcEndpoint: false, vpcEndpointSubnets: { subnetType: ec2.SubnetType.PUBLIC } }))
    .toThrow('"vpcEndpointSubnets" is given but "vpcEndpoint" is false');
});
