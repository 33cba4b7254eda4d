import { Duration } from 'aws-cdk-lib';

/**
 * After what time of silence the network forgets a connection of a node. At least one has to be given. Karpenter 1.13 or later.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/security-group-connection-tracking.html#connection-tracking-timeouts
 */
export interface ConnectionTracking {
  /**
   * Of an established TCP connection: from 60 seconds to 5 days.
   *
   * @default - EC2's default: 350 seconds on Nitro v6, 5 days on others
   */
  readonly tcpEstablishedTimeout?: Duration;

  /**
   * Of a UDP flow with more than one request and response: from 60 to 180 seconds.
   *
   * @default - EC2's default: 180 seconds
   */
  readonly udpStreamTimeout?: Duration;

  /**
   * Of a UDP flow in one direction, or with one request and response: from 30 to 60 seconds.
   *
   * @default - EC2's default: 30 seconds
   */
  readonly udpTimeout?: Duration;
}
