import { minorOf } from '../../private/minor-of';
import { Check } from '../check';
import { destination } from '../delivered';
import { inObjects, inResources } from '../find';
import { known, knownItems, listOf } from '../values';

export const NODE_AMI_FAMILY: Check = {
  id: 'node-ami-family',
  title: 'The image of nodes is one that EKS still makes',
  severity: 'error',
  fix: 'Give AL2023 or Bottlerocket',
  reason: 'EKS makes no Amazon Linux 2 images from Kubernetes 1.33 on, and refuses the node group.',
  link: 'https://docs.aws.amazon.com/eks/latest/userguide/eks-optimized-ami-deprecation-faqs.html',
  * find(platform) {
    yield* inResources(platform, ['AWS::EKS::Nodegroup'], resource => {
      const version = known(resource.properties.Version) ?? destination(platform, resource).cluster?.version;
      const type = known<string>(resource.properties.AmiType) ?? '';
      return /^AL2_/.test(type) && version !== undefined && minorOf(version) >= 33
        && ['AmiType', `AmiType is ${type}, of Amazon Linux 2, and the Kubernetes version ${version}`];
    });
    yield* inObjects(platform, ['EC2NodeClass'], ({ cluster, manifest: { spec } }) => {
      const alias = knownItems<any>(listOf(spec?.amiSelectorTerms).map((term: any) => term.alias)).find(item => /^al2@/i.test(item));
      return alias !== undefined && cluster?.version !== undefined && minorOf(cluster.version) >= 33
        && ['spec.amiSelectorTerms', `the image is ${alias}, of Amazon Linux 2, and the Kubernetes version ${cluster.version}`];
    });
  },
};
