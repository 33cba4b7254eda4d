import * as ec2 from 'aws-cdk-lib/aws-ec2';

/**
 * How much a platform may grow by itself. Everything but the system nodes is made on demand.
 */
export class PlatformSize {
  /** For trying out and for small teams: up to 64 vCPU of workloads. */
  public static readonly SMALL = new PlatformSize('m7i.large', 2, 4, '64', '256Gi');

  /** Up to 400 vCPU of workloads. */
  public static readonly MEDIUM = new PlatformSize('m7i.xlarge', 2, 6, '400', '1600Gi');

  /** Up to 2,000 vCPU of workloads. */
  public static readonly LARGE = new PlatformSize('m7i.2xlarge', 3, 9, '2000', '8000Gi');

  /** Instance type of the system nodes. */
  public readonly systemInstanceType: ec2.InstanceType;

  private constructor(
    systemInstanceType: string,
    /** System nodes at least. */
    public readonly minSystemNodes: number,
    /** System nodes at most. */
    public readonly maxSystemNodes: number,
    /** vCPU of all workload nodes together at most. */
    public readonly cpuLimit: string,
    /** Memory of all workload nodes together at most. */
    public readonly memoryLimit: string,
  ) {
    this.systemInstanceType = new ec2.InstanceType(systemInstanceType);
  }
}
