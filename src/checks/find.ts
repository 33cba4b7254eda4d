import { Finding } from './check';
import { DeliveredObject } from './delivered';
import { Platform } from './platform';
import { Container, Pod } from './pod';
import { Resource } from './resource';

/** Whoever delivers into these knows that they are the system's own, where the host is what is worked on. */
const SYSTEM_NAMESPACES = ['kube-system', 'kube-public', 'kube-node-lease'];

/** Where in the object something is wrong, and what. */
export type Wrong = [location: string, message: string] | false | undefined;

/** What is wrong with clusters, releases or objects. */
export function* inEach<T extends { readonly resource: Resource; readonly name?: string }>(items: T[], wrong: (item: T) => Wrong): Iterable<Finding> {
  for (const item of items) {
    yield* found(item, wrong(item));
  }
}

/** What is wrong with resources of these types. */
export function inResources(platform: Platform, types: string[], wrong: (resource: Resource) => Wrong): Iterable<Finding> {
  return inEach(platform.ofType(...types).map(resource => ({ resource })), ({ resource }) => wrong(resource));
}

/** What is wrong with objects of these kinds. */
export function inObjects(platform: Platform, kinds: string[], wrong: (object: DeliveredObject) => Wrong): Iterable<Finding> {
  return inEach(platform.ofKind(...kinds), wrong);
}

/** What is wrong with pods, those of the system's own namespaces aside. */
export function* inPods(platform: Platform, wrong: (pod: Pod) => Wrong): Iterable<Finding> {
  for (const pod of ownPods(platform)) {
    yield* found(pod.object, wrong(pod), pod.location);
  }
}

/** What is wrong with containers, init and ephemeral ones too, those of the system's own namespaces aside. */
export function* inContainers(platform: Platform, wrong: (container: Container, pod: Pod) => Wrong): Iterable<Finding> {
  for (const pod of ownPods(platform)) {
    for (const container of pod.containers) {
      yield* found(pod.object, wrong(container, pod), container.location);
    }
  }
}

function ownPods({ pods }: Platform): Pod[] {
  return pods.filter(({ namespace }) => !SYSTEM_NAMESPACES.includes(namespace));
}

function* found({ resource, name: object }: { resource: Resource; name?: string }, wrong: Wrong, within?: string): Iterable<Finding> {
  if (wrong) {
    const [location, message] = wrong;
    yield { resource, object, location: [within, location].filter(Boolean).join('.'), message };
  }
}
