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
