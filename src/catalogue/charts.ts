/** A Helm chart at the version that the library installs. */
export interface PinnedChart {
  /** The chart's name in its repository. */
  readonly chart: string;
  /** Address of the repository. */
  readonly repository: string;
  /** The chart's version. */
  readonly version: string;
  /** The version of what it installs. */
  readonly appVersion: string;
  /** Oldest and newest Kubernetes that the project says it works with; no newest where it names none. */
  readonly kubernetes: { readonly oldest: string; readonly newest?: string };
  /** Namespace that it is installed in. */
  readonly namespace: string;
  /** Service account that gets the AWS permissions. */
  readonly serviceAccount?: string;
  /** Where chart, values, CRDs and policies were read: repository and tag. */
  readonly source: string;
  /** The day on which all this was checked against the source. */
  readonly checked: string;
  /** The day on which the chart of that source was rendered with the values of the add-on, and for which Kubernetes. */
  readonly rendered?: { readonly date: string; readonly helm: string; readonly kubernetes: string };
}

/** @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/ */
export const AWS_LOAD_BALANCER_CONTROLLER: PinnedChart = {
  chart: 'aws-load-balancer-controller',
  repository: 'https://aws.github.io/eks-charts',
  version: '3.5.0',
  appVersion: '3.5.0',
  kubernetes: { oldest: '1.22' },
  namespace: 'kube-system',
  serviceAccount: 'aws-load-balancer-controller',
  source: 'kubernetes-sigs/aws-load-balancer-controller v3.5.0',
  checked: '2026-11-21',
  rendered: { date: '2026-11-21', helm: '4.2.3', kubernetes: '1.36' },
};

/** @see https://karpenter.sh/docs/upgrading/compatibility/ */
export const KARPENTER: PinnedChart = {
  chart: 'karpenter',
  repository: 'oci://public.ecr.aws/karpenter',
  version: '1.14.1',
  appVersion: '1.14.1',
  kubernetes: { oldest: '1.30', newest: '1.36' },
  namespace: 'kube-system',
  serviceAccount: 'karpenter',
  source: 'aws/karpenter-provider-aws v1.14.1',
  checked: '2026-11-21',
  rendered: { date: '2026-11-21', helm: '4.2.3', kubernetes: '1.36' },
};

/** The custom resource definitions of Karpenter. */
export const KARPENTER_CRD: PinnedChart = {
  chart: 'karpenter-crd',
  repository: KARPENTER.repository,
  version: KARPENTER.version,
  appVersion: KARPENTER.appVersion,
  kubernetes: KARPENTER.kubernetes,
  namespace: KARPENTER.namespace,
  source: KARPENTER.source,
  checked: KARPENTER.checked,
  rendered: KARPENTER.rendered,
};

/** The program's own version goes by the cluster's. @see https://github.com/kubernetes/autoscaler/tree/master/cluster-autoscaler/charts/cluster-autoscaler */
export const CLUSTER_AUTOSCALER: PinnedChart = {
  chart: 'cluster-autoscaler',
  repository: 'https://kubernetes.github.io/autoscaler',
  version: '9.59.0',
  appVersion: '1.35.0',
  kubernetes: { oldest: '1.31', newest: '1.36' },
  namespace: 'kube-system',
  serviceAccount: 'cluster-autoscaler',
  source: 'kubernetes/autoscaler cluster-autoscaler-chart-9.59.0',
  checked: '2026-11-21',
  rendered: { date: '2026-11-21', helm: '4.2.3', kubernetes: '1.31 and 1.36' },
};

/** @see https://github.com/aws/aws-node-termination-handler */
export const NODE_TERMINATION_HANDLER: PinnedChart = {
  chart: 'aws-node-termination-handler',
  repository: 'oci://public.ecr.aws/aws-ec2/helm',
  version: '0.27.6',
  appVersion: '1.25.6',
  kubernetes: { oldest: '1.16' },
  namespace: 'kube-system',
  serviceAccount: 'aws-node-termination-handler',
  source: 'aws/aws-node-termination-handler v1.25.6',
  checked: '2026-11-21',
  rendered: { date: '2026-11-21', helm: '4.2.3', kubernetes: '1.31 and 1.36' },
};

/** @see https://cert-manager.io/docs/releases/ */
export const CERT_MANAGER: PinnedChart = {
  chart: 'cert-manager',
  repository: 'oci://quay.io/jetstack/charts',
  version: 'v1.21.1',
  appVersion: 'v1.21.1',
  kubernetes: { oldest: '1.33', newest: '1.36' },
  namespace: 'cert-manager',
  serviceAccount: 'cert-manager',
  source: 'cert-manager/cert-manager v1.21.1',
  checked: '2026-11-21',
  rendered: { date: '2026-11-21', helm: '4.2.3', kubernetes: '1.33 and 1.36' },
};

/** The project tests each release with the newest Kubernetes only; the oldest is what the chart itself refuses. @see https://external-secrets.io/latest/introduction/stability-support/ */
export const EXTERNAL_SECRETS: PinnedChart = {
  chart: 'external-secrets',
  repository: 'https://charts.external-secrets.io',
  version: '2.9.0',
  appVersion: 'v2.9.0',
  kubernetes: { oldest: '1.19' },
  namespace: 'external-secrets',
  serviceAccount: 'external-secrets',
  source: 'external-secrets/external-secrets helm-chart-2.9.0',
  checked: '2026-11-21',
  rendered: { date: '2026-11-21', helm: '4.2.3', kubernetes: '1.31 and 1.36' },
};

