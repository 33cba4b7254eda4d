/** What kind of image nodes start from; it decides the format of the user data and the default volumes. */
export enum AmiFamily {
  /** Amazon Linux 2, for which EKS makes images up to Kubernetes 1.32 only. */
  AL2 = 'AL2',
  /** Amazon Linux 2023. */
  AL2023 = 'AL2023',
  /** Bottlerocket. */
  BOTTLEROCKET = 'Bottlerocket',
  /** An image of your own; the user data has to join the node to the cluster by itself. */
  CUSTOM = 'Custom',
  /** Windows Server 2019. */
  WINDOWS_2019 = 'Windows2019',
  /** Windows Server 2022. */
  WINDOWS_2022 = 'Windows2022',
  /** Windows Server 2025. */
  WINDOWS_2025 = 'Windows2025',
}
