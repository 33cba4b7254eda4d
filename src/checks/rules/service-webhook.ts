import { Check } from '../check';

export const SERVICE_WEBHOOK: Check = {
  id: 'service-webhook',
  title: 'No Service waits for the load balancer controller',
  severity: 'warning',
  fix: 'Set enableServiceMutatorWebhook to false, and give Services that want an NLB a loadBalancerClass',
  reason: 'While the controller is down, as it is when the cluster comes up, no Service at all can be made.',
  link: 'https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/installation/',
  * find({ releases }) {
    for (const { resource, name: object, chartName, values } of releases) {
      if (chartName === 'aws-load-balancer-controller' && values.enableServiceMutatorWebhook !== false) {
        yield { resource, object, location: 'values.enableServiceMutatorWebhook', message: 'enableServiceMutatorWebhook is not false' };
      }
    }
  },
};
