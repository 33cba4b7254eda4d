import { Check } from '../check';
import { inContainers } from '../find';
import { known } from '../values';

const SECRET = /(^|_)(PASSWORD|PASSWD|SECRET|TOKEN|API_?KEY|PRIVATE_KEY|SECRET_ACCESS_KEY|CREDENTIALS)$/i;
/** These name where the secret is. */
const NO_SECRET = /(_FILE|_PATH|_NAME|_ARN|_ID|_URL)$/i;

export const ENVIRONMENT_SECRET: Check = {
  id: 'environment-secret',
  title: 'No secret stands in the environment of a container',
  severity: 'warning',
  fix: 'Read it from a Secret by valueFrom.secretKeyRef, or mount it with the secrets store driver',
  reason: 'A literal is in the template, in the pod, in every describe and in most logs of a crash.',
  link: 'https://docs.aws.amazon.com/eks/latest/best-practices/data-encryption-and-secrets-management.html',
  find: platform => inContainers(platform, ({ name, spec }) => {
    const variable = (spec.env ?? []).find((item: any) => SECRET.test(item.name) && !NO_SECRET.test(item.name) && typeof known(item.value) === 'string' && item.value !== '');
    return variable && ['env', `variable "${variable.name}" of container "${name}" has its value written out`];
  }),
};
