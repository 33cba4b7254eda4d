import { Bad, Good, cluster, deliver, deployment } from '../fixtures';

export const good: Good = {
  'what is served': stack => deliver(stack, [deployment()]),
  'what is gone, which is an error of another check': stack => deliver(stack, [{ apiVersion: 'flowcontrol.apiserver.k8s.io/v1beta3', kind: 'FlowSchema', metadata: { name: 'a' } }], cluster(stack)),
};

export const bad: Bad = {
  'what goes next': [stack => deliver(stack, [{ apiVersion: 'flowcontrol.apiserver.k8s.io/v1beta3', kind: 'FlowSchema', metadata: { name: 'a' } }], cluster(stack, { Version: '1.31' })), 'flowcontrol.apiserver.k8s.io/v1beta3 is removed in Kubernetes 1.32'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['apiVersion'];
