import { Check } from '../check';
import { inEach } from '../find';
import { UNNAMED } from '../installed';

/** Charts, managed add-ons and capabilities that bring the definitions of a group. */
const BROUGHT_BY: { [group: string]: string[] } = {
  'autoscaling.k8s.io': ['vertical-pod-autoscaler', 'vpa'],
  'cert-manager.io': ['cert-manager'],
  'elbv2.k8s.aws': ['aws-load-balancer-controller'],
  'external-secrets.io': ['external-secrets'],
  'karpenter.k8s.aws': ['karpenter', 'karpenter-crd'],
  'karpenter.sh': ['karpenter', 'karpenter-crd'],
  'keda.sh': ['keda'],
  'kyverno.io': ['kyverno', 'kyverno-crds'],
  'monitoring.coreos.com': ['kube-prometheus-stack', 'prometheus-operator-crds'],
  'secrets-store.csi.x-k8s.io': ['secrets-store-csi-driver', 'secrets-store-csi-driver-provider-aws', 'aws-secrets-store-csi-driver-provider'],
  'snapshot.storage.k8s.io': ['snapshot-controller'],
  'templates.gatekeeper.sh': ['gatekeeper'],
};
/** They bring what nothing here can see. */
const BRING_ANYTHING = [UNNAMED, 'argo-cd', 'ARGOCD', 'flux2', 'KRO'];

export const DEFINITION_MISSING: Check = {
  id: 'definition-missing',
  title: 'Whatever defines a custom resource is installed too',
  severity: 'warning',
  fix: 'Install what defines it in the same app, and let this one wait for it',
  reason: 'The API server of a new cluster refuses kinds that it does not know, and the deployment with them.',
  link: 'https://kubernetes.io/docs/concepts/extend-kubernetes/api-extension/custom-resources/',
  find(platform) {
    const defined = new Set(platform.ofKind('CustomResourceDefinition').map(({ clusterKey, manifest }) => `${clusterKey}\n${manifest.spec?.group}`));
    return inEach(platform.objects, ({ cluster, clusterKey, manifest }) => {
      const group = String(manifest.apiVersion ?? '').split('/')[0];
      const names = platform.installed(clusterKey);
      const isDefined = defined.has(`${clusterKey}\n${group}`) || (group === 'karpenter.sh' && cluster?.isAutoMode)
        || [...BROUGHT_BY[group] ?? [], ...BRING_ANYTHING].some(name => names.has(name));
      return cluster && BROUGHT_BY[group] && !isDefined
        && ['apiVersion', `nothing that the app installs defines ${manifest.apiVersion}: ${BROUGHT_BY[group][0]} does`];
    });
  },
};
