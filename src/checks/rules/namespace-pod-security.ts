import { Check } from '../check';
import { inObjects } from '../find';

export const NAMESPACE_POD_SECURITY: Check = {
  id: 'namespace-pod-security',
  title: 'Every namespace says what its pods may do',
  severity: 'warning',
  optional: true,
  fix: 'Set the label pod-security.kubernetes.io/enforce to baseline or restricted',
  reason: 'Right for platforms without a policy engine; without the label every pod may be privileged.',
  link: 'https://kubernetes.io/docs/concepts/security/pod-security-admission/',
  find: platform => inObjects(platform, ['Namespace'], ({ manifest: { metadata } }) => {
    const level = metadata?.labels?.['pod-security.kubernetes.io/enforce'];
    return (level === undefined || level === 'privileged') && ['metadata.labels', `pod-security.kubernetes.io/enforce is ${level ?? 'not set'}`];
  }),
};
