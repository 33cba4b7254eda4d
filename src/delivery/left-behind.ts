import { CfnDeletionPolicy, CfnResource, Stack } from 'aws-cdk-lib';
import { TeardownVolumes } from './teardown-options';

/** The metadata entry that holds the list as data. */
export const LEFT_BEHIND = 'eks-slipway:left-behind';

/** One thing that is still there when a stack was deleted. */
export interface LeftBehind {
  /** Construct path, or what it is in words. */
  readonly what: string;
  readonly why: string;
  /** CloudFormation type, where it is a resource of the stack. */
  readonly type?: string;
}

const POLICIES: Partial<Record<CfnDeletionPolicy, string>> = {
  [CfnDeletionPolicy.RETAIN]: 'retained by its removal policy',
  [CfnDeletionPolicy.RETAIN_EXCEPT_ON_CREATE]: 'retained by its removal policy',
  [CfnDeletionPolicy.SNAPSHOT]: 'a last snapshot of it stays',
};

/** What a deletion of the stack does not remove, and why. */
export function leftBehind(stack: Stack, volumes: TeardownVolumes): LeftBehind[] {
  const resources = stack.node.findAll()
    .filter(CfnResource.isCfnResource)
    .filter(resource => goesWith(resource.stack, stack))
    .flatMap((resource): LeftBehind[] => {
      const { deletionPolicy } = resource.cfnOptions;
      const why = POLICIES[deletionPolicy ?? CfnDeletionPolicy.DELETE]
        ?? (resource.cfnResourceType === 'AWS::KMS::Key' ? 'KMS deletes a key only after its waiting period' : undefined);
      return why ? [{ what: resource.node.path.replace(/\/Resource$/, ''), type: resource.cfnResourceType, why }] : [];
    });
  return [
    ...resources,
    volumes === TeardownVolumes.RETAIN
      ? { what: 'volumes of PersistentVolumeClaims', why: '"volumes" of the teardown is RETAIN' }
      : { what: 'snapshots of volumes, and volumes of other drivers than EBS', why: 'the teardown does not know them' },
  ];
}

/** Nested stacks go with it; another stack that only stands below it in the tree does not. */
function goesWith(other: Stack, stack: Stack): boolean {
  return other === stack || (other.nestedStackParent !== undefined && goesWith(other.nestedStackParent, stack));
}
