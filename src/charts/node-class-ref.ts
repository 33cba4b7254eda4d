/** Which node class a `NodePool` uses. */
export interface NodeClassRef {
  /** The name of the node class. */
  readonly name: string;

  /**
   * The kind of the node class: `NodeClass` on EKS Auto Mode.
   *
   * @default EC2NodeClass
   */
  readonly kind?: string;

  /**
   * The API group of the node class, without a version: `eks.amazonaws.com` on EKS Auto Mode.
   *
   * @default karpenter.k8s.aws
   */
  readonly group?: string;
}
