import { AwsModel } from '../aws-model';
import { Cluster, nodeName } from '../cluster';
import { hash } from '../identity';
import { hold, letGo } from './finalizer';

const FINALIZER = 'karpenter.sh/termination';
const CLASS_FINALIZER = 'karpenter.k8s.aws/termination';

/** Each NodePool gets one NodeClaim with an instance and a node, as if its workload needed one; they go with it, and the machine before its claim. */
export async function karpenter(cluster: Cluster, model: AwsModel): Promise<void> {
  const { objects } = cluster;
  if (!await objects.lives('kube-system', 'karpenter')) { return; }
  const claims = await objects.list('NodeClaim');
  for (const nodeClass of await objects.list('EC2NodeClass')) {
    if (!nodeClass.metadata.deletionTimestamp) {
      await hold(cluster, 'EC2NodeClass', nodeClass, CLASS_FINALIZER);
      await ready(cluster, 'EC2NodeClass', nodeClass);
    } else if (!claims.some(claim => claim.spec.nodeClassRef.name === nodeClass.metadata.name)) {
      await letGo(cluster, 'EC2NodeClass', nodeClass, CLASS_FINALIZER);
    }
  }
  for (const pool of await objects.list('NodePool')) {
    const name = `${pool.metadata.name}-0`;
    if (pool.metadata.deletionTimestamp) { continue; }
    await ready(cluster, 'NodePool', pool);
    if (!claims.some(claim => claim.metadata.name === name)) {
      const { nodeClassRef, requirements } = pool.spec.template.spec;
      await objects.apply({
        apiVersion: 'karpenter.sh/v1',
        kind: 'NodeClaim',
        metadata: {
          name,
          labels: { 'karpenter.sh/nodepool': pool.metadata.name },
          finalizers: [FINALIZER],
          ownerReferences: [{ apiVersion: 'karpenter.sh/v1', kind: 'NodePool', name: pool.metadata.name, uid: pool.metadata.uid, blockOwnerDeletion: true }],
        },
        spec: { nodeClassRef, requirements },
      });
    }
  }
  for (const claim of claims) {
    await reconcile(cluster, model, claim);
  }
}

async function reconcile(cluster: Cluster, model: AwsModel, claim: any): Promise<void> {
  const owner = `NodeClaim ${claim.metadata.name} of ${cluster.name}`;
  const instance = model.world.ofType('AWS::EC2::Instance').find(thing => thing.owner === owner);
  if (claim.metadata.deletionTimestamp) {
    if (instance) {
      await cluster.removeNode(instance.properties.PrivateDnsName);
      model.world.remove(instance);
    }
    await letGo(cluster, 'NodeClaim', claim, FINALIZER);
    return;
  }
  if (!instance) {
    const nodeClass = await cluster.objects.get('EC2NodeClass', '', claim.spec.nodeClassRef.name);
    const node = nodeName(owner, 0);
    model.make('AWS::EC2::Instance', `i-${hash(owner).slice(0, 17)}`, owner, {
      PrivateDnsName: node,
      SubnetId: nodeClass?.spec.subnetSelectorTerms?.[0]?.id,
      SecurityGroupIds: (nodeClass?.spec.securityGroupSelectorTerms ?? []).map((term: any) => term.id),
    });
    await cluster.addNode(node, { ...claim.metadata.labels });
    await ready(cluster, 'NodeClaim', claim);
  }
}

async function ready(cluster: Cluster, kind: string, object: any): Promise<void> {
  if (!object.status?.conditions?.some((c: any) => c.type === 'Ready' && c.status === 'True')) {
    const condition = { type: 'Ready', status: 'True', reason: 'Ready', message: '', lastTransitionTime: '2026-01-01T00:00:00Z', observedGeneration: object.metadata.generation };
    await cluster.objects.patch(object, kind, { status: { conditions: [condition] } }, '/status');
  }
}
