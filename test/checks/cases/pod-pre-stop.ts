import { Bad, deliver, deployment, Good } from '../fixtures';

const sleeps = (preStop: any, pod: any = {}) => deployment(pod, { lifecycle: { preStop } });

export const good: Good = {
  'no hook': stack => deliver(stack, [deployment()]),
  'a hook that ends in time': stack => deliver(stack, [sleeps({ sleep: { seconds: 10 } })]),
  'a longer grace period': stack => deliver(stack, [sleeps({ exec: { command: ['/bin/sleep', '45'] } }, { terminationGracePeriodSeconds: 60 })]),
  'a hook that does something else': stack => deliver(stack, [sleeps({ exec: { command: ['/app/drain', '--asleep', '99'] } }), { ...sleeps({ httpGet: { path: '/stop', port: 80 } }), metadata: { name: 'b', namespace: 'shop' } }]),
};

export const bad: Bad = {
  'the whole default grace period': [stack => deliver(stack, [sleeps({ sleep: { seconds: 30 } })]), 'container "web" sleeps for 30 seconds, and terminationGracePeriodSeconds is 30'],
  'a command': [stack => deliver(stack, [sleeps({ exec: { command: ['sleep', '20'] } }, { terminationGracePeriodSeconds: 15 })]), 'sleeps for 20 seconds, and terminationGracePeriodSeconds is 15'],
  'a shell': [stack => deliver(stack, [sleeps({ exec: { command: ['sh', '-c', 'sleep 60 && nginx -s quit'] } })]), 'sleeps for 60 seconds'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['spec.template.spec.containers[0].lifecycle.preStop'];
