import { Check } from '../check';
import { inContainers } from '../find';
import { known } from '../values';

export const IMAGE_REGISTRY: Check = {
  id: 'image-registry',
  title: 'Every image comes from a registry that is named',
  severity: 'warning',
  optional: true,
  fix: 'Name the registry: a repository of yours, or a pull-through cache of it',
  reason: 'Right for platforms with registries of their own: an image without one is pulled from Docker Hub, which limits how often.',
  link: 'https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache.html',
  find: platform => inContainers(platform, ({ name, spec }) => {
    const image = known<string>(spec.image);
    return image !== undefined && !/^([^/]+\.[^/]+|[^/]+:\d+|localhost)\//.test(image) && ['image', `image "${image}" of container "${name}" comes from Docker Hub`];
  }),
};
