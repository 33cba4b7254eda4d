/** What a network interface of a node is for. */
export enum NodeNetworkInterfaceType {
  /** An ordinary interface with IP addresses. */
  INTERFACE = 'interface',
  /** An Elastic Fabric Adapter only, without an IP address. */
  EFA_ONLY = 'efa-only',
}

/**
 * A network interface that nodes start with. Karpenter 1.11 or later.
 *
 * @see https://karpenter.sh/docs/concepts/nodeclasses/#specnetworkinterfaces
 */
export interface NodeNetworkInterface {
  /** Which network card it is attached to, from 0. */
  readonly networkCardIndex: number;

  /** Its place on the card, from 0. The interface at card 0 and place 0 is the node's own and an `INTERFACE`. */
  readonly deviceIndex: number;

  /** What it is for. A card has at most one `EFA_ONLY`. */
  readonly interfaceType: NodeNetworkInterfaceType;
}
