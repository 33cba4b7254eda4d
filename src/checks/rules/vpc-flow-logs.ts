import { Check } from '../check';

export const VPC_FLOW_LOGS: Check = {
  id: 'vpc-flow-logs',
  title: 'The network says who talked to whom',
  severity: 'warning',
  optional: true,
  fix: 'Add flow logs to the VPC',
  reason: 'Right for production: they cost, and answer the first question after an incident.',
  link: 'https://docs.aws.amazon.com/eks/latest/best-practices/network-security.html',
  * find(platform) {
    for (const resource of platform.ofType('AWS::EC2::VPC')) {
      if (platform.referringTo(resource, 'AWS::EC2::FlowLog', 'ResourceId').length === 0) {
        yield { resource, message: 'it has no flow logs' };
      }
    }
  },
};
