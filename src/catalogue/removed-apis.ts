import { KUBERNETES_VERSIONS } from './kubernetes-versions';
import { minorOf } from '../private/minor-of';

/** An API that a Kubernetes version, or the newest release of the project that defines it, does not serve any more. */
export interface RemovedApi {
  readonly apiVersion: string;
  /** Of which kinds. All of it where none is named. */
  readonly kind?: string;
  /** The first minor version of Kubernetes without it; none where its project removed it. */
  readonly since?: number;
  /** What takes its place. */
  readonly instead: string;
}

/** The day on which the list was compared with Kubernetes' deprecation guide as far as it was known. */
export const REMOVED_APIS_CHECKED_ON = '2026-11-21';

/** @see https://kubernetes.io/docs/reference/using-api/deprecation-guide/ */
export const REMOVED_APIS: RemovedApi[] = [
  { apiVersion: 'extensions/v1beta1', since: 22, instead: 'apps/v1, networking.k8s.io/v1' },
  { apiVersion: 'networking.k8s.io/v1beta1', since: 22, instead: 'networking.k8s.io/v1' },
  { apiVersion: 'rbac.authorization.k8s.io/v1beta1', since: 22, instead: 'rbac.authorization.k8s.io/v1' },
  { apiVersion: 'admissionregistration.k8s.io/v1beta1', kind: 'ValidatingWebhookConfiguration', since: 22, instead: 'admissionregistration.k8s.io/v1' },
  { apiVersion: 'admissionregistration.k8s.io/v1beta1', kind: 'MutatingWebhookConfiguration', since: 22, instead: 'admissionregistration.k8s.io/v1' },
  { apiVersion: 'apiextensions.k8s.io/v1beta1', since: 22, instead: 'apiextensions.k8s.io/v1' },
  { apiVersion: 'apps/v1beta1', since: 16, instead: 'apps/v1' },
  { apiVersion: 'apps/v1beta2', since: 16, instead: 'apps/v1' },
  { apiVersion: 'batch/v1beta1', since: 25, instead: 'batch/v1' },
  { apiVersion: 'discovery.k8s.io/v1beta1', since: 25, instead: 'discovery.k8s.io/v1' },
  { apiVersion: 'autoscaling/v2beta1', since: 25, instead: 'autoscaling/v2' },
  { apiVersion: 'autoscaling/v2beta2', since: 26, instead: 'autoscaling/v2' },
  { apiVersion: 'policy/v1beta1', kind: 'PodDisruptionBudget', since: 25, instead: 'policy/v1' },
  { apiVersion: 'policy/v1beta1', kind: 'PodSecurityPolicy', since: 25, instead: 'Pod Security Admission: labels of the namespace' },
  { apiVersion: 'node.k8s.io/v1beta1', since: 25, instead: 'node.k8s.io/v1' },
  { apiVersion: 'storage.k8s.io/v1beta1', kind: 'CSIStorageCapacity', since: 27, instead: 'storage.k8s.io/v1' },
  { apiVersion: 'storage.k8s.io/v1beta1', kind: 'StorageClass', since: 22, instead: 'storage.k8s.io/v1' },
  { apiVersion: 'storage.k8s.io/v1beta1', kind: 'CSIDriver', since: 22, instead: 'storage.k8s.io/v1' },
  { apiVersion: 'scheduling.k8s.io/v1beta1', since: 22, instead: 'scheduling.k8s.io/v1' },
  { apiVersion: 'coordination.k8s.io/v1beta1', kind: 'Lease', since: 22, instead: 'coordination.k8s.io/v1' },
  { apiVersion: 'flowcontrol.apiserver.k8s.io/v1beta1', since: 26, instead: 'flowcontrol.apiserver.k8s.io/v1' },
  { apiVersion: 'flowcontrol.apiserver.k8s.io/v1beta2', since: 29, instead: 'flowcontrol.apiserver.k8s.io/v1' },
  { apiVersion: 'flowcontrol.apiserver.k8s.io/v1beta3', since: 32, instead: 'flowcontrol.apiserver.k8s.io/v1' },
  { apiVersion: 'karpenter.sh/v1alpha5', instead: 'karpenter.sh/v1' },
  { apiVersion: 'karpenter.k8s.aws/v1alpha1', instead: 'karpenter.k8s.aws/v1' },
  { apiVersion: 'karpenter.sh/v1beta1', instead: 'karpenter.sh/v1' },
  { apiVersion: 'karpenter.k8s.aws/v1beta1', instead: 'karpenter.k8s.aws/v1' },
];

/** The API that some version removes, if this is one. */
export function removedInSome(apiVersion: string, kind: string): RemovedApi | undefined {
  return REMOVED_APIS.find(api => api.apiVersion === apiVersion && (api.kind === undefined || api.kind === kind));
}

/** The API of Kubernetes itself that a version does not serve any more. An unknown version is at least the oldest that EKS offers. */
export function removedApi(apiVersion: string, kind: string, version = KUBERNETES_VERSIONS[0].version): RemovedApi | undefined {
  const api = removedInSome(apiVersion, kind);
  return api?.since !== undefined && api.since <= minorOf(version) ? api : undefined;
}
