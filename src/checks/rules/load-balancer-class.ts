import { Check } from '../check';
import { inObjects } from '../find';

export const LOAD_BALANCER_CLASS: Check = {
  id: 'load-balancer-class',
  title: 'A load balancer is made by one controller',
  severity: 'warning',
  fix: 'Set loadBalancerClass: service.k8s.aws/nlb, or eks.amazonaws.com/nlb on Auto Mode',
  reason: 'Without a class the old in-tree code makes a Classic Load Balancer, whatever the annotations say.',
  link: 'https://docs.aws.amazon.com/eks/latest/userguide/network-load-balancing.html',
  find: platform => inObjects(platform, ['Service'], ({ clusterKey, manifest: { spec, metadata, apiVersion } }) =>
    apiVersion === 'v1' && spec?.type === 'LoadBalancer' && spec.loadBalancerClass === undefined
    && !/^(external|nlb-ip)$/.test(metadata?.annotations?.['service.beta.kubernetes.io/aws-load-balancer-type'] ?? '')
    && !platform.releases.some(release => release.clusterKey === clusterKey && release.chartName === 'aws-load-balancer-controller' && release.values.enableServiceMutatorWebhook !== false)
    && ['spec.loadBalancerClass', 'loadBalancerClass is missing']),
};
