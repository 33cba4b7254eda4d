import { Check } from '../check';

export const POD_PRIVILEGED: Check = {
  id: 'pod-privileged',
  title: 'No container is privileged',
  severity: 'warning',
  fix: 'Remove securityContext.privileged, and add the capabilities that are needed',
  reason: 'A privileged container is root on its node, and reads the credentials of every pod on it.',
  link: 'https://docs.aws.amazon.com/eks/latest/best-practices/pod-security.html',
  * find({ pods }) {
    for (const { object: { resource, name: object }, containers } of pods) {
      for (const { name, location, spec } of containers) {
        if (spec.securityContext?.privileged === true) {
          yield { resource, object, location: `${location}.securityContext.privileged`, message: `container "${name}" is privileged` };
        }
      }
    }
  },
};
