import { Check } from '../check';
import { inObjects } from '../find';
import { knownText } from '../values';

const SECRET = /(passw(or)?d|passphrase|secret|token|api[-_]?key|private[-_]?key|credentials|^tls\.key|^\.docker(configjson|cfg))$/i;

export const MANIFEST_SECRET: Check = {
  id: 'manifest-secret',
  title: 'No secret stands in a manifest',
  severity: 'warning',
  fix: 'Let External Secrets or the secrets store driver bring it from Secrets Manager',
  reason: 'Base64 hides nothing: the value is in the template, in the assembly and in every event of the delivery.',
  link: 'https://docs.aws.amazon.com/eks/latest/best-practices/data-encryption-and-secrets-management.html',
  find: platform => inObjects(platform, ['Secret'], ({ manifest }) => {
    for (const field of ['stringData', 'data']) {
      const key = Object.entries(manifest[field] ?? {}).find(([name, value]) => SECRET.test(name) && !!knownText(value))?.[0];
      if (key !== undefined) {
        return [`${field}.${key}`, `"${key}" has its value written out`];
      }
    }
    return undefined;
  }),
};
