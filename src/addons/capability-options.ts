import * as iam from 'aws-cdk-lib/aws-iam';

/**
 * What a capability does.
 */
export enum CapabilityType {
  /** AWS Controllers for Kubernetes: AWS resources as Kubernetes objects. */
  ACK = 'ACK',

  /** Argo CD: keeps clusters as Git repositories say. */
  ARGO_CD = 'ARGOCD',

  /** kro: APIs of your own, made of several objects each. */
  KRO = 'KRO',
}

/**
 * A role in Argo CD.
 */
export enum ArgoCdRole {
  /** May do everything. */
  ADMIN = 'ADMIN',

  /** May change applications. */
  EDITOR = 'EDITOR',

  /** May look. */
  VIEWER = 'VIEWER',
}

/**
 * Who has a role in Argo CD: users and groups of IAM Identity Center.
 */
export interface ArgoCdRoleMapping {
  /**
   * The role.
   */
  readonly role: ArgoCdRole;

  /**
   * Ids of users.
   *
   * @default - none
   */
  readonly users?: string[];

  /**
   * Ids of groups.
   *
   * @default - none
   */
  readonly groups?: string[];
}

/**
 * What the Argo CD capability needs to know.
 */
export interface ArgoCdCapabilityOptions {
  /**
   * ARN of the instance of IAM Identity Center in which people sign in.
   */
  readonly idcInstanceArn: string;

  /**
   * Region of that instance.
   *
   * @default - the cluster's
   */
  readonly idcRegion?: string;

  /**
   * Who may do what.
   *
   * @default - nobody gets in
   */
  readonly roleMappings?: ArgoCdRoleMapping[];

  /**
   * Namespace of its objects.
   *
   * @default 'argocd'
   */
  readonly namespace?: string;

  /**
   * Ids of VPC endpoints by which its server is reached.
   *
   * @default - it is reached by the internet
   */
  readonly vpcEndpointIds?: string[];
}

/**
 * What the ACK capability can be told.
 *
 * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_AckConfigRequest.html
 */
export interface AckCapabilityOptions {
  /**
   * Services whose controllers are off, as ACK calls them: `s3`, `ec2`. What exists of them is left as it is.
   *
   * @default - all are on
   */
  readonly disabledServices?: string[];

  /**
   * Whether an object may refer to one in another namespace.
   *
   * @default false
   */
  readonly crossNamespaceReferences?: boolean;
}

/**
 * Options of Capability.
 */
export interface CapabilityOptions {
  /**
   * What it does. A change replaces it.
   */
  readonly type: CapabilityType;

  /**
   * Its name in the cluster. A change replaces it.
   *
   * @default - its type in lower case
   */
  readonly capabilityName?: string;

  /**
   * What ACK can be told. Only with this type.
   *
   * @default - all services, references within a namespace
   */
  readonly ack?: AckCapabilityOptions;

  /**
   * What Argo CD needs to know. With this type it must be given.
   *
   * @default - none
   */
  readonly argoCd?: ArgoCdCapabilityOptions;

  /**
   * Its role, which must trust `capabilities.eks.amazonaws.com` for `sts:AssumeRole` and `sts:TagSession`. EKS makes its access entry.
   *
   * @default - a new role that may do nothing in AWS; grant to the capability what it shall do
   */
  readonly role?: iam.IRole;
}
