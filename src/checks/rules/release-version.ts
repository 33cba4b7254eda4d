import { Check } from '../check';

export const RELEASE_VERSION: Check = {
  id: 'release-version',
  title: 'Every chart has a version',
  severity: 'warning',
  fix: 'Give the version that was tested',
  reason: 'Without one every deployment may install another.',
  link: 'https://helm.sh/docs/helm/helm_upgrade/',
  * find({ releases }) {
    for (const { resource, name: object, chart } of releases) {
      if (chart !== undefined && !/\.tgz$/.test(chart) && resource.properties.Version === undefined) {
        yield { resource, object, location: 'Version', message: `chart "${chart}" has no version` };
      }
    }
  },
};
