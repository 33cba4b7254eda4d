import { Bad, cluster, deliver, deployment, fargateProfile, Good, nodeGroup, release, resource } from '../fixtures';

const storageClass = (provisioner: string) => ({ apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: { name: 'fast' }, provisioner });
const claimOf = (storageClassName: string) => ({ apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: 'web', namespace: 'shop' }, spec: { storageClassName } });
const volume = { volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'web' } }] };
const daemonSet = { ...deployment(), kind: 'DaemonSet' };

export const good: Good = {
  'an ordinary pod': stack => [fargateProfile(stack, [{ Namespace: 'shop' }]), deliver(stack, [deployment()])],
  'another namespace': stack => [fargateProfile(stack, [{ Namespace: 'other-*' }]), deliver(stack, [deployment({ hostNetwork: true })])],
  'another label': stack => [fargateProfile(stack, [{ Namespace: 'shop', Labels: [{ Key: 'fargate', Value: 'true' }] }]), deliver(stack, [deployment({ hostNetwork: true })])],
  'a volume of another driver': stack => [fargateProfile(stack, [{ Namespace: 'shop' }]), deliver(stack, [storageClass('efs.csi.aws.com'), claimOf('fast'), deployment(volume)])],
  'a claim that somebody else delivers': stack => [fargateProfile(stack, [{ Namespace: 'shop' }]), deliver(stack, [deployment(volume)])],
  'a DaemonSet beside nodes': stack => [cluster(stack), nodeGroup(stack), fargateProfile(stack, [{ Namespace: 'shop' }]), deliver(stack, [daemonSet])],
  'a DaemonSet beside nodes of Karpenter': stack => [cluster(stack), release(stack, 'karpenter'), fargateProfile(stack, [{ Namespace: 'shop' }]), deliver(stack, [daemonSet])],
  'a DaemonSet beside a pool of nodes': stack => [cluster(stack), fargateProfile(stack, [{ Namespace: 'shop' }]), deliver(stack, [daemonSet, { apiVersion: 'karpenter.sh/v1', kind: 'NodePool', metadata: { name: 'default' } }])],
  'a DaemonSet beside an Auto Scaling group': stack => [cluster(stack), resource(stack, 'Group', 'AWS::AutoScaling::AutoScalingGroup'), fargateProfile(stack, [{ Namespace: 'shop' }]), deliver(stack, [daemonSet])],
  'a DaemonSet of Auto Mode': stack => [cluster(stack, { ComputeConfig: { Enabled: true } }), fargateProfile(stack, [{ Namespace: 'shop' }]), deliver(stack, [daemonSet])],
  'a DaemonSet of a cluster without a profile': stack => [cluster(stack), deliver(stack, [daemonSet])],
  'a claim and a class that are not of the pod': stack => [fargateProfile(stack, [{ Namespace: 'shop' }]), deliver(stack, [
    storageClass('ebs.csi.aws.com'), claimOf('fast'), deployment({ volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'other' } }, { name: 'scratch', ephemeral: { volumeClaimTemplate: { spec: { storageClassName: 'slow-gp3' } } } }] }),
  ])],
};

export const bad: Bad = {
  'the host network': [stack => [fargateProfile(stack, [{ Namespace: 'shop' }]), deliver(stack, [deployment({ hostNetwork: true })])], 'it has hostNetwork, and Stack/Profile takes it to Fargate'],
  'processes of the host': [stack => [fargateProfile(stack, [{ Namespace: 'shop' }]), deliver(stack, [deployment({ hostPID: true })])], 'it has hostPID'],
  'memory of the host': [stack => [fargateProfile(stack, [{ Namespace: 'shop' }]), deliver(stack, [deployment({ hostIPC: true })])], 'it has hostIPC'],
  'a port of the host': [stack => [fargateProfile(stack, [{ Namespace: 'shop' }]), deliver(stack, [deployment({}, { ports: [{ containerPort: 80 }, { containerPort: 81, hostPort: 81 }] })])], 'container "web" has a hostPort'],
  'a chip that is only requested': [stack => [fargateProfile(stack, [{ Namespace: 'shop' }]), deliver(stack, [deployment({}, { resources: { requests: { 'aws.amazon.com/neuron': 1 } } })])], 'asks for an accelerator'],
  'a privileged container': [stack => [fargateProfile(stack, [{ Namespace: 'shop' }]), deliver(stack, [deployment({}, { securityContext: { privileged: true } })])], 'container "web" is privileged'],
  'a GPU': [stack => [fargateProfile(stack, [{ Namespace: 'shop' }]), deliver(stack, [deployment({}, { resources: { limits: { 'nvidia.com/gpu': 1 } } })])], 'asks for an accelerator'],
  'a path of the node': [stack => [fargateProfile(stack, [{ Namespace: 'sh*' }]), deliver(stack, [deployment({ volumes: [{ name: 'log', hostPath: { path: '/var/log' } }] })])], 'volume "log" is a hostPath'],
  'a claim of EBS': [stack => [fargateProfile(stack, [{ Namespace: 'shop' }]), deliver(stack, [storageClass('ebs.csi.aws.com'), claimOf('fast'), deployment(volume)])], 'volume "data" is of EBS'],
  'claims of a StatefulSet': [stack => [fargateProfile(stack, [{ Namespace: 'shop' }]), deliver(stack, [{ ...deployment({}, {}, { volumeClaimTemplates: [{ metadata: { name: 'data' }, spec: { storageClassName: 'gp3' } }] }), kind: 'StatefulSet' }])], 'volume "data" is of EBS'],
  'a volume for the time of the pod': [stack => [fargateProfile(stack, [{ Namespace: 'shop' }]), deliver(stack, [deployment({ volumes: [{ name: 'scratch', ephemeral: { volumeClaimTemplate: { spec: { storageClassName: 'gp2' } } } }] })])], 'volume "scratch" is of EBS'],
  'a DaemonSet where there is no node': [stack => [cluster(stack), fargateProfile(stack, [{ Namespace: 'shop' }]), deliver(stack, [daemonSet])], 'it is a DaemonSet, and cluster Stack/Cluster has Fargate alone'],
  'a profile of aws-eks': [stack => [
    resource(stack, 'Profile', 'Custom::AWSCDK-EKS-FargateProfile', { Config: { clusterName: 'platform', selectors: [{ namespace: 'shop' }] } }), deliver(stack, [deployment({ hostNetwork: true })]),
  ], 'it has hostNetwork, and Stack/Profile takes it to Fargate'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['spec.template.spec'];
