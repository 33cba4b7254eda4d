import { Check } from '../check';
import { known } from '../values';

export const CLUSTER_AUTHENTICATION: Check = {
  id: 'cluster-authentication',
  title: 'Access is by access entries',
  severity: 'warning',
  fix: 'Set AccessConfig.AuthenticationMode to API, and move what the aws-auth ConfigMap says to access entries',
  reason: 'The ConfigMap has no review, no validation, and one typo locks everybody out.',
  link: 'https://docs.aws.amazon.com/eks/latest/userguide/setting-up-access-entries.html',
  * find({ clusters }) {
    for (const { resource, properties: { AccessConfig: access = {} } } of clusters) {
      if (known(access.AuthenticationMode) === 'CONFIG_MAP') {
        yield { resource, location: 'AccessConfig.AuthenticationMode', message: 'AuthenticationMode is CONFIG_MAP' };
      }
    }
  },
};
