import { minorOf } from '../../private/minor-of';
import { Check } from '../check';
import { known } from '../values';

export const NODE_AMI_FAMILY: Check = {
  id: 'node-ami-family',
  title: 'The image of nodes is one that EKS still makes',
  severity: 'error',
  fix: 'Give AL2023 or Bottlerocket',
  reason: 'EKS makes no Amazon Linux 2 images from Kubernetes 1.33 on, and refuses the node group.',
  link: 'https://docs.aws.amazon.com/eks/latest/userguide/eks-optimized-ami-deprecation-faqs.html',
  * find(platform) {
    for (const resource of platform.ofType('AWS::EKS::Nodegroup')) {
      const cluster = platform.cluster(resource.properties.ClusterName, resource.template);
      const version = known(resource.properties.Version) ?? cluster?.version;
      const type = known<string>(resource.properties.AmiType) ?? '';
      if (/^AL2_/.test(type) && version !== undefined && minorOf(version) >= 33) {
        yield { resource, location: 'AmiType', message: `AmiType is ${type}, of Amazon Linux 2, and the Kubernetes version ${version}` };
      }
    }
  },
};
