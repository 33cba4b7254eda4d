/**
 * What reaches the delivery function: the contract between a template that was deployed once and every later version of
 * this code. A schema that was released is accepted for ever; fields are added, never renamed, and never change their meaning.
 *
 * CloudFormation hands every scalar on as a string ('true', '30'); a field that is absent means the default named here.
 */

/** One request of CloudFormation to a custom resource. */
export interface CloudFormationEvent {
  readonly RequestType: 'Create' | 'Update' | 'Delete';
  readonly ResponseURL: string;
  /** `arn:PARTITION:cloudformation:REGION:ACCOUNT:stack/NAME/UUID` */
  readonly StackId: string;
  readonly RequestId: string;
  readonly LogicalResourceId: string;
  readonly PhysicalResourceId?: string;
  readonly ResourceType: string;
  readonly ResourceProperties: Record<string, unknown>;
  readonly OldResourceProperties?: Record<string, unknown>;
  /** Ours: an earlier invocation of the function began with this event at that time (milliseconds since the epoch). */
  readonly HandedOver?: { readonly Since: number };
}

/**
 * Text whose deploy-time values are kept apart, by position: the text is `Parts[0] + Values[0] + Parts[1] + ...`, so there is
 * always one part more than there are values. A value that falls inside a JSON string is escaped, one outside is taken as it is.
 * Parts stand in the request (`Parts`) or, when they are long, in a file of the bootstrap bucket (`Bucket`, `Key`): a JSON array of strings.
 */
export interface Content {
  readonly Parts?: string[];
  readonly Bucket?: string;
  readonly Key?: string;
  readonly Values?: string[];
}

/** `Custom::EKSSlipway-Chart`: a set of Kubernetes objects, delivered as one. */
export interface ChartProperties {
  readonly ClusterName: string;
  /** A JSON array of Kubernetes objects. */
  readonly Content: Content;
  /** What to do with an object that exists and that nobody's claim covers: 'Refuse' (default) or 'Adopt'. */
  readonly Conflict?: 'Refuse' | 'Adopt';
  /** 'Delete' (default) or 'Retain': on Delete (and on prune) objects stay, without our claim. */
  readonly Removal?: 'Delete' | 'Retain';
  /** 'true' (default): a request ends when Deployments, StatefulSets, DaemonSets and Jobs of the set are ready. 'false': when the server has accepted. */
  readonly Wait?: string;
  /** Seconds one request may take, waiting included. Default 600. */
  readonly Timeout?: string;
  /** Service accounts with a Pod Identity association, as `namespace/name`: their pods are replaced if they started without its credentials. */
  readonly Identities?: string[];
  /** A change of it delivers again even if nothing else changed. */
  readonly Revision?: string;
}

/** Where a secret value is. */
export interface SecretValue {
  /** ARN of the secret. */
  readonly Secret: string;
  /** A field of the JSON object that the secret is; absent: the whole text. */
  readonly Field?: string;
}

/** `Custom::EKSSlipway-HelmRelease` */
export interface HelmReleaseProperties {
  readonly ClusterName: string;
  /** Chart name in `Repository`, or an `oci://` reference. Exactly one of Chart and ChartAsset. */
  readonly Chart?: string;
  /** https:// address of a chart repository, or oci:// prefix. */
  readonly Repository?: string;
  readonly Version?: string;
  /** A packaged chart (.tgz or a zip of the chart's folder) in a bucket. */
  readonly ChartAsset?: { readonly Bucket: string; readonly Key: string };
  readonly Release: string;
  readonly Namespace: string;
  /** 'true' (default) or 'false' */
  readonly CreateNamespace?: string;
  /** A JSON object: the values. */
  readonly Content?: Content;
  /** Values that are read from Secrets Manager, by their path among the others: keys with dots between them, `\.` for a dot in a key. */
  readonly SecretValues?: Record<string, SecretValue>;
  /** Revisions that helm keeps. Default 10. */
  readonly MaxHistory?: string;
  /** 'true': the chart's crds/ folder is neither installed nor upgraded. Default 'false'. */
  readonly SkipCrds?: string;
  /** 'true' (default): wait until what the release installs is ready. */
  readonly Wait?: string;
  /** Seconds. Default 600. */
  readonly Timeout?: string;
  /** As of a chart. */
  readonly Identities?: string[];
  /** What to do with a release that exists and is nobody's: 'Refuse' (default) or 'Adopt'. */
  readonly Conflict?: 'Refuse' | 'Adopt';
  /** 'Delete' (default) or 'Retain': on Delete the release stays installed. */
  readonly Removal?: 'Delete' | 'Retain';
  readonly Revision?: string;
}

