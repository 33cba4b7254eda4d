/** The day on which the table was compared with Karpenter's. */
export const KARPENTER_SINCE_CHECKED_ON = '2026-11-21';

/**
 * The first minor release of Karpenter for a minor version of Kubernetes.
 *
 * @see https://karpenter.sh/docs/upgrading/compatibility/
 */
export const KARPENTER_SINCE: { readonly [kubernetes: number]: readonly [major: number, minor: number] } = {
  30: [0, 37],
  31: [1, 0],
  32: [1, 2],
  33: [1, 5],
  34: [1, 6],
  35: [1, 9],
  36: [1, 13],
};
