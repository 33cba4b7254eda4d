import { Fn, Token } from 'aws-cdk-lib';
import { Bad, deliver, deployment, Good } from '../fixtures';

export const good: Good = {
  'the pod says who': stack => deliver(stack, [deployment()]),
  'the container says who': stack => deliver(stack, [deployment({ securityContext: {} }, { securityContext: { runAsUser: 1000 } })]),
  'a pod on Windows': stack => deliver(stack, [deployment({ os: { name: 'windows' }, securityContext: {} })]),
  'a pod that asks for nodes with Windows': stack => deliver(stack, [deployment({ nodeSelector: { 'kubernetes.io/os': 'windows' }, securityContext: {} }, { securityContext: {} })]),
  'a user that the deployment knows': stack => deliver(stack, [deployment({ securityContext: { runAsUser: Token.asNumber(Fn.ref('User')) } })]),
};

export const bad: Bad = {
  'nobody says who': [stack => deliver(stack, [deployment({ securityContext: {} })]), 'runAsNonRoot is not true'],
  'root by number': [stack => deliver(stack, [deployment({}, { securityContext: { runAsUser: 0 } })]), 'has runAsUser 0'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['spec.template.spec.containers[0].securityContext'];
