import { Check } from '../check';
import { known } from '../values';

export const ECR_IMMUTABLE_TAGS: Check = {
  id: 'ecr-immutable-tags',
  title: 'A tag of an image stays what it is',
  severity: 'warning',
  optional: true,
  fix: 'Set ImageTagMutability to IMMUTABLE',
  reason: 'Whoever may push can change what runs, and a restart runs something else than the pod beside it.',
  link: 'https://docs.aws.amazon.com/eks/latest/best-practices/image-security.html',
  * find(platform) {
    for (const resource of platform.ofType('AWS::ECR::Repository')) {
      const mutability = resource.properties.ImageTagMutability ?? 'MUTABLE';
      if (known(mutability) === 'MUTABLE') {
        yield { resource, location: 'ImageTagMutability', message: 'ImageTagMutability is MUTABLE' };
      }
    }
  },
};
