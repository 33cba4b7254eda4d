/**
 * How an instance's metadata can be reached.
 *
 * @see https://karpenter.sh/docs/concepts/nodeclasses/#specmetadataoptions
 */
export interface NodeMetadataOptions {
  /**
   * Whether there is a metadata endpoint at all.
   *
   * @default true
   */
  readonly httpEndpoint?: boolean;

  /**
   * Whether it can be reached over IPv6.
   *
   * @default false
   */
  readonly httpProtocolIpv6?: boolean;

  /**
   * How many network hops an answer survives, from 1 to 64: with 1, pods that are not on the host's network cannot reach it.
   *
   * @default 1
   */
  readonly httpPutResponseHopLimit?: number;

  /**
   * Whether a session token is required (IMDSv2).
   *
   * @default true
   */
  readonly httpTokensRequired?: boolean;
}
