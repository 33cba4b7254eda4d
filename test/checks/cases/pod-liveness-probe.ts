import { Bad, deliver, deployment, Good } from '../fixtures';

export const good: Good = {
  'a probe': stack => deliver(stack, [deployment()]),
  'a job': stack => deliver(stack, [{ ...deployment({}, { livenessProbe: undefined }), kind: 'Job', apiVersion: 'batch/v1' }]),
};

export const bad: Bad = {
  'no probe': [stack => deliver(stack, [deployment({}, { livenessProbe: undefined })]), 'has no livenessProbe'],
};
