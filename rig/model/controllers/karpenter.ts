import { AwsModel } from '../aws-model';
import { Cluster } from '../cluster';
import { INSTANCE, launch, terminate } from '../instances';
import { hold, letGo } from './finalizer';

const FINALIZER = 'karpenter.sh/termination';
const PROFILE = 'AWS::IAM::InstanceProfile';
const CLASS_FINALIZER = 'karpenter.k8s.aws/termination';

/** Each NodePool gets one NodeClaim with an instance and a node, as if its workload needed one; they go with it, and the machine before its claim. */
export async function karpenter(cluster: Cluster, model: AwsModel): Promise<void> {
  const { objects } = cluster;
  if (!await objects.lives('kube-system', 'karpenter')) { return; }
  const claims = await objects.list('NodeClaim');
  for (const nodeClass of await objects.list('EC2NodeClass')) {
    if (!nodeClass.metadata.deletionTimestamp) {
      await hold(cluster, 'EC2NodeClass', nodeClass, CLASS_FINALIZER);
      haveProfile(cluster, model, nodeClass);
      await ready(cluster, 'EC2NodeClass', nodeClass);
    } else if (!claims.some(claim => claim.spec.nodeClassRef.name === nodeClass.metadata.name)) {
      model.world.remove({ type: PROFILE, id: profileOf(cluster, nodeClass) });
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

function profileOf(cluster: Cluster, nodeClass: any): string {
  return `${cluster.name}_${nodeClass.metadata.name}`;
}

/** A node class that names a role gets an instance profile with it. */
function haveProfile(cluster: Cluster, model: AwsModel, nodeClass: any): void {
  const id = profileOf(cluster, nodeClass);
  if (nodeClass.spec.role && !model.world.get(PROFILE, id)) {
    model.make(PROFILE, id, `EC2NodeClass ${nodeClass.metadata.name} of ${cluster.name}`, {
      Path: `/karpenter/${model.environment.region}/${cluster.name}/${nodeClass.metadata.uid}/`,
      Roles: [nodeClass.spec.role],
      Tags: [{ Key: `kubernetes.io/cluster/${cluster.name}`, Value: 'owned' }, { Key: 'karpenter.k8s.aws/ec2nodeclass', Value: nodeClass.metadata.name }],
    });
  }
}

async function reconcile(cluster: Cluster, model: AwsModel, claim: any): Promise<void> {
  const owner = `NodeClaim ${claim.metadata.name} of ${cluster.name}`;
  const instance = model.world.ofType(INSTANCE).find(thing => thing.owner === owner);
  if (claim.metadata.deletionTimestamp) {
    if (instance) { await terminate(model, instance); }
    await letGo(cluster, 'NodeClaim', claim, FINALIZER);
    return;
  }
  if (!instance) {
    const nodeClass = await cluster.objects.get('EC2NodeClass', '', claim.spec.nodeClassRef.name);
    await launch(model, cluster, owner, 0, {
      subnetId: nodeClass?.spec.subnetSelectorTerms?.[0]?.id,
      securityGroupIds: (nodeClass?.spec.securityGroupSelectorTerms ?? []).map((term: any) => term.id),
      labels: claim.metadata.labels,
      tags: [{ Key: 'karpenter.sh/nodepool', Value: claim.metadata.labels['karpenter.sh/nodepool'] }],
    });
    await ready(cluster, 'NodeClaim', claim);
  }
}

async function ready(cluster: Cluster, kind: string, object: any): Promise<void> {
  if (!object.status?.conditions?.some((c: any) => c.type === 'Ready' && c.status === 'True')) {
    const condition = { type: 'Ready', status: 'True', reason: 'Ready', message: '', lastTransitionTime: '2026-01-01T00:00:00Z', observedGeneration: object.metadata.generation };
    await cluster.objects.patch(object, kind, { status: { conditions: [condition] } }, '/status');
  }
}
