import { Bad, deliver, deployment, Good } from '../fixtures';

const scales = (kind: string, scaleTargetRef: any) => ({ apiVersion: 'x/v1', kind, metadata: { name: 'web', namespace: 'shop' }, spec: { scaleTargetRef } });

export const good: Good = {
  'a HorizontalPodAutoscaler': stack => deliver(stack, [deployment(), scales('HorizontalPodAutoscaler', { kind: 'Deployment', name: 'web' })]),
  'a ScaledObject, which means a Deployment': stack => deliver(stack, [deployment(), scales('ScaledObject', { name: 'web' })]),
  'no Deployment': stack => deliver(stack, [{ ...deployment(), kind: 'StatefulSet' }]),
};

export const bad: Bad = {
  'nothing': [stack => deliver(stack, [deployment()]), 'nothing scales it'],
  'one of something else': [stack => deliver(stack, [deployment(), scales('HorizontalPodAutoscaler', { kind: 'StatefulSet', name: 'web' })]), 'nothing scales it'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['spec.template.spec'];
