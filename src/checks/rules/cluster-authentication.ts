import { Check } from '../check';
import { inEach } from '../find';
import { known } from '../values';

export const CLUSTER_AUTHENTICATION: Check = {
  id: 'cluster-authentication',
  title: 'Access is by access entries',
  severity: 'warning',
  fix: 'Set AccessConfig.AuthenticationMode to API, and move what the aws-auth ConfigMap says to access entries',
  reason: 'The ConfigMap has no review, no validation, and one typo locks everybody out.',
  link: 'https://docs.aws.amazon.com/eks/latest/userguide/setting-up-access-entries.html',
  find: ({ clusters }) => inEach(clusters, ({ properties }) =>
    known(properties.AccessConfig?.AuthenticationMode) === 'CONFIG_MAP' && ['AccessConfig.AuthenticationMode', 'AuthenticationMode is CONFIG_MAP']),
};
