import { each } from './concurrency';
import { Step } from './hand-over';
import { listKind, removeOnce } from './kinds';
import { KubeClient } from './kube-client';
import { describe, idOf, keyOf, KubeObject } from './objects';
import { pauseDeliverers } from './pause';
import { whatHolds } from './remove';

/** What makes load balancers in AWS. */
const MAKERS = [
  { group: 'networking.k8s.io', version: 'v1', kind: 'Ingress' },
  { group: 'gateway.networking.k8s.io', version: 'v1', kind: 'Gateway' },
  { group: '', version: 'v1', kind: 'Service' },
];

/** Ingresses, Gateways and Services of type LoadBalancer: deleted, until their controllers have taken the load balancers down. */
export function loadBalancers(client: KubeClient): Step<KubeObject> {
  const seen = new Map<string, string>();
  const returned = new Set<string>();
  return {
    what: 'load balancers',
    round: async () => {
      await pauseDeliverers(client);
      const left: KubeObject[] = [];
      for (const maker of MAKERS) {
        const { resource, objects } = await listKind(client, maker);
        const balanced = objects.filter(({ kind, spec }) => kind !== 'Service' || spec.type === 'LoadBalancer');
        await each(balanced, object => removeOnce(client, resource!, object));
        left.push(...balanced);
      }
      for (const object of left) {
        const key = keyOf(idOf(object));
        if (seen.has(key) && seen.get(key) !== object.metadata.uid) {
          returned.add(key);
        }
        seen.set(key, object.metadata.uid!);
      }
      return left;
    },
    explain: left => left.map(object => `${describe(idOf(object))}: ${returned.has(keyOf(idOf(object)))
      ? 'something makes it again whenever it is deleted'
      : whatHolds(object)}`),
  };
}
