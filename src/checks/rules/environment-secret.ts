import { Check } from '../check';
import { inContainers } from '../find';
import { knownText, listOf } from '../values';

const SECRET = /(PASSWORD|PASSWD|(^|_)(PWD|SECRET|TOKEN|API_?KEY|PRIVATE_KEY|SECRET_ACCESS_KEY|CREDENTIALS))$/i;
/** These name where the secret is. */
const NO_SECRET = /(_FILE|_PATH|_NAME|_ARN|_ID|_URL)$/i;

/** A user and a password in an address. */
const IN_ADDRESS = /:\/\/[^/:@\s]+:[^/@\s$<{(]+@/;

function isSecret({ name, value }: any): boolean {
  const text = knownText(value) ?? '';
  return IN_ADDRESS.test(text) || (SECRET.test(name) && !NO_SECRET.test(name) && !/^(|true|false|yes|no|on|off|\$\(.*\))$/i.test(text));
}

export const ENVIRONMENT_SECRET: Check = {
  id: 'environment-secret',
  title: 'No secret stands in the environment of a container',
  severity: 'warning',
  fix: 'Read it from a Secret by valueFrom.secretKeyRef, or mount it with the secrets store driver',
  reason: 'A literal is in the template, in the pod, in every describe and in most logs of a crash.',
  link: 'https://docs.aws.amazon.com/eks/latest/best-practices/data-encryption-and-secrets-management.html',
  find: platform => inContainers(platform, ({ name, spec }) => {
    const variable = listOf<any>(spec.env).find((item: any) => isSecret(item));
    return variable && ['env', `variable "${variable.name}" of container "${name}" has its value written out`];
  }),
};
