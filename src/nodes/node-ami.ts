import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Accelerator } from './instance-facts';
import { checkText } from '../private/check-text';

/**
 * Options of a custom image.
 */
export interface CustomNodeAmiOptions {
  /**
   * The image's architecture.
   *
   * @default - taken to be that of the instance types
   */
  readonly architecture?: ec2.InstanceArchitecture;

  /**
   * Device name of the image's root volume.
   *
   * @default '/dev/xvda'
   */
  readonly rootDevice?: string;
}

/**
 * The machine image of nodes: one that EKS builds and patches, or one of yours.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/eks-optimized-amis.html
 */
export class NodeAmi {
  /** Amazon Linux 2023 (x86-64). */
  public static readonly AL2023_X86_64_STANDARD = NodeAmi.of('AL2023_x86_64_STANDARD');

  /** Amazon Linux 2023 (ARM-64). */
  public static readonly AL2023_ARM_64_STANDARD = NodeAmi.of('AL2023_ARM_64_STANDARD');

  /** Amazon Linux 2023 with NVIDIA drivers (x86-64). */
  public static readonly AL2023_X86_64_NVIDIA = NodeAmi.of('AL2023_x86_64_NVIDIA');

  /** Amazon Linux 2023 with NVIDIA drivers (ARM-64). */
  public static readonly AL2023_ARM_64_NVIDIA = NodeAmi.of('AL2023_ARM_64_NVIDIA');

  /** Amazon Linux 2023 with AWS Neuron drivers, for Inferentia and Trainium (x86-64). */
  public static readonly AL2023_X86_64_NEURON = NodeAmi.of('AL2023_x86_64_NEURON');

  /** Bottlerocket (x86-64). */
  public static readonly BOTTLEROCKET_X86_64 = NodeAmi.of('BOTTLEROCKET_x86_64');

  /** Bottlerocket (ARM-64). */
  public static readonly BOTTLEROCKET_ARM_64 = NodeAmi.of('BOTTLEROCKET_ARM_64');

  /** Bottlerocket with FIPS enabled (x86-64). */
  public static readonly BOTTLEROCKET_X86_64_FIPS = NodeAmi.of('BOTTLEROCKET_x86_64_FIPS');

  /** Bottlerocket with FIPS enabled (ARM-64). */
  public static readonly BOTTLEROCKET_ARM_64_FIPS = NodeAmi.of('BOTTLEROCKET_ARM_64_FIPS');

  /** Bottlerocket with NVIDIA drivers (x86-64). */
  public static readonly BOTTLEROCKET_X86_64_NVIDIA = NodeAmi.of('BOTTLEROCKET_x86_64_NVIDIA');

  /** Bottlerocket with NVIDIA drivers (ARM-64). */
  public static readonly BOTTLEROCKET_ARM_64_NVIDIA = NodeAmi.of('BOTTLEROCKET_ARM_64_NVIDIA');

  /** Bottlerocket with NVIDIA drivers and FIPS enabled (x86-64). */
  public static readonly BOTTLEROCKET_X86_64_NVIDIA_FIPS = NodeAmi.of('BOTTLEROCKET_x86_64_NVIDIA_FIPS');

  /** Bottlerocket with NVIDIA drivers and FIPS enabled (ARM-64). */
  public static readonly BOTTLEROCKET_ARM_64_NVIDIA_FIPS = NodeAmi.of('BOTTLEROCKET_ARM_64_NVIDIA_FIPS');

  /** Windows Server 2019 Core (x86-64). */
  public static readonly WINDOWS_CORE_2019_X86_64 = NodeAmi.of('WINDOWS_CORE_2019_x86_64');

  /** Windows Server 2019 Full (x86-64). */
  public static readonly WINDOWS_FULL_2019_X86_64 = NodeAmi.of('WINDOWS_FULL_2019_x86_64');

