import { Finding } from './check';
import { DeliveredObject } from './delivered';
import { Platform } from './platform';
import { Container, Pod } from './pod';

/** Whoever delivers into these knows that they are the system's own, where the host is what is worked on. */
const SYSTEM_NAMESPACES = ['kube-system', 'kube-public', 'kube-node-lease'];

/** Where in the object something is wrong, and what. */
export type Wrong = [location: string, message: string] | false | undefined;

/** What is wrong with objects of these kinds. */
export function* inObjects(platform: Platform, kinds: string[], wrong: (object: DeliveredObject) => Wrong): Iterable<Finding> {
  for (const object of platform.ofKind(...kinds)) {
    yield* found(object, wrong(object));
  }
}

/** What is wrong with pods, those of the system's own namespaces aside. */
export function* inPods(platform: Platform, wrong: (pod: Pod) => Wrong): Iterable<Finding> {
  for (const pod of platform.pods.filter(({ namespace }) => !SYSTEM_NAMESPACES.includes(namespace))) {
    yield* found(pod.object, wrong(pod), pod.location);
  }
}

/** What is wrong with containers, init and ephemeral ones too, those of the system's own namespaces aside. */
export function* inContainers(platform: Platform, wrong: (container: Container, pod: Pod) => Wrong): Iterable<Finding> {
  for (const pod of platform.pods.filter(({ namespace }) => !SYSTEM_NAMESPACES.includes(namespace))) {
    for (const container of pod.containers) {
      yield* found(pod.object, wrong(container, pod), container.location);
    }
  }
}

function* found({ resource, name: object }: DeliveredObject, wrong: Wrong, within?: string): Iterable<Finding> {
  if (wrong) {
    const [location, message] = wrong;
    yield { resource, object, location: [within, location].filter(Boolean).join('.'), message };
  }
}
