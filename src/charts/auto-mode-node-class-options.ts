import { Size } from 'aws-cdk-lib';

/** How the addresses of pods are translated on their way out of the VPC. */
export enum AutoModeSnatPolicy {
  /** To the node's address, from a random port. */
  RANDOM = 'Random',
  /** Not at all: something else has to, such as a NAT gateway. */
  DISABLED = 'Disabled',
}

/** What a new pod may do until its network policies are in force. */
export enum AutoModeNetworkPolicy {
  /** All traffic. */
  DEFAULT_ALLOW = 'DefaultAllow',
  /** None. Every pod that is not on the host's network needs a network policy. */
  DEFAULT_DENY = 'DefaultDeny',
}

/** How nodes get the addresses of their pods. */
export enum AutoModeIpv4PrefixSize {
  /** In prefixes of 16, and one by one where there is no prefix left. */
  AUTO = 'Auto',
  /** One by one: saves addresses where nodes have few pods. */
  SINGLE = '32',
}

/** The volume of a node that holds images, containers and logs. Auto Mode encrypts it. */
export interface AutoModeEphemeralStorage {
  /**
   * The size.
   *
   * @default Size.gibibytes(80)
   */
  readonly size?: Size;

  /**
   * I/O operations per second, from 3000 to 16000.
   *
   * @default 3000
   */
  readonly iops?: number;

  /**
   * Throughput in MiB/s, from 125 to 1000.
   *
   * @default 125
   */
  readonly throughput?: number;

  /**
   * The id or ARN of the KMS key to encrypt with.
   *
   * @default - the account's default key for EBS
   */
  readonly kmsKeyId?: string;
}

/** The way of nodes to the network. */
export interface AutoModeAdvancedNetworking {
  /**
   * Whether nodes get public IPv4 addresses.
   *
   * @default - as the subnet says
   */
  readonly associatePublicIpAddress?: boolean;

  /**
   * The proxy that nodes send HTTPS through: `http://192.0.2.4:3128`.
   *
   * @default - no proxy
   */
  readonly httpsProxy?: string;

  /**
   * Hosts and networks that are reached without the proxy. `169.254.169.254` and `.internal` ought to be among them.
   *
   * @default - none
   */
  readonly noProxy?: string[];

  /**
   * How nodes get the addresses of their pods.
   *
   * @default AutoModeIpv4PrefixSize.AUTO
   */
  readonly ipv4PrefixSize?: AutoModeIpv4PrefixSize;
}

/** Certificates that nodes trust. */
export interface AutoModeCertificateBundle {
  /** The name of the bundle. */
  readonly name: string;

  /** The certificates as PEM, encoded with base64. */
  readonly data: string;
}

/** A way to find capacity reservations: by id or by tags. */
export interface AutoModeCapacityReservationTerm {
  /**
   * The id of a capacity reservation: `cr-...`.
   *
   * @default - by tags
   */
  readonly id?: string;

  /**
   * Tags of the reservations, all of which have to match; the value `*` matches any.
   *
   * @default - by id
   */
  readonly tags?: { [key: string]: string };
}
