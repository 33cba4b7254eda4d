import { each } from './concurrency';
import { Step } from './hand-over';
import { listKind, removeOnce } from './kinds';
import { KubeClient } from './kube-client';
import { describe, idOf, KubeObject } from './objects';
import { whatHolds } from './remove';

const POOL = { group: 'karpenter.sh', version: 'v1', kind: 'NodePool' };
const NODE_CLAIM = { group: 'karpenter.sh', version: 'v1', kind: 'NodeClaim' };
const POD = { group: '', version: 'v1', kind: 'Pod' };
const BUDGET = { group: 'policy', version: 'v1', kind: 'PodDisruptionBudget' };
/** @see https://docs.aws.amazon.com/eks/latest/userguide/set-builtin-node-pools.html */
const BUILT_IN = ['general-purpose', 'system'];
const POOL_LABEL = 'karpenter.sh/nodepool';

/**
 * Node pools of Karpenter: deleted, until it has drained and ended every node of theirs.
 *
 * @param ignoreBudgetsAfter seconds after which pods that are still on such a node are deleted, as Karpenter does itself at the end of a
 * `terminationGracePeriod`; without it, disruption budgets are respected to the end
 */
export function karpenterNodes(client: KubeClient, ignoreBudgetsAfter?: number): Step<KubeObject> {
  return {
    what: 'nodes of Karpenter',
    round: async () => {
      const pools = await listKind(client, POOL);
      // The pools that come with Auto Mode: EKS would make them again, and ends their nodes with the cluster.
      const builtIn = pools.objects.filter(({ metadata, spec }) =>
        spec.template?.spec?.nodeClassRef?.group === 'eks.amazonaws.com' && BUILT_IN.includes(metadata.name));
      const going = pools.objects.filter(pool => !builtIn.includes(pool));
      await each(going, pool => removeOnce(client, pools.resource!, pool));

      const all = await listKind(client, NODE_CLAIM);
      const claims = all.objects.filter(({ metadata }) => !builtIn.some(pool => pool.metadata.name === metadata.labels?.[POOL_LABEL]));
      await each(claims, claim => removeOnce(client, all.resource!, claim));
      if (ignoreBudgetsAfter !== undefined) {
        await endPods(client, claims.filter(({ metadata }) => isOlderThan(metadata.deletionTimestamp, ignoreBudgetsAfter)));
      }
      return [...going, ...claims];
    },
    explain: async left => {
      const claims = left.filter(({ kind }) => kind === 'NodeClaim');
      const pods = await podsOn(client, claims);
      const namespaces = new Set(pods.map(({ metadata }) => metadata.namespace));
      const budgets = (await listKind(client, BUDGET)).objects
        .filter(({ metadata, status }) => namespaces.has(metadata.namespace) && status?.disruptionsAllowed === 0)
        .map(({ metadata }) => `${metadata.namespace}/${metadata.name}`);
      return [
        ...budgets.length > 0 ? [`PodDisruptionBudgets that allow no disruption now: ${budgets.sort().join(', ')}`] : [],
        ...left.map(object => {
          const own = pods.filter(({ spec }) => spec.nodeName === object.status?.nodeName).map(({ metadata }) => `${metadata.namespace}/${metadata.name}`);
          const running = own.length > 0 ? `, on it run ${own.slice(0, 3).join(', ')}${own.length > 3 ? ` and ${own.length - 3} more` : ''}` : '';
          return `${describe(idOf(object))}${running}: ${whatHolds(object)}`;
        }),
      ];
    },
  };
}

async function endPods(client: KubeClient, claims: KubeObject[]): Promise<void> {
  const { resource } = await listKind(client, POD);
  await each(await podsOn(client, claims), pod => removeOnce(client, resource!, pod));
}

/** What keeps a node from being drained: neither pods of DaemonSets, nor the kubelet's own. */
async function podsOn(client: KubeClient, claims: KubeObject[]): Promise<KubeObject[]> {
  const nodes = new Set(claims.map(({ status }) => status?.nodeName).filter(Boolean));
  if (nodes.size === 0) {
    return [];
  }
  return (await listKind(client, POD)).objects.filter(({ metadata, spec, status }) => nodes.has(spec.nodeName)
    && !['Succeeded', 'Failed'].includes(status?.phase)
    && !(metadata.ownerReferences ?? []).some(({ kind }: any) => kind === 'DaemonSet' || kind === 'Node'));
}

function isOlderThan(timestamp: string | undefined, seconds: number): boolean {
  return timestamp !== undefined && Date.now() - Date.parse(timestamp) > seconds * 1000;
}
