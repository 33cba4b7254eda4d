import { Cluster } from '../cluster';

/** Puts a finalizer on an object that has none of this name. */
export async function hold(cluster: Cluster, kind: string, object: any, finalizer: string): Promise<void> {
  const finalizers: string[] = object.metadata.finalizers ?? [];
  if (!finalizers.includes(finalizer)) {
    await setFinalizers(cluster, kind, object, [...finalizers, finalizer]);
  }
}

export async function letGo(cluster: Cluster, kind: string, object: any, finalizer: string): Promise<void> {
  const finalizers: string[] = object.metadata.finalizers ?? [];
  await setFinalizers(cluster, kind, object, finalizers.filter(name => name !== finalizer));
}

async function setFinalizers(cluster: Cluster, kind: string, object: any, finalizers: string[]): Promise<void> {
  await cluster.objects.patch(object, kind, { metadata: { resourceVersion: object.metadata.resourceVersion, finalizers } });
}
