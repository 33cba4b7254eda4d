import { Duration } from 'aws-cdk-lib';

/**
 * Settings of the kubelet.
 *
 * @see https://karpenter.sh/docs/concepts/nodeclasses/#speckubelet
 */
export interface KubeletConfiguration {
  /**
   * The addresses of the cluster's DNS service.
   *
   * @default - found by Karpenter
   */
  readonly clusterDns?: string[];

  /**
   * The most pods on a node.
   *
   * @default - what the instance type's network interfaces allow
   */
  readonly maxPods?: number;

  /**
   * The most pods for each CPU; `maxPods` still holds.
   *
   * @default - no such limit
   */
  readonly podsPerCore?: number;

  /**
   * What is kept for the operating system: `cpu`, `memory`, `ephemeral-storage`, `pid`.
   *
   * @default - nothing
   */
  readonly systemReserved?: { [resource: string]: string };

  /**
   * What is kept for the kubelet and the container runtime: `cpu`, `memory`, `ephemeral-storage`, `pid`.
   *
   * @default - computed from the instance type
   */
  readonly kubeReserved?: { [resource: string]: string };

  /**
   * Below which amount (`200Mi`) or share (`10%`) of a signal pods are evicted at once: `memory.available`, `nodefs.available`,
   * `nodefs.inodesFree`, `imagefs.available`, `imagefs.inodesFree`, `pid.available`.
   *
   * @default - the kubelet's own
   */
  readonly evictionHard?: { [signal: string]: string };

  /**
   * As `evictionHard`, for pods that are evicted after a time.
   *
   * @default - none
   */
  readonly evictionSoft?: { [signal: string]: string };

  /**
   * After which time, for each signal of `evictionSoft`.
   *
   * @default - none
   */
  readonly evictionSoftGracePeriod?: { [signal: string]: Duration };

  /**
   * The longest that a pod evicted by `evictionSoft` gets to end.
   *
   * @default - the kubelet's own
   */
  readonly evictionMaxPodGracePeriod?: Duration;

  /**
   * The use of the disk, in percent, from which on images are removed.
   *
   * @default - the kubelet's own: 85
   */
  readonly imageGcHighThresholdPercent?: number;

  /**
   * The use of the disk, in percent, down to which images are removed.
   *
   * @default - the kubelet's own: 80
   */
  readonly imageGcLowThresholdPercent?: number;

  /**
   * Whether CPU limits of containers are enforced.
   *
   * @default true
   */
  readonly cpuCfsQuota?: boolean;
}
