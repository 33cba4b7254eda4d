import { Check } from '../check';
import { inContainers } from '../find';
import { known, TOKEN } from '../values';

export const IMAGE_TAG: Check = {
  id: 'image-tag',
  title: 'Every image has a tag or digest of its own',
  severity: 'warning',
  fix: 'Name the version that was tested, or the digest',
  reason: 'With latest two nodes run two versions, and a rollback brings back nothing.',
  link: 'https://kubernetes.io/docs/concepts/configuration/overview/#container-images',
  find: platform => inContainers(platform, ({ name, spec }) => {
    // The tag may be known although the registry is not.
    const image = typeof spec.image === 'string' ? spec.image : '';
    const [last] = /[^/]*$/.exec(image)!;
    return (/:latest$/.test(last) || (/^[^:@]+$/.test(last) && known(last) !== undefined))
      && ['image', `image "${image.replaceAll(TOKEN, '?')}" of container "${name}" has ${image.endsWith(':latest') ? 'the tag latest' : 'no tag'}`];
  }),
};
