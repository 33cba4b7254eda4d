import { Aws, CfnParameter } from 'aws-cdk-lib';
import { Bad, cluster, Good } from '../fixtures';

export const good: Good = {
  'a private endpoint': stack => cluster(stack),
  'a public endpoint with CIDRs': stack => cluster(stack, {}, { EndpointPublicAccess: true, PublicAccessCidrs: ['203.0.113.0/24'] }),
};

export const bad: Bad = {
  'a public endpoint for everyone': [stack => cluster(stack, {}, { EndpointPublicAccess: true }), 'open to everyone'],
  'what EKS does where nothing is said': [stack => cluster(stack, { ResourcesVpcConfig: { SubnetIds: ['subnet-1'] } }), 'open to everyone'],
  'a CIDR that is everyone': [stack => cluster(stack, {}, { EndpointPublicAccess: true, PublicAccessCidrs: ['203.0.113.0/24', '::/0'] }), 'open to ::/0'],
  'two halves of everyone': [stack => cluster(stack, {}, { EndpointPublicAccess: true, PublicAccessCidrs: ['0.0.0.0/1', '128.0.0.0/1'] }), 'open to 0.0.0.0/1'],
  'nothing, by AWS::NoValue': [stack => cluster(stack, {}, { EndpointPublicAccess: true, PublicAccessCidrs: Aws.NO_VALUE }), 'open to everyone'],
  'the default of a parameter': [stack => cluster(stack, {}, { EndpointPublicAccess: true, PublicAccessCidrs: [new CfnParameter(stack, 'From', { default: '0.0.0.0/0' }).valueAsString] }), 'open to 0.0.0.0/0'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['ResourcesVpcConfig'];
