import { Check } from '../check';

export const RELEASE_TWICE: Check = {
  id: 'release-twice',
  title: 'A release is installed once',
  severity: 'error',
  fix: 'Give one of them another name or namespace',
  reason: 'The second install upgrades the first, and removing either removes both.',
  link: 'https://helm.sh/docs/intro/using_helm/',
  * find({ releases }) {
    const seen = new Map<string, string>();
    for (const { resource, name: object, clusterKey, release, namespace } of releases.filter(item => item.release !== undefined)) {
      const key = JSON.stringify([clusterKey, namespace ?? 'default', release]);
      const other = seen.get(key);
      if (other !== undefined) {
        yield { resource, object, location: 'Release', message: `${other} installs it too` };
      }
      seen.set(key, resource.path);
    }
  },
};
