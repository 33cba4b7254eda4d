import { Check } from '../check';
import { inEach } from '../find';
import { known } from '../values';

const SECRET = /^(password|.*Password|.*_PASSWORD|secretKey|secretAccessKey|.*Token|apiKey|privateKey)$/;

function secretIn(values: any, path: string): string | undefined {
  for (const [key, value] of Object.entries(typeof values === 'object' && values !== null ? values : {})) {
    const here = path === '' ? key : `${path}.${key}`;
    const found = typeof value === 'string'
      ? (SECRET.test(key) && known(value) !== undefined && value !== '' ? here : undefined)
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
