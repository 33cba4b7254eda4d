/** How well a date is known. */
export type Certainty =
  /** Read in a list that quotes EKS's release calendar. */
  | 'read'
  /** Not published where we looked. */
  | 'unknown';

/** A Kubernetes version that EKS offers. */
export interface KubernetesVersionSupport {
  /** Such as '1.36'. */
  readonly version: string;
  /** The last day of standard support, as YYYY-MM-DD; undefined where it is not certain. */
  readonly endOfStandardSupport?: string;
  /** The last day of extended support, as YYYY-MM-DD; undefined where it is not certain. */
  readonly endOfExtendedSupport?: string;
  readonly certainty: Certainty;
}

/** The day on which this list was compared with its sources. */
export const KUBERNETES_VERSIONS_CHECKED_ON = '2026-11-20';

/**
 * The versions that EKS offered on that day, oldest first. 1.30 had left extended support on 2026-07-23.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html
 */
export const KUBERNETES_VERSIONS: KubernetesVersionSupport[] = [
  { version: '1.31', endOfStandardSupport: '2025-11-26', endOfExtendedSupport: '2026-11-26', certainty: 'read' },
  { version: '1.32', endOfStandardSupport: '2026-03-23', endOfExtendedSupport: '2027-03-23', certainty: 'read' },
  { version: '1.33', endOfStandardSupport: '2026-07-29', endOfExtendedSupport: '2027-07-29', certainty: 'read' },
  { version: '1.34', endOfStandardSupport: '2026-12-02', endOfExtendedSupport: '2027-12-02', certainty: 'read' },
  { version: '1.35', endOfStandardSupport: '2027-03-27', endOfExtendedSupport: '2028-03-27', certainty: 'read' },
  { version: '1.36', endOfStandardSupport: '2027-08-02', endOfExtendedSupport: '2028-08-02', certainty: 'read' },
  { version: '1.37', certainty: 'unknown' },
];
