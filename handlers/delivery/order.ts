import { groupOf, KubeObject, ObjectId } from './objects';

/**
 * The order Helm installs in, as stages: what stands in one stage does not depend on its neighbours and is delivered together.
 * Webhook configurations follow the workloads that serve them; a kind not named here is a custom resource and comes last.
 * Removal goes through the stages backwards, each one gone before the next is touched.
 */
const STAGES: string[][] = [
  ['Namespace'],
  ['CustomResourceDefinition'],
  ['PriorityClass', 'StorageClass', 'IngressClass', 'RuntimeClass', 'VolumeSnapshotClass', 'CSIDriver', 'GatewayClass'],
  ['NetworkPolicy', 'ResourceQuota', 'LimitRange', 'PodDisruptionBudget'],
  ['ServiceAccount', 'Secret', 'ConfigMap', 'PersistentVolume', 'ClusterRole', 'Role'],
  ['PersistentVolumeClaim', 'ClusterRoleBinding', 'RoleBinding'],
  ['Service'],
  ['DaemonSet', 'Pod', 'ReplicationController', 'ReplicaSet', 'Deployment', 'HorizontalPodAutoscaler', 'StatefulSet', 'Job', 'CronJob'],
  ['Ingress'],
  ['APIService'],
  ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration', 'ValidatingAdmissionPolicy', 'MutatingAdmissionPolicy'],
  ['ValidatingAdmissionPolicyBinding', 'MutatingAdmissionPolicyBinding'],
];

/** Kubernetes' own API groups; elsewhere a kind may bear the same name and be a custom resource (Knative's `Service`). */
function isBuiltIn(group: string): boolean {
  return !group.includes('.') || group.endsWith('.k8s.io');
}

export function stageOf(id: Pick<ObjectId, 'group' | 'kind'>): number {
  const stage = isBuiltIn(id.group) ? STAGES.findIndex(kinds => kinds.includes(id.kind)) : -1;
  return stage < 0 ? STAGES.length : stage;
}

/** The stage of custom resources: their order among themselves is the one they were given in. */
export const CUSTOM_STAGE = STAGES.length;

export interface Stage<T> {
  readonly number: number;
  readonly items: T[];
}

/** Items by stage, first stage first. Within a stage the given order stays. */
export function inStages<T>(items: readonly T[], idOfItem: (item: T) => Pick<ObjectId, 'group' | 'kind'>): Stage<T>[] {
  const stages = new Map<number, T[]>();
  for (const item of items) {
    const number = stageOf(idOfItem(item));
    stages.set(number, [...stages.get(number) ?? [], item]);
  }
  return [...stages].sort(([a], [b]) => a - b).map(([number, members]) => ({ number, items: members }));
}

export function isCrd(object: KubeObject): boolean {
  return object.kind === 'CustomResourceDefinition' && groupOf(object.apiVersion) === 'apiextensions.k8s.io';
}
