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

/** Which instances may run in a capacity reservation. */
export enum InstanceMatchCriteria {
  /** All instances that match its attributes. */
  OPEN = 'open',
  /** Only those that name it. */
  TARGETED = 'targeted',
}

/**
 * A way to find capacity reservations, capacity blocks among them: by id or by what they are. Nodes of a pool that allows the capacity type
 * `RESERVED` run in them.
 *
 * @see https://karpenter.sh/docs/concepts/nodeclasses/#speccapacityreservationselectorterms
 */
export interface CapacityReservationSelectorTerm {
  /**
   * The id of a capacity reservation: `cr-...`. It stands alone.
   *
   * @default - by the other fields
   */
  readonly id?: string;

  /**
   * The account that owns it, twelve digits; for those that are shared with yours. Goes with `tags` or `instanceMatchCriteria`.
   *
   * @default - any
   */
  readonly ownerId?: string;

  /**
   * Tags of the reservations, all of which have to match; the value `*` matches any.
   *
   * @default - any
   */
  readonly tags?: { [key: string]: string };

  /**
   * Which instances may run in it.
   *
   * @default - any
   */
  readonly instanceMatchCriteria?: InstanceMatchCriteria;
}

/** The placement group that all nodes are put in: by name or by id. Karpenter 1.11 or later. */
export interface PlacementGroupSelector {
  /**
   * Its name. Give this or `id`.
   *
   * @default - by id
   */
  readonly name?: string;

  /**
   * Its id: `pg-...`. Give this or `name`.
   *
   * @default - by name
   */
  readonly id?: string;
}
