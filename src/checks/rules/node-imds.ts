import { Check } from '../check';
import { launchTemplateOf } from '../launch-template';

const isNode = (tags: any[] = []) => tags.some(({ Key: key }) => /^(kubernetes\.io\/cluster\/|eks:cluster-name)/.test(String(key)));

export const NODE_IMDS: Check = {
  id: 'node-imds',
  title: 'Pods cannot ask for the role of their node',
  severity: 'warning',
  fix: 'Give a launch template with MetadataOptions HttpTokens "required" and HttpPutResponseHopLimit 1',
  reason: 'With a hop limit of 2, which node groups without a launch template have, every pod reads the credentials of the node.',
  link: 'https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html',
  * find(platform) {
    for (const resource of platform.ofType('AWS::EKS::Nodegroup', 'AWS::AutoScaling::AutoScalingGroup')) {
      const launchTemplate = launchTemplateOf(platform, resource);
      const managed = resource.type === 'AWS::EKS::Nodegroup';
      if (!launchTemplate && (!managed || resource.properties.LaunchTemplate !== undefined)) {
        continue; // one that exists, and that may be as it should
      }
      const { HttpTokens: tokens, HttpPutResponseHopLimit: hops } = launchTemplate?.properties.LaunchTemplateData?.MetadataOptions ?? {};
      if (managed || isNode(resource.properties.Tags)) {
        if (tokens !== 'required') {
          yield { resource, location: 'LaunchTemplate', message: `HttpTokens is ${tokens ?? 'not given'}` };
        } else if (hops === undefined || Number(hops) > 1) {
          yield { resource, location: 'LaunchTemplate', message: `HttpPutResponseHopLimit is ${hops ?? 'not given'}` };
        }
      }
    }
  },
};
