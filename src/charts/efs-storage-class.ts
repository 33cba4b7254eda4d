import { Tokenization } from 'aws-cdk-lib';
import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { clusterScoped } from './cluster-scoped';
import { VolumeReclaimPolicy } from './gp3-storage-class';
import { checkInteger } from '../private/check-number';
import { checkText } from '../private/check-text';
import { checkDnsSubdomain } from '../private/kubernetes-names';

/** What an `EfsStorageClass` can be given. All but `defaultClass` are fixed once the class is in the cluster. */
export interface EfsStorageClassOptions {
  /**
   * The name, which claims refer to.
   *
   * @default efs
   */
  readonly name?: string;

  /**
   * Whether claims that name no class get this one. Of several default classes the newest counts.
   *
   * @default false
   */
  readonly defaultClass?: boolean;

  /**
   * The directory of the file system below which volumes have theirs.
   *
   * @default - the root of the file system
   */
  readonly basePath?: string;

  /**
   * Where below `basePath` a volume has its directory: fixed text and `${.PVC.namespace}`, `${.PVC.name}`, `${.PV.name}`. A unique id is
   * added to it.
   *
   * @default - the name of the volume
   */
  readonly subPathPattern?: string;

  /**
   * Permissions of a volume's directory, in octal.
   *
   * @default '700'
   */
  readonly directoryPermissions?: string;

  /**
   * The POSIX user that every access to a volume is done as. Together with `gid`.
   *
   * @default - each volume gets a user and group of its own
   */
  readonly uid?: number;

  /**
   * The POSIX group that every access to a volume is done as. Together with `uid`.
   *
   * @default - each volume gets a user and group of its own
   */
  readonly gid?: number;

  /**
   * Options of the mount, such as `iam`. They are encrypted in transit in any case.
   *
   * @default - none
   */
  readonly mountOptions?: string[];

  /**
   * Whether pods come to run in the zone of a One Zone file system.
   *
   * @default false
   */
  readonly zoneAffinity?: boolean;

  /**
   * What becomes of a volume's access point when its claim is deleted. Its files stay in either case.
   *
   * @default VolumeReclaimPolicy.DELETE
   */
  readonly reclaimPolicy?: VolumeReclaimPolicy;
}

/** Properties of an `EfsStorageClass`. */
export interface EfsStorageClassProps extends EfsStorageClassOptions {
  /** The id of the file system, `fs-...`. It has mount targets in the zones of the nodes, which let them in at port 2049. */
  readonly fileSystemId: string;
}

/**
 * A storage class of directories in an EFS file system, which pods on many nodes can use at the same time. Each claim gets an access point.
 *
 * @see https://github.com/kubernetes-sigs/aws-efs-csi-driver/blob/master/docs/parameters.md
 */
export class EfsStorageClass extends Construct {
  /** The name, which claims refer to. */
  public readonly name: string;

  constructor(scope: Construct, id: string, props: EfsStorageClassProps) {
    super(scope, id);
    checkProps(props);
    const { basePath, subPathPattern, uid, gid } = props;

    this.name = clusterScoped(new ApiObject(this, 'Default', {
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: {
        name: props.name ?? 'efs',
        annotations: {
          'storageclass.kubernetes.io/is-default-class': `${props.defaultClass ?? false}`,
          // Kubernetes lets nothing of it be changed; volumes do not need their class once they are made.
          'eks-slipway/on-immutable': 'replace',
        },
      },
      provisioner: 'efs.csi.aws.com',
      parameters: {
        provisioningMode: 'efs-ap',
        fileSystemId: props.fileSystemId,
        directoryPerms: props.directoryPermissions ?? '700',
        basePath,
        subPathPattern,
        uid: uid === undefined ? undefined : Tokenization.stringifyNumber(uid),
        gid: gid === undefined ? undefined : Tokenization.stringifyNumber(gid),
        enforceZoneAffinity: props.zoneAffinity ? 'true' : undefined,
      },
      mountOptions: props.mountOptions,
      reclaimPolicy: props.reclaimPolicy ?? VolumeReclaimPolicy.DELETE,
      volumeBindingMode: props.zoneAffinity ? 'WaitForFirstConsumer' : 'Immediate',
    })).name;
  }
}

function checkProps({ name, fileSystemId, directoryPermissions, uid, gid, basePath }: EfsStorageClassProps) {
  if (name !== undefined) {
    checkDnsSubdomain('name', name);
  }
  checkText('fileSystemId', fileSystemId, /^fs-[0-9a-f]+$/, 'the id of an EFS file system, such as "fs-0123456789abcdef0"');
  checkText('directoryPermissions', directoryPermissions, /^[0-7]{3,4}$/, 'permissions in octal, such as "700"');
  checkText('basePath', basePath, /^\//, 'a path that begins with "/"');
  if ((uid === undefined) !== (gid === undefined)) {
    throw new Error(`${uid === undefined ? `"gid" is ${gid} but "uid"` : `"uid" is ${uid} but "gid"`} is missing: give both, or neither`);
  }
  if (uid !== undefined) {
    checkInteger('uid', uid, 0, 4294967295);
    checkInteger('gid', gid!, 0, 4294967295);
  }
}
