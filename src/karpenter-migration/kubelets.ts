import { MigratedPool } from './common';

/**
 * Gives the kubelets of pools to their node classes, where v1 has them. Pools that share a class but not the kubelet get a class each: the one
 * that has none keeps the class as it is, or else the first.
 *
 * @returns the classes that had to be added
 */
export function moveKubelets(pools: MigratedPool[], classes: any[]): any[] {
  const byName = new Map(classes.map(object => [object.metadata.name, object]));
  const names = new Set(byName.keys());
  const added: any[] = [];
  for (const name of new Set(pools.map(poolClass))) {
    const sharing = pools.filter(pool => poolClass(pool) === name);
    const nodeClass = byName.get(name);
    if (!nodeClass) {
      sharing.filter(({ kubelet }) => kubelet).forEach(({ notes, kubelet }) =>
        notes.decide('kubelet', `belongs to the node class "${name}", which is not among the objects: write ${JSON.stringify(kubelet)} into its spec.kubelet`));
      continue;
    }
    const variants = new Map<string, MigratedPool[]>();
    for (const pool of sharing) {
      const key = JSON.stringify(pool.kubelet ?? null);
      variants.set(key, [...variants.get(key) ?? [], pool]);
    }
    const base = variants.has('null') ? 'null' : [...variants.keys()][0];
    for (const [key, users] of variants) {
      const target = key === base ? nodeClass : copy(nodeClass, freeName(`${name}-${users[0].object.metadata.name}`, names));
      if (key !== base) {
        added.push(target);
      }
      for (const { object, notes, kubelet } of users) {
        object.spec.template.spec.nodeClassRef.name = target.metadata.name;
        if (kubelet) {
          notes.changed('kubelet', `is spec.kubelet of the node class "${target.metadata.name}"`
            + (key === base ? '' : `, a copy of "${name}", which has other pools with another kubelet`));
          target.spec.kubelet = kubelet;
        }
      }
    }
  }
  return added;
}

const poolClass = ({ object }: MigratedPool): string => object.spec.template.spec.nodeClassRef.name;

function copy(nodeClass: any, name: string): any {
  const { kubelet, ...spec } = nodeClass.spec;
  return { ...nodeClass, metadata: { ...nodeClass.metadata, name }, spec: { ...spec } };
}

function freeName(name: string, names: Set<string>): string {
  let free = name;
  for (let i = 2; names.has(free); i++) {
    free = `${name}-${i}`;
  }
  names.add(free);
  return free;
}
