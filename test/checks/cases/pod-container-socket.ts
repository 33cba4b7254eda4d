import { Bad, deliver, deployment, Good } from '../fixtures';

export const good: Good = {
  'another path': stack => deliver(stack, [deployment({ volumes: [{ name: 'host', hostPath: { path: '/var/log' } }] })]),
};

export const bad: Bad = {
  'the socket of containerd': [stack => deliver(stack, [deployment({ volumes: [{ name: 'runtime', hostPath: { path: '/run/containerd/containerd.sock' } }] })]), 'volume "runtime" is the socket'],
  'that of docker': [stack => deliver(stack, [deployment({ volumes: [{ name: 'docker', hostPath: { path: '/var/run/docker.sock' } }] })]), 'docker.sock'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['spec.template.spec.volumes'];
