import { Check } from '../check';
import { inEach } from '../find';

export const SERVICE_WEBHOOK: Check = {
  id: 'service-webhook',
  title: 'No Service waits for the load balancer controller',
  severity: 'warning',
  fix: 'Set enableServiceMutatorWebhook to false, and give Services that want an NLB a loadBalancerClass',
  reason: 'While the controller is down, as it is when the cluster comes up, no Service at all can be made.',
  link: 'https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/installation/',
  find: ({ releases }) => inEach(releases, ({ chartName, values }) =>
    chartName === 'aws-load-balancer-controller' && values.enableServiceMutatorWebhook !== false
    && ['values.enableServiceMutatorWebhook', 'enableServiceMutatorWebhook is not false']),
};
