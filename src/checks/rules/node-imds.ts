import { Check } from '../check';
import { inEach } from '../find';
import { launchTemplateOf } from '../launch-template';
import { nodeGroups } from '../node-groups';
import { isUnknown } from '../values';

export const NODE_IMDS: Check = {
  id: 'node-imds',
  title: 'Pods cannot ask for the role of their node',
  severity: 'warning',
  fix: 'Give a launch template with MetadataOptions HttpTokens "required" and HttpPutResponseHopLimit 1',
  reason: 'With a hop limit of 2, which node groups without a launch template have, every pod reads the credentials of the node.',
  link: 'https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html',
  find: platform => inEach(nodeGroups(platform).map(resource => ({ resource })), ({ resource }) => {
    const launchTemplate = launchTemplateOf(platform, resource);
    const managed = resource.type === 'AWS::EKS::Nodegroup';
    const configuration = platform.target(resource.properties.LaunchConfigurationName, resource.template);
    if (!launchTemplate && !configuration && (!managed || resource.properties.LaunchTemplate !== undefined)) {
      return undefined; // one that exists, and that may be as it should
    }
    const options = launchTemplate?.properties.LaunchTemplateData?.MetadataOptions ?? configuration?.properties.MetadataOptions;
    if (isUnknown(options) || isUnknown(options?.HttpTokens) || isUnknown(options?.HttpPutResponseHopLimit)) {
      return undefined;
    }
    const { HttpTokens: tokens, HttpPutResponseHopLimit: hops } = options ?? {};
    const wrong = tokens !== 'required'
      ? `HttpTokens is ${tokens ?? 'not given'}`
      : hops === undefined || Number(hops) > 1 ? `HttpPutResponseHopLimit is ${hops ?? 'not given'}` : undefined;
    return wrong !== undefined && [configuration ? 'LaunchConfigurationName' : 'LaunchTemplate', wrong];
  }),
};