/** @see https://github.com/aws/eks-charts/tree/master/stable/aws-for-fluent-bit */
export const FLUENT_BIT: PinnedChart = {
  chart: 'aws-for-fluent-bit',
  repository: 'https://aws.github.io/eks-charts',
  version: '0.2.0',
  appVersion: '3.2.1',
  kubernetes: { oldest: '1.25' },
  namespace: 'kube-system',
  serviceAccount: 'aws-for-fluent-bit',
  source: 'aws/eks-charts v0.0.242',
  checked: '2026-11-21',
  rendered: { date: '2026-11-21', helm: '4.2.3', kubernetes: '1.31 and 1.37' },
};

/** @see https://github.com/prometheus-community/helm-charts/tree/main/charts/kube-prometheus-stack */
export const KUBE_PROMETHEUS_STACK: PinnedChart = {
  chart: 'kube-prometheus-stack',
  repository: 'https://prometheus-community.github.io/helm-charts',
  version: '88.5.3',
  appVersion: 'v0.93.1',
  kubernetes: { oldest: '1.25' },
  namespace: 'monitoring',
  serviceAccount: 'kube-prometheus-stack-prometheus',
  source: 'prometheus-community/helm-charts kube-prometheus-stack-88.5.3',
  checked: '2026-11-21',
  rendered: { date: '2026-11-21', helm: '4.2.3', kubernetes: '1.31 and 1.37' },
};

/** The newest whose source could be had; rendered without its subcharts from elsewhere, all but one of them off. @see https://kyverno.io/docs/installation/ */
export const KYVERNO: PinnedChart = {
  chart: 'kyverno',
  repository: 'https://kyverno.github.io/kyverno',
  version: '3.9.0',
  appVersion: 'v1.19.0',
  kubernetes: { oldest: '1.25' },
  namespace: 'kyverno',
  source: 'kyverno/kyverno v1.19.0',
  checked: '2026-11-21',
  rendered: { date: '2026-11-21', helm: '4.2.3', kubernetes: '1.31 and 1.36' },
};

/** The newest whose source could be had; rendered without redis-ha, which is off. @see https://github.com/argoproj/argo-helm/tree/main/charts/argo-cd */
export const ARGO_CD: PinnedChart = {
  chart: 'argo-cd',
  repository: 'https://argoproj.github.io/argo-helm',
  version: '10.1.1',
  appVersion: 'v3.4.4',
  kubernetes: { oldest: '1.25' },
  namespace: 'argocd',
  source: 'argoproj/argo-helm argo-cd-10.1.1',
  checked: '2026-11-21',
  rendered: { date: '2026-11-21', helm: '4.2.3', kubernetes: '1.31 and 1.36' },
};

/** The project tests it with Kubernetes 1.33 to 1.35 and refuses no newer one; the oldest is what the chart itself refuses. @see https://keda.sh/docs/2.20/operate/cluster/ */
export const KEDA: PinnedChart = {
  chart: 'keda',
  repository: 'https://kedacore.github.io/charts',
  version: '2.20.2',
  appVersion: '2.20.2',
  kubernetes: { oldest: '1.23' },
  namespace: 'keda',
  serviceAccount: 'keda-operator',
  source: 'kedacore/charts v2.20.2',
  checked: '2026-11-21',
  rendered: { date: '2026-11-21', helm: '4.2.3', kubernetes: '1.31 and 1.36' },
};

/** @see https://github.com/kubernetes/autoscaler/blob/master/vertical-pod-autoscaler/docs/installation.md#compatibility */
export const VERTICAL_POD_AUTOSCALER: PinnedChart = {
  chart: 'vertical-pod-autoscaler',
  repository: 'https://kubernetes.github.io/autoscaler',
  version: '0.11.0',
  appVersion: '1.7.1',
  kubernetes: { oldest: '1.28' },
  namespace: 'kube-system',
  source: 'kubernetes/autoscaler vertical-pod-autoscaler-chart-0.11.0',
  checked: '2026-11-21',
  rendered: { date: '2026-11-21', helm: '4.2.3', kubernetes: '1.31 and 1.36' },
};

/** The newest whose source could be had; the oldest Kubernetes is what Flux 2.8 itself checks. @see https://github.com/fluxcd-community/helm-charts/tree/main/charts/flux2 */
export const FLUX: PinnedChart = {
  chart: 'flux2',
  repository: 'https://fluxcd-community.github.io/helm-charts',
  version: '2.18.3',
  appVersion: '2.8.5',
  kubernetes: { oldest: '1.33' },
  namespace: 'flux-system',
  serviceAccount: 'source-controller',
  source: 'fluxcd-community/helm-charts flux2-2.18.3',
  checked: '2026-11-21',
  rendered: { date: '2026-11-21', helm: '4.2.3', kubernetes: '1.33 and 1.36' },
};

/** @see https://open-policy-agent.github.io/gatekeeper/website/docs/install */
export const GATEKEEPER: PinnedChart = {
  chart: 'gatekeeper',
  repository: 'https://open-policy-agent.github.io/gatekeeper/charts',
  version: '3.23.0',
  appVersion: 'v3.23.0',
  kubernetes: { oldest: '1.16' },
  namespace: 'gatekeeper-system',
  source: 'open-policy-agent/gatekeeper v3.23.0',
  checked: '2026-11-21',
  rendered: { date: '2026-11-21', helm: '4.2.3', kubernetes: '1.31 and 1.36' },
};