/**
 * `Custom::EKSSlipway-Drain`: before anything else of the stack goes, what the cluster's controllers made is taken down. It acts only on
 * Delete, and only when the stack itself is being deleted or its creation rolled back.
 */
export interface DrainProperties {
  readonly ClusterName: string;
  /** The cluster's in the template: 'Retain' and 'RetainExceptOnCreate' keep it, and what is in it. Absent: it is deleted. */
  readonly DeletionPolicy?: string;
  /** 'Retain' (default) or 'Delete': volumes of PersistentVolumeClaims. */
  readonly Volumes?: 'Retain' | 'Delete';
  /** Seconds after which a node that goes is drained in spite of disruption budgets. Default: never. */
  readonly IgnoreBudgetsAfter?: string;
  /** Seconds in all, over several invocations. Default 3000. */
  readonly Timeout?: string;
}

/**
 * `Custom::EKSSlipway-Sweep`: after the nodes and before cluster and network go, what controllers left in AWS is removed, by the tags they
 * set. It acts when the drain does.
 */
export interface SweepProperties {
  readonly ClusterName: string;
  /** As of the drain. */
  readonly DeletionPolicy?: string;
  /** 'Retain' (default) or 'Delete': EBS volumes of PersistentVolumeClaims that nothing uses. */
  readonly Volumes?: 'Retain' | 'Delete';
  /** As of the drain. */
  readonly Timeout?: string;
}

/**
 * CDK's own four, as `aws-cdk-lib/aws-eks-v2` and `aws-eks` emit them (read their source for the properties):
 * `Custom::AWSCDK-EKS-KubernetesResource`, `-HelmChart`, `-KubernetesPatch`, `-KubernetesObjectValue`.
 */
export const RESOURCE_TYPES = {
  CHART: 'Custom::EKSSlipway-Chart',
  HELM_RELEASE: 'Custom::EKSSlipway-HelmRelease',
  DRAIN: 'Custom::EKSSlipway-Drain',
  SWEEP: 'Custom::EKSSlipway-Sweep',
  CDK_MANIFEST: 'Custom::AWSCDK-EKS-KubernetesResource',
  CDK_HELM: 'Custom::AWSCDK-EKS-HelmChart',
  CDK_PATCH: 'Custom::AWSCDK-EKS-KubernetesPatch',
  CDK_OBJECT_VALUE: 'Custom::AWSCDK-EKS-KubernetesObjectValue',
} as const;

/**
 * Environment of the function.
 *
 * - `CLUSTER_NAME`
 * - `CLUSTER_ENDPOINT`, `CLUSTER_CA` (base64 PEM): optional; where absent, `eks:DescribeCluster` tells them.
 * - `AWS_REGION` and credentials: the Lambda runtime's own; the bearer token is a presigned `sts:GetCallerIdentity` made from them.
 * - `AWS_LAMBDA_FUNCTION_NAME`: to whom the function hands an event on that takes longer than one invocation: itself.
 * - `HELM_PATH`: the helm binary. Default `/opt/helm/helm`, where the kubectl layer puts it.
 * - `DELIVERY_PATIENCE_SECONDS`: how long is tried again what passes by itself (access that has not arrived, a webhook that is not up). Default 150.
 */
