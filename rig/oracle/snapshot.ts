import { ControlPlane } from '../control-plane/control-plane';
import { isSame } from '../engine/difference';

/** Objects by kind, namespace and name, without what changes by itself. */
export type Snapshot = Map<string, { readonly uid: string; readonly content: any }>;

/** Kinds that the control plane makes and renews by itself. */
const IGNORED = new Set([
  'events', 'leases', 'endpoints', 'endpointslices', 'componentstatuses', 'csinodes', 'ipaddresses', 'volumeattachments', 'controllerrevisions',
  'flowschemas', 'prioritylevelconfigurations', 'bindings', 'apiservices', 'csistoragecapacities',
]);
/** What a controller makes for its owner has another name each time. */
const DERIVED = new Set(['Pod', 'ReplicaSet', 'Job']);

/** All objects of a cluster, but for those that come and go by themselves. */
export async function takeSnapshot(plane: ControlPlane): Promise<Snapshot> {
  const snapshot: Snapshot = new Map();
  await Promise.all((await collections(plane)).map(async path => {
    const { status, body } = await plane.request('GET', path);
    if (status !== 200) { return; }
    const kind = String(body.kind).replace(/List$/, '');
    for (const object of body.items) {
      const { metadata } = object;
      const isDerived = DERIVED.has(kind) && metadata.ownerReferences?.some((owner: any) => owner.controller);
      const isHelmRecord = kind === 'Secret' && object.type === 'helm.sh/release.v1';
      if (isDerived || isSuperseded(object)) { continue; }
      const name = isHelmRecord ? `helm release ${metadata.labels.name} ${metadata.labels.status}` : metadata.name;
      const isBookkeeping = isHelmRecord || isInventory(kind, object);
      snapshot.set([path.split('/').slice(1, -1).join('/'), kind, metadata.namespace ?? '', name].join(' ').trim(), {
        uid: isBookkeeping ? '' : metadata.uid,
        content: isHelmRecord ? {} : essence(kind, object),
      });
    }
  }));
  leaveOutScaled(snapshot);
  return snapshot;
}

/**
 * What is different, one line for each; none if the clusters are alike.
 *
 * @param uids whether an object that was made anew counts as another one
 */
export function differencesBetween(before: Snapshot, after: Snapshot, uids = false): string[] {
  const lines: string[] = [];
  for (const [key, { uid, content }] of before) {
    const other = after.get(key);
    if (!other) {
      lines.push(`missing: ${key}`);
    } else if (!isSame(content, other.content)) {
      lines.push(`changed: ${key} (${changedFields(content, other.content).join(', ')})`);
    } else if (uids && uid !== other.uid) {
      lines.push(`made anew: ${key}`);
    }
  }
  for (const key of after.keys()) {
    if (!before.has(key)) { lines.push(`left over: ${key}`); }
  }
  return lines.sort();
}

async function collections(plane: ControlPlane): Promise<string[]> {
  const { body: core } = await plane.request('GET', '/api/v1');
  const { body: groups } = await plane.request('GET', '/apis');
  const lists = await Promise.all(groups.groups.map(async ({ preferredVersion: { groupVersion } }: any) =>
    ({ root: `/apis/${groupVersion}`, list: (await plane.request('GET', `/apis/${groupVersion}`)).body })));
  return [{ root: '/api/v1', list: core }, ...lists].flatMap(({ root, list }) => (list.resources ?? [])
    .filter((r: any) => !r.name.includes('/') && r.verbs.includes('list') && !IGNORED.has(r.name))
    .map((r: any) => `${root}/${r.name}`));
}

/** How many replicas there are of what an autoscaler scales is the autoscaler's. */
function leaveOutScaled(snapshot: Snapshot): void {
  for (const [key, { content }] of snapshot) {
    if (!key.includes(' HorizontalPodAutoscaler ')) { continue; }
    const { kind, name } = content.spec.scaleTargetRef;
    const target = snapshot.get(`apis/apps/v1 ${kind} ${key.split(' ')[2]} ${name}`);
    if (target) { delete target.content.spec.replicas; }
  }
}

/** What the delivery function keeps of a custom resource. */
function isInventory(kind: string, { metadata, data }: any): boolean {
  return kind === 'ConfigMap' && data?.requests && metadata.labels?.['app.kubernetes.io/managed-by'] === 'eks-slipway';
}

function isSuperseded(object: any): boolean {
  return object.type === 'helm.sh/release.v1' && object.metadata.labels?.status === 'superseded';
}

/** What somebody wanted, not what became of it. */
function essence(kind: string, object: any): any {
  const { status, metadata, ...rest } = object;
  const { labels, annotations = {}, finalizers } = metadata;
  const kept = Object.fromEntries(Object.entries(annotations).filter(([name]) => !/^(deployment\.kubernetes\.io|deprecated\.daemonset)/.test(name)));
  // Where its owner has it again, nobody reads that it had let go of it once; a rollback to that moment would.
  if (kept['eks-slipway/claim']) { delete kept['eks-slipway/retained']; }
  if (kind === 'Service' && rest.spec.clusterIP !== 'None') {
    // Given once for a uid.
    const { clusterIP, clusterIPs, ...spec } = rest.spec;
    rest.spec = spec;
  }
  if (isInventory(kind, object)) {
    rest.data = { objects: (JSON.parse(rest.data.objects) as any[]).map(({ kind: k, namespace, name }) => `${k} ${namespace} ${name}`).sort() };
  }
  return { metadata: { labels, annotations: kept, finalizers }, ...rest };
}

function changedFields(a: any, b: any, path = ''): string[] {
  const isNode = (value: any) => typeof value === 'object' && value !== null && !Array.isArray(value);
  if (!isNode(a) || !isNode(b)) { return isSame(a, b) ? [] : [path]; }
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].flatMap(key => changedFields(a[key], b[key], `${path}.${key}`)).slice(0, 5);
}