  /** Windows Server 2022 Core (x86-64). */
  public static readonly WINDOWS_CORE_2022_X86_64 = NodeAmi.of('WINDOWS_CORE_2022_x86_64');

  /** Windows Server 2022 Full (x86-64). */
  public static readonly WINDOWS_FULL_2022_X86_64 = NodeAmi.of('WINDOWS_FULL_2022_x86_64');

  /** Windows Server 2025 Core (x86-64). */
  public static readonly WINDOWS_CORE_2025_X86_64 = NodeAmi.of('WINDOWS_CORE_2025_x86_64');

  /** Windows Server 2025 Full (x86-64). */
  public static readonly WINDOWS_FULL_2025_X86_64 = NodeAmi.of('WINDOWS_FULL_2025_x86_64');

  /**
   * An image that EKS builds, by the name that the EKS API has for its type.
   */
  public static of(amiType: string): NodeAmi {
    const match = /^(AL2023|BOTTLEROCKET|WINDOWS)_.*?(x86_64|ARM_64)/.exec(amiType);
    if (!match) {
      throw new Error(`"amiType" is "${amiType}": give a type of the EKS API that begins with AL2023, BOTTLEROCKET or WINDOWS, `
        + 'or an image of yours by NodeAmi.custom()');
    }
    const architecture = match[2] === 'ARM_64' ? ec2.InstanceArchitecture.ARM_64 : ec2.InstanceArchitecture.X86_64;
    const accelerator = amiType.includes('NVIDIA') ? 'nvidia' : amiType.includes('NEURON') ? 'neuron' : 'none';
    return new NodeAmi(amiType, match[1] as NodeAmiFamily, accelerator, { architecture });
  }

  /**
   * An image of yours made from Amazon Linux 2023 for EKS. Nodes join through nodeadm; the node group writes the user data for it.
   */
  public static customAl2023(imageId: string, options: CustomNodeAmiOptions = {}): NodeAmi {
    return new NodeAmi('CUSTOM', 'AL2023', 'unknown', options, imageId);
  }

  /**
   * An image of yours made from Bottlerocket for EKS. The node group writes the settings with which nodes join.
   */
  public static customBottlerocket(imageId: string, options: CustomNodeAmiOptions = {}): NodeAmi {
    return new NodeAmi('CUSTOM', 'BOTTLEROCKET', 'unknown', options, imageId);
  }

  /**
   * Any other image of yours. The node group needs `userData` with everything that lets a node join.
   */
  public static custom(imageId: string, options: CustomNodeAmiOptions = {}): NodeAmi {
    return new NodeAmi('CUSTOM', 'OTHER', 'unknown', options, imageId);
  }

  /** What the EKS API calls this type of image; 'CUSTOM' for one of yours. */
  public readonly amiType: string;

  /** Id of the image, if it is one of yours. */
  public readonly imageId?: string;

  /** Architecture of the image, if it is known. */
  public readonly architecture?: ec2.InstanceArchitecture;

  /** @internal */
  public readonly _family: NodeAmiFamily;

  /** @internal */
  public readonly _accelerator: Accelerator | 'unknown';

  /** @internal */
  public readonly _rootDevice: string;

  private constructor(amiType: string, family: NodeAmiFamily, accelerator: Accelerator | 'unknown', options: CustomNodeAmiOptions, imageId?: string) {
    checkText('imageId', imageId, /^ami-[0-9a-f]+$/, 'the id of an image, such as "ami-0123456789abcdef0"');
    checkText('rootDevice', options.rootDevice, /^\/dev\/./, 'the name of a device, such as "/dev/xvda"');
    this.amiType = amiType;
    this.imageId = imageId;
    this.architecture = options.architecture;
    this._family = family;
    this._accelerator = accelerator;
    this._rootDevice = options.rootDevice ?? (family === 'WINDOWS' ? '/dev/sda1' : '/dev/xvda');
  }
}

type NodeAmiFamily = 'AL2023' | 'BOTTLEROCKET' | 'WINDOWS' | 'OTHER';
