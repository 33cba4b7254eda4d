import { Check } from '../check';
import { inResources } from '../find';
import { known } from '../values';

export const ECR_IMMUTABLE_TAGS: Check = {
  id: 'ecr-immutable-tags',
  title: 'A tag of an image stays what it is',
  severity: 'warning',
  optional: true,
  fix: 'Set ImageTagMutability to IMMUTABLE',
  reason: 'Whoever may push can change what runs, and a restart runs something else than the pod beside it.',
  link: 'https://docs.aws.amazon.com/eks/latest/best-practices/image-security.html',
  find: platform => inResources(platform, ['AWS::ECR::Repository'], ({ properties }) =>
    known(properties.ImageTagMutability ?? 'MUTABLE') === 'MUTABLE' && ['ImageTagMutability', 'ImageTagMutability is MUTABLE']),
};
