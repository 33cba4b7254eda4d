import type { DeliveredObject } from './delivered';
import { listOf } from './values';

/** What runs pods: a workload, or a pod itself. */
export interface Pod {
  readonly object: DeliveredObject;
  readonly kind: string;
  readonly namespace: string;
  readonly isWindows: boolean;
  readonly labels: { [key: string]: string };
  readonly annotations: { [key: string]: string };
  /** The name of its service account. */
  readonly serviceAccount: string;
  readonly spec: any;
  /** Where the pod's spec is in the object. */
  readonly location: string;
  /** Of all kinds: main, init and ephemeral ones. */
  readonly containers: Container[];
}

export interface Container {
  readonly name: string;
  /** Where it is in the object. */
  readonly location: string;
  readonly spec: any;
  readonly isInit: boolean;
}

/** Where each kind has the template of its pods. */
const TEMPLATES: { [kind: string]: string[] } = {
  Pod: [],
  Deployment: ['spec', 'template'],
  StatefulSet: ['spec', 'template'],
  DaemonSet: ['spec', 'template'],
  ReplicaSet: ['spec', 'template'],
  ReplicationController: ['spec', 'template'],
  Job: ['spec', 'template'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template'],
};

export function podOf(object: DeliveredObject): Pod | undefined {
  const { manifest } = object;
  const path = TEMPLATES[manifest.kind];
  const template = path?.reduce((value, key) => value?.[key], manifest);
  if (!template?.spec || !/^(v1|apps\/|batch\/)/.test(manifest.apiVersion ?? '')) {
    return undefined;
  }
  const location = [...path, 'spec'].join('.');
  return {
    object,
    kind: manifest.kind,
    namespace: manifest.metadata?.namespace ?? 'default',
    isWindows: template.spec.os?.name === 'windows' || template.spec.nodeSelector?.['kubernetes.io/os'] === 'windows',
    labels: template.metadata?.labels ?? {},
    annotations: template.metadata?.annotations ?? {},
    serviceAccount: template.spec.serviceAccountName ?? 'default',
    spec: template.spec,
    location,
    containers: ['containers', 'initContainers', 'ephemeralContainers'].flatMap(field =>
      listOf<any>(template.spec[field]).map((spec, i) => ({
        name: spec.name ?? String(i), location: `${location}.${field}[${i}]`, spec, isInit: field === 'initContainers',
      }))),
  };
}
