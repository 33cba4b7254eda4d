import { Check } from '../check';
import { inResources } from '../find';
import { launchTemplateOf } from '../launch-template';
import { textOf } from '../values';

const isNode = (tags: any[] = []) => tags.some(({ Key: key }) => /^(kubernetes\.io\/cluster\/|eks:cluster-name)/.test(textOf(key) ?? ''));

export const NODE_IMDS: Check = {
  id: 'node-imds',
  title: 'Pods cannot ask for the role of their node',
  severity: 'warning',
  fix: 'Give a launch template with MetadataOptions HttpTokens "required" and HttpPutResponseHopLimit 1',
  reason: 'With a hop limit of 2, which node groups without a launch template have, every pod reads the credentials of the node.',
  link: 'https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html',
  find: platform => inResources(platform, ['AWS::EKS::Nodegroup', 'AWS::AutoScaling::AutoScalingGroup'], resource => {
    const launchTemplate = launchTemplateOf(platform, resource);
    const managed = resource.type === 'AWS::EKS::Nodegroup';
    if (!launchTemplate && (!managed || resource.properties.LaunchTemplate !== undefined)) {
      return undefined; // one that exists, and that may be as it should
    }
    const { HttpTokens: tokens, HttpPutResponseHopLimit: hops } = launchTemplate?.properties.LaunchTemplateData?.MetadataOptions ?? {};
    const wrong = tokens !== 'required'
      ? `HttpTokens is ${tokens ?? 'not given'}`
      : hops === undefined || Number(hops) > 1 ? `HttpPutResponseHopLimit is ${hops ?? 'not given'}` : undefined;
    return (managed || isNode(resource.properties.Tags)) && wrong !== undefined && ['LaunchTemplate', wrong];
  }),
};
