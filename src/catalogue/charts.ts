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
