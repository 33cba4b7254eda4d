import { deliver, withdraw } from './chart';
import { sleep } from './concurrency';
import { parseJson } from './content';
import { ApiResource } from './discovery';
import { applyJsonPatch } from './json-patch';
import { readPath } from './json-path';
import { KubeError } from './kube-error';
import { flatten, KubeObject } from './objects';
import { isTrue, logged, Outcome, Request, seconds } from './request';

/**
 * `Custom::AWSCDK-EKS-KubernetesResource`, what `cluster.addManifest` emits. `PruneLabel` is not needed: the inventory knows better what to
 * prune. As with kubectl, nothing is waited for.
 */
export async function kubernetesManifest(request: Request): Promise<Outcome> {
  const { event } = request;
  const properties = event.ResourceProperties;
  if (event.RequestType === 'Delete') {
    return withdraw(request, false, async () => manifest(properties));
  }
  return deliver(request, {
    objects: flatten(parseJson(String(properties.Manifest), '"Manifest"')),
    adopt: isTrue(properties.Overwrite, false),
    retain: false,
    wait: false,
    validation: isTrue(properties.SkipValidation, false) ? 'Ignore' : 'Strict',
  }, async () => manifest(event.OldResourceProperties));
}

/** What was delivered, as far as it can be told. */
function manifest({ Manifest }: Record<string, unknown> = {}): KubeObject[] {
  try {
    return flatten(parseJson(String(Manifest), '"Manifest"'));
  } catch {
    return [];
  }
}

const PATCH_TYPES: Record<string, string> = {
  strategic: 'application/strategic-merge-patch+json',
  merge: 'application/merge-patch+json',
  json: 'application/json-patch+json',
};

/** `Custom::AWSCDK-EKS-KubernetesPatch`: a patch that is taken back with another one. */
export async function kubernetesPatch(request: Request): Promise<Outcome> {
  const { event } = request;
  const properties = event.ResourceProperties;
  if (event.RequestType === 'Delete') {
    await patch(request, properties, properties.RestorePatchJson);
    return {};
  }
  const old = event.OldResourceProperties;
  if (old && targetOf(old) !== targetOf(properties)) {
    await patch(request, old, old.RestorePatchJson);
  }
  await patch(request, properties, (old ?? properties).RestorePatchJson, properties.ApplyPatchJson);
  return {};
}

/** Of a JSON patch too which kind of patch it is: it is not just replaced by another. */
function targetOf(properties: Record<string, unknown>): string {
  return `${properties.ResourceNamespace ?? 'default'} ${properties.ResourceName} ${properties.PatchType === 'json'}`;
}

/** Without `apply` what was applied is taken back. */
async function patch(request: Request, properties: Record<string, unknown>, restore: unknown, apply?: unknown): Promise<void> {
  const { client, owner, event } = request;
  const goneIsFine = apply === undefined;
  const [type, name] = String(properties.ResourceName).split('/');
  const patchType = String(properties.PatchType ?? 'strategic');
  const resource = await client.discovery.findByName(type);
  if (!resource || !name) {
    if (goneIsFine && name) {
      return;
    }
    throw new Error(`"ResourceName" is "${properties.ResourceName}": give a kind that the cluster knows and a name, such as deployment/coredns`);
  }
  if (!PATCH_TYPES[patchType]) {
    throw new Error(`"PatchType" is "${patchType}": give one of ${Object.keys(PATCH_TYPES).join(', ')}`);
  }
  const namespace = resource.namespaced ? String(properties.ResourceNamespace ?? 'default') : '';
  try {
    await logged('patched', `${resource.kind} ${namespace ? `${namespace}/` : ''}${name}`, async () => {
      const [back, forth] = [restore, apply].map(text => text === undefined ? undefined : parseJson(String(text), 'the patch'));
      if (patchType === 'json') {
        await applyJsonPatch(client, owner, event.RequestId, { resource, namespace, name, restore: back, apply: forth });
      } else {
        await client.patch(resource, namespace, name, forth ?? back, PATCH_TYPES[patchType]);
      }
    });
  } catch (error) {
    if (goneIsFine && error instanceof KubeError && error.status === 404) {
      return;
    }
    throw new Error(`${resource.kind} ${namespace ? `${namespace}/` : ''}${name} cannot be patched: ${(error as Error).message}`);
  }
}

/** `Custom::AWSCDK-EKS-KubernetesObjectValue`: waits until a field of an object has a value, and returns it. */
export async function kubernetesObjectValue(request: Request): Promise<Outcome> {
  const { event, client } = request;
  if (event.RequestType === 'Delete') {
    return {};
  }
  const { ObjectType, ObjectName, ObjectNamespace, JsonPath, TimeoutSeconds } = event.ResourceProperties as Record<string, string>;
  readPath({}, JsonPath);
  const until = Math.min(request.deadline, Date.now() + seconds(TimeoutSeconds, 300) * 1000);
  const namespace = ObjectNamespace ?? 'default';
  for (let delay = 500; ; delay = Math.min(5000, delay * 1.5)) {
    const resource: ApiResource | undefined = await client.discovery.findByName(ObjectType);
    const object = resource && await client.get(resource, namespace, ObjectName);
    const value = object ? readPath(object, JsonPath) : '';
    if (value) {
      return { data: { Value: value }, noEcho: resource?.group === '' && resource.kind === 'Secret' };
    }
    if (Date.now() + delay > until) {
      const missing = !resource ? `the cluster knows no kind "${ObjectType}"` : !object ? 'there is no such object' : 'the field has no value';
      throw new Error(`${ObjectType} ${namespace}/${ObjectName}: no value at "${JsonPath}" in time: ${missing}`);
    }
    await sleep(delay);
  }
}
