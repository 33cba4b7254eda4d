import { keyOf, idOf, KubeObject, ObjectId } from './objects';
import { Owner } from './owner';

/** Whose an object is. It names the object too: controllers copy annotations, and a copy on something else claims nothing. */
export const CLAIM = 'eks-slipway/claim';
/** Left on what was kept when its owner let go, so that the same owner may take it up again. */
export const RETAINED = 'eks-slipway/retained';
/** `retain` or `delete`: what becomes of the object when its owner no longer has it. */
export const ON_DELETE = 'eks-slipway/on-delete';

export function claimOf(owner: Owner, id: ObjectId): string {
  return `${owner}:${keyOf(id)}`;
}

/** The owner an annotation speaks of, if it is about this very object. */
function ownerIn(object: KubeObject, annotation: string): string | undefined {
  const value = object.metadata.annotations?.[annotation];
  const [cluster, stack, logicalId, ...key] = (value ?? '').split(':');
  return key.join(':') === keyOf(idOf(object)) ? [cluster, stack, logicalId].join(':') : undefined;
}

/** Undefined if nobody's claim covers the object. */
export function claimant(object: KubeObject): string | undefined {
  return ownerIn(object, CLAIM);
}

export function isClaimedBy(object: KubeObject, owner: Owner): boolean {
  return claimant(object) === owner.toString();
}

/** Nobody's claim covers it, but this owner, or another one of the stack, kept it when it let go. */
export function wasRetainedBy(object: KubeObject, owner: Owner): boolean {
  const retainer = claimant(object) === undefined ? ownerIn(object, RETAINED) : undefined;
  return retainer !== undefined && (retainer === owner.toString() || owner.siblingIn(retainer) !== undefined);
}
