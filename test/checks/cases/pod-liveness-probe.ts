import { Bad, deliver, deployment, Good } from '../fixtures';

export const good: Good = {
  'a probe': stack => deliver(stack, [deployment()]),
  'a job': stack => deliver(stack, [{ ...deployment({}, { livenessProbe: undefined }), kind: 'Job', apiVersion: 'batch/v1' }]),
};

export const bad: Bad = {
  'no probe': [stack => deliver(stack, [deployment({}, { livenessProbe: undefined })]), 'has no livenessProbe'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['spec.template.spec.containers[0].livenessProbe'];
