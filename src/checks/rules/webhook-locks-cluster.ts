import { Check } from '../check';
import { inObjects } from '../find';

function excludes({ namespaceSelector, objectSelector, matchConditions, clientConfig }: any): boolean {
  const isSet = (selector: any) => Object.keys(selector?.matchLabels ?? {}).length > 0 || selector?.matchExpressions?.length > 0;
  return clientConfig?.url !== undefined || isSet(namespaceSelector) || isSet(objectSelector) || matchConditions?.length > 0;
}

export const WEBHOOK_LOCKS_CLUSTER: Check = {
  id: 'webhook-locks-cluster',
  title: 'No webhook stands in the way of its own pods',
  severity: 'warning',
  fix: 'Exclude its own namespace and kube-system by namespaceSelector, or set failurePolicy to Ignore',
  reason: 'When its pods are down nothing can be created any more, they themselves included.',
  link: 'https://docs.aws.amazon.com/eks/latest/best-practices/cluster-upgrades.html',
  find: platform => inObjects(platform, ['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration'], ({ manifest: { webhooks = [] } }) => {
    const index = webhooks.findIndex((webhook: any) => (webhook.failurePolicy ?? 'Fail') === 'Fail' && !excludes(webhook)
      && (webhook.rules ?? []).some((rule: any) => ['*', 'pods', '*/*'].some(resource => rule.resources?.includes(resource)) && ['*', ''].some(group => rule.apiGroups?.includes(group))));
    return index >= 0 && [`webhooks[${index}]`, `"${webhooks[index].name}" fails every pod while it is down, of every namespace`];
  }),
};
