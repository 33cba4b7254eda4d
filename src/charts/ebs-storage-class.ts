import { Tokenization } from 'aws-cdk-lib';
import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { clusterScoped } from './cluster-scoped';
import { tagSpecifications } from './tag-specifications';
import { checkText } from '../private/check-text';

/** What the storage classes of all types of EBS volumes can be given. */
export interface EbsStorageClassProps {
  readonly name: string;
  readonly defaultClass?: boolean;
  readonly kmsKeyId?: string;
  readonly fsType?: string;
  readonly tags?: { [key: string]: string };
  readonly reclaimPolicy?: string;
  readonly provisioner?: string;
  /** Of the type of volume. */
  readonly type: string;
  readonly parameters: { [name: string]: string | number | boolean | undefined };
}

/** A storage class of encrypted EBS volumes that can grow, made in the zone of the pod that first uses them. */
export function ebsStorageClass(scope: Construct, props: EbsStorageClassProps): ApiObject {
  checkText('fsType', props.fsType, /^(ext4|xfs)$/, '"ext4" or "xfs"');
  return clusterScoped(new ApiObject(scope, 'Default', {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: {
      name: props.name,
      annotations: {
        'storageclass.kubernetes.io/is-default-class': `${props.defaultClass ?? false}`,
        // Kubernetes lets nothing of it be changed; volumes do not need their class once they are made.
        'eks-slipway/on-immutable': 'replace',
      },
    },
    provisioner: props.provisioner ?? 'ebs.csi.aws.com',
    parameters: {
      'type': props.type,
      'encrypted': 'true',
      'kmsKeyId': props.kmsKeyId,
      ...Object.fromEntries(Object.entries(props.parameters).map(([name, value]) => [name, text(value)])),
      'csi.storage.k8s.io/fstype': props.fsType ?? 'ext4',
      ...tagSpecifications(props.tags),
    },
    reclaimPolicy: props.reclaimPolicy ?? 'Delete',
    volumeBindingMode: 'WaitForFirstConsumer',
    allowVolumeExpansion: true,
  }));
}

function text(value?: string | number | boolean): string | undefined {
  return typeof value === 'number' ? Tokenization.stringifyNumber(value) : value?.toString();
}
