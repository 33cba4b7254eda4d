import { Check } from '../check';
import { inObjects } from '../find';
import { known, listOf } from '../values';

/** The label that every namespace has with its own name. */
const NAME = 'kubernetes.io/metadata.name';

function excludes({ namespaceSelector, objectSelector, matchConditions, clientConfig }: any): boolean {
  const isSet = (selector: any) => Object.keys(selector?.matchLabels ?? {}).length > 0 || listOf(selector?.matchExpressions).length > 0;
  return clientConfig?.url !== undefined || isSet(objectSelector) || listOf(matchConditions).length > 0
    || (isSet(namespaceSelector) && !takesOwn(namespaceSelector, clientConfig?.service?.namespace));
}

/** Whether a selector surely takes a namespace: it goes by names alone, and this is none that it leaves out. */
function takesOwn({ matchLabels, matchExpressions }: any, namespace: any): boolean {
  const isByNames = known(namespace) !== undefined && Object.keys(matchLabels ?? {}).length === 0;
  return isByNames && listOf<any>(matchExpressions).every(({ key, operator, values }) =>
    key === NAME && operator === 'NotIn' && !listOf(values).some(value => known(value) === undefined || value === namespace));
}

export const WEBHOOK_LOCKS_CLUSTER: Check = {
  id: 'webhook-locks-cluster',
  title: 'No webhook stands in the way of its own pods',
  severity: 'warning',
  fix: 'Exclude its own namespace and kube-system by namespaceSelector, or set failurePolicy to Ignore',
  reason: 'When its pods are down nothing can be created any more, they themselves included.',
  link: 'https://docs.aws.amazon.com/eks/latest/best-practices/cluster-upgrades.html',
  find: platform => inObjects(platform, ['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration'], ({ manifest: { webhooks } }) => {
    const index = listOf<any>(webhooks).findIndex((webhook: any) => (webhook.failurePolicy ?? 'Fail') === 'Fail' && !excludes(webhook)
      && listOf<any>(webhook.rules).some((rule: any) => ['*', 'pods', '*/*'].some(resource => listOf(rule.resources).includes(resource)) && ['*', ''].some(group => listOf(rule.apiGroups).includes(group))));
    const { name, namespaceSelector } = listOf<any>(webhooks)[index] ?? {};
    return index >= 0 && [`webhooks[${index}]`, `"${name}" fails every pod while it is down, of ${namespaceSelector ? 'its own namespace too' : 'every namespace'}`];
  }),
};
