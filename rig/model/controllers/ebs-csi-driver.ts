import { AwsModel } from '../aws-model';
import { Cluster } from '../cluster';
import { hash } from '../identity';
import { hold, letGo } from './finalizer';

const FINALIZER = 'external-provisioner.volume.kubernetes.io/finalizer';
const PROVISIONER = 'ebs.csi.aws.com';

/** A claim of its storage class gets a volume, when a pod needs it; a volume that is to be deleted goes with its claim. */
export async function ebsCsiDriver(cluster: Cluster, model: AwsModel): Promise<void> {
  const { objects } = cluster;
  if (!await objects.lives('kube-system', 'ebs-csi-controller')) { return; }
  const classes = (await objects.list('StorageClass')).filter(({ provisioner }) => provisioner === PROVISIONER);
  for (const claim of await objects.list('PersistentVolumeClaim')) {
    const storageClass = classes.find(({ metadata }) => metadata.name === claim.spec.storageClassName);
    const isWanted = storageClass?.volumeBindingMode !== 'WaitForFirstConsumer' || claim.metadata.annotations?.['volume.kubernetes.io/selected-node'];
    if (storageClass && isWanted && !claim.spec.volumeName && !claim.metadata.deletionTimestamp) {
      const volumeId = `vol-${hash(claim.metadata.uid).slice(0, 17)}`;
      if (!model.world.get('AWS::EC2::Volume', volumeId)) {
        model.make('AWS::EC2::Volume', volumeId, `PersistentVolumeClaim ${claim.metadata.namespace}/${claim.metadata.name} of ${cluster.name}`, {
          Tags: [{ Key: `kubernetes.io/cluster/${cluster.name}`, Value: 'owned' }, { Key: 'CSIVolumeName', Value: `pvc-${claim.metadata.uid}` }],
        });
      }
      await objects.apply({
        apiVersion: 'v1',
        kind: 'PersistentVolume',
        metadata: { name: `pvc-${claim.metadata.uid}`, annotations: { 'pv.kubernetes.io/provisioned-by': PROVISIONER } },
        spec: {
          capacity: claim.spec.resources.requests,
          accessModes: claim.spec.accessModes,
          storageClassName: storageClass.metadata.name,
          persistentVolumeReclaimPolicy: storageClass.reclaimPolicy,
          csi: { driver: PROVISIONER, volumeHandle: volumeId },
          claimRef: { apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace: claim.metadata.namespace, name: claim.metadata.name, uid: claim.metadata.uid },
        },
      });
    }
  }
  for (const volume of await objects.list('PersistentVolume')) {
    if (volume.spec.csi?.driver !== PROVISIONER) { continue; }
    if (volume.status.phase === 'Released' && volume.spec.persistentVolumeReclaimPolicy === 'Delete' && !volume.metadata.deletionTimestamp) {
      model.world.remove({ type: 'AWS::EC2::Volume', id: volume.spec.csi.volumeHandle });
      await letGo(cluster, 'PersistentVolume', volume, FINALIZER);
      await objects.forget('PersistentVolume', '', volume.metadata.name);
    } else if (!volume.metadata.deletionTimestamp) {
      await hold(cluster, 'PersistentVolume', volume, FINALIZER);
    } else {
      await letGo(cluster, 'PersistentVolume', volume, FINALIZER);
    }
  }
}
