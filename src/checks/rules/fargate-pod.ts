import { Check } from '../check';
import { DeliveredObject } from '../delivered';
import { fargateProfileOf } from '../fargate';
import { inPods } from '../find';
import { UNNAMED } from '../installed';
import { Platform } from '../platform';
import { Pod } from '../pod';
import { listOf } from '../values';

/** The claim of a pod for a volume that only a node can attach, where the app makes what it is of. */
function diskOf(platform: Platform, { spec, object }: Pod): string | undefined {
  const claims = platform.beside(object, 'PersistentVolumeClaim');
  const wanted: [string, any][] = [
    ...listOf<any>(spec.volumes).map(({ name, persistentVolumeClaim: claim, ephemeral }): [string, any] => {
      const named = claims.find(({ manifest }) => claim && manifest.metadata?.name === claim.claimName);
      return [name, ephemeral?.volumeClaimTemplate?.spec ?? named?.manifest.spec];
    }),
    ...listOf<any>(object.manifest.spec?.volumeClaimTemplates).map(({ metadata, spec: claim }): [string, any] => [metadata?.name, claim]),
  ];
  return wanted.find(([, claim]) => {
    const made = platform.ofKindIn(object.clusterKey, 'StorageClass').find(({ manifest }) => manifest.metadata?.name === claim?.storageClassName);
    return made ? /^(ebs\.csi\.|kubernetes\.io\/aws-ebs$)/.test(made.manifest.provisioner) : /^gp[23]$/.test(claim?.storageClassName);
  })?.[0];
}

/** Whether a cluster runs pods on Fargate, and on no node at all. */
function isFargateAlone(platform: Platform, { cluster, clusterKey }: DeliveredObject): boolean {
  const installed = platform.installed(clusterKey);
  return cluster !== undefined && !cluster.isAutoMode && platform.ofCluster(cluster, 'AWS::EKS::FargateProfile').length > 0
    && platform.ofCluster(cluster, 'AWS::EKS::Nodegroup').length === 0 && platform.ofType('AWS::AutoScaling::AutoScalingGroup').length === 0
    && platform.ofKindIn(clusterKey, 'NodePool').length === 0 && !['karpenter', UNNAMED].some(name => installed.has(name));
}

function reason({ spec, containers }: Pod, disk: string | undefined): string | undefined {
  const field = ['hostNetwork', 'hostPID', 'hostIPC'].find(name => spec[name] === true);
  const container = (test: (spec: any) => unknown) => containers.find(item => test(item.spec))?.name;
  const privileged = container(item => item.securityContext?.privileged === true);
  const port = container(item => listOf<any>(item.ports).some((entry: any) => entry.hostPort));
  const gpu = container(item => Object.keys({ ...item.resources?.limits, ...item.resources?.requests }).some(name => /^(nvidia\.com|amd\.com|aws\.amazon\.com)\//.test(name)));
  const path = listOf<any>(spec.volumes).find((volume: any) => volume.hostPath)?.name;
  return field ? `it has ${field}`
    : privileged ? `container "${privileged}" is privileged`
      : port ? `container "${port}" has a hostPort`
        : gpu ? `container "${gpu}" asks for an accelerator`
          : path ? `volume "${path}" is a hostPath`
            : disk ? `volume "${disk}" is of EBS` : undefined;
}

export const FARGATE_POD: Check = {
  id: 'fargate-pod',
  title: 'Pods on Fargate do without what Fargate has not',
  severity: 'error',
  fix: 'Let the pod run on nodes: leave it out of the profile\'s selectors',
  reason: 'Such a pod stays pending for ever.',
  link: 'https://docs.aws.amazon.com/eks/latest/userguide/fargate.html',
  find: platform => inPods(platform, pod => {
    const profile = fargateProfileOf(platform, pod);
    if (pod.kind === 'DaemonSet' && isFargateAlone(platform, pod.object)) {
      return ['', `it is a DaemonSet, and cluster ${pod.object.cluster!.resource.path} has Fargate alone`];
    }
    const wrong = profile && reason(pod, diskOf(platform, pod));
    return wrong === undefined ? undefined : ['', `${wrong}, and ${profile!.path} takes it to Fargate`];
  }),
};
