import { Check } from '../check';
import { inContainers } from '../find';
import { known } from '../values';

export const IMAGE_TAG: Check = {
  id: 'image-tag',
  title: 'Every image has a tag or digest of its own',
  severity: 'warning',
  fix: 'Name the version that was tested, or the digest',
  reason: 'With latest two nodes run two versions, and a rollback brings back nothing.',
  link: 'https://kubernetes.io/docs/concepts/configuration/overview/#container-images',
  find: platform => inContainers(platform, ({ name, spec }) => {
    const image = known<string>(spec.image);
    return image !== undefined && /^[^@]*$/.test(image) && /(^|\/)[^/:]+(:latest)?$/.test(image)
      && ['image', `image "${image}" of container "${name}" has ${image.endsWith(':latest') ? 'the tag latest' : 'no tag'}`];
  }),
};
