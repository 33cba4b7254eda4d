import { Check } from '../check';
import { destination } from '../delivered';
import { CLUSTER_SECURITY_GROUP, letsControlPlaneIn, securityGroupsOf } from '../security-groups';

/** The kubelet, for logs and exec. */
const KUBELET = 10250;
/** Where webhooks and aggregated APIs of charts listen. */
const PORTS: { [chart: string]: number } = {
  'aws-load-balancer-controller': 9443,
  'cert-manager': 10250,
  'external-secrets': 10250,
  'gatekeeper': 8443,
  'keda': 9443,
  'kube-prometheus-stack': 10250,
  'kyverno': 9443,
  'metrics-server': 10250,
};

export const NODE_CONTROL_PLANE_PORTS: Check = {
  id: 'node-control-plane-ports',
  title: 'The control plane reaches kubelets and webhooks',
  severity: 'error',
  fix: 'Let the cluster security group in on that port, or give the nodes the cluster security group too',
  reason: 'Logs and exec fail without the kubelet\'s port; without a webhook\'s, every object that it looks at is refused after a timeout.',
  link: 'https://docs.aws.amazon.com/eks/latest/userguide/sec-group-reqs.html',
  * find(platform) {
    for (const resource of platform.ofType('AWS::EKS::Nodegroup')) {
      const { cluster, clusterKey } = destination(platform, resource);
      const groups = securityGroupsOf(platform, resource);
      if (!cluster || !groups) {
        continue;
      }
      const needed = new Map([...platform.installed(clusterKey)].sort().filter(name => PORTS[name]).map((name): [number, string] => [PORTS[name], `webhooks of ${name} listen`]));
      needed.set(KUBELET, 'the kubelet listens');
      for (const [port, what] of needed) {
        if (!groups.some(group => group === CLUSTER_SECURITY_GROUP || letsControlPlaneIn(platform, group, cluster, port))) {
          yield { resource, location: 'LaunchTemplate', message: `its security groups let the control plane in nowhere on port ${port}, where ${what}` };
        }
      }
    }
  },
};
