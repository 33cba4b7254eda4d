import { ON_DELETE } from './claim';
import { each } from './concurrency';
import { Step } from './hand-over';
import { change, listKind, removeOnce } from './kinds';
import { KubeClient } from './kube-client';
import { describe, idOf, KubeObject } from './objects';
import { whatHolds } from './remove';
import { logged } from './request';

const CLAIM = { group: '', version: 'v1', kind: 'PersistentVolumeClaim' };
const VOLUME = { group: '', version: 'v1', kind: 'PersistentVolume' };
const POD = { group: '', version: 'v1', kind: 'Pod' };

/** A volume as EBS or EFS know it, with the claim it was made for. */
export function volumeName({ metadata, spec }: KubeObject): string {
  const { namespace, name } = spec.claimRef ?? {};
  return `${spec.csi?.volumeHandle ?? metadata.name}${name ? ` (${namespace}/${name})` : ''}`;
}

/**
 * Lets no volume go with its claim, whoever deletes that: a chart, a StatefulSet, a namespace. Only what a claim's own annotation says counts
 * more. Returns the names of the volumes that will stay behind.
 */
export async function keepVolumes(client: KubeClient, which: (annotation: string | undefined) => boolean): Promise<string[]> {
  const { resource, objects: volumes } = await listKind(client, VOLUME);
  const { objects: claims } = await listKind(client, CLAIM);
  const annotations = new Map(claims.map(({ metadata }) => [metadata.uid, metadata.annotations?.[ON_DELETE]]));
  const kept = volumes.filter(({ metadata, spec }) => !metadata.deletionTimestamp && which(annotations.get(spec.claimRef?.uid)));
  await each(kept.filter(({ spec }) => spec.persistentVolumeReclaimPolicy === 'Delete'), volume =>
    logged('retained', describe(idOf(volume)), () => change(client, resource!, volume, { spec: { persistentVolumeReclaimPolicy: 'Retain' } })));
  return kept.map(volumeName).sort();
}

/** PersistentVolumeClaims that no pod uses, with their volumes: deleted, until the CSI drivers have removed those. */
export function unusedVolumes(client: KubeClient): Step<KubeObject> {
  return {
    what: 'volumes',
    round: async () => {
      const { objects: pods } = await listKind(client, POD);
      const { resource, objects: claims } = await listKind(client, CLAIM);
      const used = new Set(pods.filter(isOnNode).flatMap(claimsOf));
      const unused = claims.filter(({ metadata }) => metadata.annotations?.[ON_DELETE] !== 'retain' && !used.has(`${metadata.namespace}/${metadata.name}`));
      await each(unused, claim => removeOnce(client, resource!, claim));
      const { objects: volumes } = await listKind(client, VOLUME);
      const going = volumes.filter(({ spec, status }) => spec.persistentVolumeReclaimPolicy === 'Delete' && ['Released', 'Failed'].includes(status?.phase));
      return [...unused, ...going];
    },
    explain: left => left.map(object => `${describe(idOf(object))}: ${object.status?.message ?? whatHolds(object)}`),
  };
}

function isOnNode({ spec, status }: KubeObject): boolean {
  return !!spec.nodeName && !['Succeeded', 'Failed'].includes(status?.phase);
}

function claimsOf({ metadata, spec }: KubeObject): string[] {
  return (spec.volumes ?? []).flatMap((volume: any) => {
    // The claim of an ephemeral volume is called after pod and volume.
    const name = volume.persistentVolumeClaim?.claimName ?? (volume.ephemeral && `${metadata.name}-${volume.name}`);
    return name ? [`${metadata.namespace}/${name}`] : [];
  });
}
