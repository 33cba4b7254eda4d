import { Check } from '../check';
import { inPods } from '../find';
import { listOf } from '../values';

const SOCKET = /\/(docker|containerd\/containerd|dockershim|crio\/crio)\.sock$/;

export const POD_CONTAINER_SOCKET: Check = {
  id: 'pod-container-socket',
  title: 'No pod holds the socket of the container runtime',
  severity: 'warning',
  fix: 'Remove the volume; build images with a tool that needs no daemon',
  reason: 'Who holds the socket starts privileged containers on the node.',
  link: 'https://docs.aws.amazon.com/eks/latest/best-practices/pod-security.html',
  find: platform => inPods(platform, ({ spec }) => {
    const volume = listOf<any>(spec.volumes).find((item: any) => SOCKET.test(String(item.hostPath?.path ?? '')));
    return volume && ['volumes', `volume "${volume.name}" is the socket "${volume.hostPath.path}"`];
  }),
};
