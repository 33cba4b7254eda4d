import { Check } from '../check';
import { inContainers } from '../find';
import { listOf } from '../values';

export const POD_HOST_PATH: Check = {
  id: 'pod-host-path',
  title: 'No pod writes to a path of its node',
  severity: 'warning',
  fix: 'Use a volume of another kind, or mount the path with readOnly: true',
  reason: 'Who writes to the file system of a node changes what runs on it.',
  link: 'https://kubernetes.io/docs/concepts/storage/volumes/#hostpath',
  find: platform => inContainers(platform, ({ name, spec }, pod) => {
    const volumes: any[] = listOf<any>(pod.spec.volumes).filter((volume: any) => volume.hostPath);
    const paths = new Map(volumes.map(({ name: volume, hostPath }) => [volume, hostPath.path]));
    const mount = listOf<any>(spec.volumeMounts).find((item: any) => paths.has(item.name) && item.readOnly !== true);
    return mount && ['volumeMounts', `container "${name}" may write to "${paths.get(mount.name)}" of the node`];
  }),
};
