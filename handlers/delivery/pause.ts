import { each } from './concurrency';
import { change, Kind, listKind } from './kinds';
import { KubeClient } from './kube-client';
import { describe, idOf, KubeObject } from './objects';
import { logged } from './request';

/** What brings objects back that somebody deletes, and how it is told to leave them. */
const DELIVERERS: (Kind & { readonly isActive: (object: KubeObject) => boolean; readonly patch: object })[] = [
  {
    group: 'argoproj.io', version: 'v1alpha1', kind: 'ApplicationSet',
    // First, because it would take back what is changed on its Applications.
    isActive: ({ spec }) => (spec?.syncPolicy?.applicationsSync ?? 'sync') !== 'create-only',
    patch: { spec: { syncPolicy: { applicationsSync: 'create-only' } } },
  },
  {
    group: 'argoproj.io', version: 'v1alpha1', kind: 'Application',
    isActive: ({ spec }) => !!spec?.syncPolicy?.automated && spec.syncPolicy.automated.enabled !== false,
    patch: { spec: { syncPolicy: { automated: null } } },
  },
  {
    group: 'kustomize.toolkit.fluxcd.io', version: 'v1', kind: 'Kustomization',
    isActive: ({ spec }) => !spec?.suspend,
    patch: { spec: { suspend: true } },
  },
  {
    group: 'helm.toolkit.fluxcd.io', version: 'v2', kind: 'HelmRelease',
    isActive: ({ spec }) => !spec?.suspend,
    patch: { spec: { suspend: true } },
  },
];

/** Stops Argo CD and Flux from bringing back what is about to be deleted. What they have delivered stays. */
export async function pauseDeliverers(client: KubeClient): Promise<void> {
  for (const deliverer of DELIVERERS) {
    const { resource, objects } = await listKind(client, deliverer);
    const active = objects.filter(object => !object.metadata.deletionTimestamp && deliverer.isActive(object));
    await each(active, object => logged('paused', describe(idOf(object)), () => change(client, resource!, object, deliverer.patch)));
  }
}
