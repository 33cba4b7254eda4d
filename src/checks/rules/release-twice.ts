import { Check } from '../check';
import { HelmRelease } from '../delivered';
import { repeats } from '../repeats';

export const RELEASE_TWICE: Check = {
  id: 'release-twice',
  title: 'A release is installed once',
  severity: 'error',
  fix: 'Give one of them another name or namespace',
  reason: 'The second install upgrades the first, and removing either removes both.',
  link: 'https://helm.sh/docs/intro/using_helm/',
  * find({ releases }) {
    const named = releases.filter(({ release }) => release !== undefined);
    const keyOf = ({ clusterKey, namespace = 'default', release }: HelmRelease) => [clusterKey, namespace, release];
    for (const [{ resource, name: object }, other] of repeats(named, keyOf)) {
      yield { resource, object, location: 'Release', message: `${other.resource.path} installs it too` };
    }
  },
};
