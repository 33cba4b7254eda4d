/**
 * A way to find images. Of one term, all fields have to match; `alias` and `id` stand alone.
 *
 * @see https://karpenter.sh/docs/concepts/nodeclasses/#specamiselectorterms
 */
export interface AmiSelectorTerm {
  /**
   * An image that AWS makes for EKS, as `FAMILY@VERSION`: `al2023@v20260801`, `bottlerocket@v1.40.0`, `windows2022@latest`.
   * It has to be the only term.
   *
   * @default - no alias
   */
  readonly alias?: string;

  /**
   * The id of an image.
   *
   * @default - any
   */
  readonly id?: string;

  /**
   * The name of an image; `*` and `?` match anything.
   *
   * @default - any
   */
  readonly name?: string;

  /**
   * Who owns the image: an account id, `self`, `amazon` or `aws-marketplace`. Goes with `name` or `tags`.
   *
   * @default - self and amazon
   */
  readonly owner?: string;

  /**
   * The name or ARN of an SSM parameter that holds the id of an image.
   *
   * @default - no parameter
   */
  readonly ssmParameter?: string;

  /**
   * Tags of the image; the value `*` matches any.
   *
   * @default - any
   */
  readonly tags?: { [key: string]: string };
}

/** A way to find subnets: by id or by tags. */
export interface SubnetSelectorTerm {
  /**
   * The id of a subnet.
   *
   * @default - by tags
   */
  readonly id?: string;

  /**
   * Tags of the subnets, all of which have to match; the value `*` matches any.
   *
   * @default - by id
   */
  readonly tags?: { [key: string]: string };
}

/** A way to find security groups: by id, name or tags. */
export interface SecurityGroupSelectorTerm {
  /**
   * The id of a security group.
   *
   * @default - by name or tags
   */
  readonly id?: string;

  /**
   * The name of a security group (not its tag `Name`).
   *
   * @default - by id or tags
   */
  readonly name?: string;

  /**
   * Tags of the security groups, all of which have to match; the value `*` matches any.
   *
   * @default - by id or name
   */
  readonly tags?: { [key: string]: string };
}
