import { AmiSelectorTerm } from './selector-terms';
import { checkText } from '../private/check-text';

/**
 * Images that AWS makes for EKS, by family and release, for `amiSelectorTerms`.
 *
 * A pinned release leaves the time at which nodes are replaced to you. The releases that there are in a region for Kubernetes 1.36:
 * `aws ssm get-parameters-by-path --recursive --query "Parameters[].Name" --path /aws/service/eks/optimized-ami/1.36/amazon-linux-2023`,
 * and for Bottlerocket with the path `/aws/service/bottlerocket/aws-k8s-1.36`.
 *
 * @see https://karpenter.sh/docs/concepts/nodeclasses/#specamiselectorterms
 */
export class AmiAlias {
  /**
   * A release of Amazon Linux 2023 for Kubernetes 1.30 to 1.36, of July 2026: the newest whose release notes were read on 2026-11-21.
   *
   * @see https://github.com/awslabs/amazon-eks-ami/blob/main/CHANGELOG.md
   */
  public static readonly AL2023_RELEASE = 'v20260714';

  /**
   * Amazon Linux 2023.
   *
   * @param release as AWS names it, `v` and a date: `v20260714`. By default `AL2023_RELEASE`, which a later version of this library may change
   */
  public static al2023(release?: string): AmiSelectorTerm {
    return pinned('al2023', release ?? AmiAlias.AL2023_RELEASE, /^v\d{8}$/, 'v and the date of a release, such as "v20260714"');
  }

  /**
   * Bottlerocket.
   *
   * @param release the version, such as `v1.40.0`
   */
  public static bottlerocket(release: string): AmiSelectorTerm {
    return pinned('bottlerocket', release, /^v?\d+\.\d+\.\d+(-[0-9a-f]+)?$/, 'a version of Bottlerocket, such as "v1.40.0"');
  }

  /** Windows Server 2019 (Core). AWS lets nobody pin a release of Windows by an alias. */
  public static windows2019(): AmiSelectorTerm {
    return { alias: 'windows2019@latest' };
  }

  /** Windows Server 2022 (Core). AWS lets nobody pin a release of Windows by an alias. */
  public static windows2022(): AmiSelectorTerm {
    return { alias: 'windows2022@latest' };
  }

  /** Windows Server 2025 (Core). AWS lets nobody pin a release of Windows by an alias. */
  public static windows2025(): AmiSelectorTerm {
    return { alias: 'windows2025@latest' };
  }

  private constructor() {}
}

function pinned(family: string, release: string, format: RegExp, fix: string): AmiSelectorTerm {
  return { alias: `${family}@${checkText('release', release, format, fix)}` };
}
