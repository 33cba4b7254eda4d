import { Bad, deliver, deployment, Good } from '../fixtures';

export const good: Good = {
  'a path that is read': stack => deliver(stack, [deployment({ volumes: [{ name: 'host', hostPath: { path: '/var/lib/data' } }] }, { volumeMounts: [{ name: 'host', mountPath: '/data', readOnly: true }] })]),
  'another volume': stack => deliver(stack, [deployment({ volumes: [{ name: 'tmp', emptyDir: {} }] }, { volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }] })]),
};

export const bad: Bad = {
  'a path that is written': [stack => deliver(stack, [deployment({ volumes: [{ name: 'host', hostPath: { path: '/var/lib/data' } }] }, { volumeMounts: [{ name: 'host', mountPath: '/data' }] })]), 'may write to "/var/lib/data" of the node'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['spec.template.spec.containers[0].volumeMounts'];
