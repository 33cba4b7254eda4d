import { Check } from '../check';
import { inEach } from '../find';

export const RELEASE_VERSION: Check = {
  id: 'release-version',
  title: 'Every chart has a version',
  severity: 'warning',
  fix: 'Give the version that was tested',
  reason: 'Without one every deployment may install another.',
  link: 'https://helm.sh/docs/helm/helm_upgrade/',
  find: ({ releases }) => inEach(releases, ({ resource, chart }) =>
    chart !== undefined && !/\.tgz$/.test(chart) && resource.properties.Version === undefined && ['Version', `chart "${chart}" has no version`]),
};
