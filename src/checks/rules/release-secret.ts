import { Check } from '../check';
import { inEach } from '../find';
import { known } from '../values';

const SECRET = /^(password|.*Password|.*_PASSWORD|secretKey|secretAccessKey|clientSecret|client_secret|.*Token|apiKey|privateKey)$/;

/** Not a reference to something else, as charts write them. */
function isWrittenOut(value: string): boolean {
  return known(value) !== undefined && value !== '' && !/^(\$|\{\{|true$|false$)/.test(value);
}

/** Beside the name of a Secret it names what is in that. */
function isKeyOfSecret(key: string, values: any): boolean {
  return key === 'secretKey' && Object.keys(values).some(other => /(secret(Name|Ref)?|remoteRef)$/i.test(other));
}

function secretIn(values: any, path: string): string | undefined {
  for (const [key, value] of Object.entries(typeof values === 'object' && values !== null ? values : {})) {
    const here = path === '' ? key : `${path}.${key}`;
    const found = typeof value === 'string'
      ? (SECRET.test(key === 'value' ? values.name : key) && isWrittenOut(value) && !isKeyOfSecret(key, values) ? here : undefined)
      : secretIn(value, here);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}

export const RELEASE_SECRET: Check = {
  id: 'release-secret',
  title: 'No secret stands in the values of a chart',
  severity: 'warning',
  fix: 'Let the chart read a Secret that exists, or use HelmRelease.secretValues',
  reason: 'Values are in the template, in every event and in the release.',
  link: 'https://docs.aws.amazon.com/eks/latest/best-practices/data-encryption-and-secrets-management.html',
  find: ({ releases }) => inEach(releases, ({ values }) => {
    const path = secretIn(values, '');
    return path !== undefined && [`values.${path}`, `${path} has its value written out`];
  }),
};
