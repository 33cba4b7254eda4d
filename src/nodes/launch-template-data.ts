import { Size, SizeRoundingBehavior } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as kms from 'aws-cdk-lib/aws-kms';
import { IConstruct } from 'constructs';
import { NodeAmi } from './node-ami';
import { nodeUserData, UserDataProps } from './user-data';
import { checkInteger } from '../private/check-number';

/** What of a node group's props goes into its launch template. */
export interface LaunchTemplateProps extends UserDataProps {
  readonly instanceTypes: ec2.InstanceType[];
  readonly capacityType?: eks.CapacityType;
  readonly capacityReservationId?: string;
  readonly diskSize?: Size;
  readonly diskEncryptionKey?: kms.IKey;
  readonly securityGroups?: ec2.ISecurityGroup[];
  readonly metadataHopLimit?: number;
  readonly detailedMonitoring?: boolean;
  readonly tags?: Record<string, string>;
}

/** @see https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html */
export function launchTemplateData(scope: IConstruct, ami: NodeAmi, props: LaunchTemplateProps): ec2.CfnLaunchTemplate.LaunchTemplateDataProperty {
  const { cluster, capacityReservationId, securityGroups = [], tags } = props;
  const block = props.capacityType === eks.CapacityType.CAPACITY_BLOCK;
  return {
    imageId: ami.imageId,
    instanceType: block ? props.instanceTypes[0].toString() : undefined,
    instanceMarketOptions: block ? { marketType: 'capacity-block' } : undefined,
    capacityReservationSpecification: capacityReservationId === undefined ? undefined : { capacityReservationTarget: { capacityReservationId } },
    blockDeviceMappings: volumes(ami, props),
    metadataOptions: {
      httpTokens: 'required',
      httpPutResponseHopLimit: checkInteger('metadataHopLimit', props.metadataHopLimit ?? 1, 1, 64),
    },
    monitoring: props.detailedMonitoring ? { enabled: true } : undefined,
    // EKS adds the cluster's group only where the template has none.
    securityGroupIds: securityGroups.length > 0 ? [cluster.clusterSecurityGroupId, ...securityGroups.map(group => group.securityGroupId)] : undefined,
    userData: nodeUserData(scope, ami, props),
    tagSpecifications: tags && Object.keys(tags).length > 0
      ? ['instance', 'volume'].map(resourceType => ({ resourceType, tags: Object.entries(tags).map(([key, value]) => ({ key, value })) }))
      : undefined,
  };
}

function volumes(ami: NodeAmi, { diskSize = Size.gibibytes(50), diskEncryptionKey }: LaunchTemplateProps) {
  const least = { WINDOWS: 50, AL2023: 20, BOTTLEROCKET: 1, OTHER: 1 }[ami._family];
  const volumeSize = checkInteger('diskSize', diskSize.toGibibytes({ rounding: SizeRoundingBehavior.NONE }), least, 65536, 'GiB');
  const volume = (deviceName: string, size?: number) => ({
    deviceName,
    ebs: { encrypted: true, kmsKeyId: diskEncryptionKey?.keyArn, volumeType: 'gp3', volumeSize: size, deleteOnTermination: true },
  });
  // Bottlerocket's root volume is the read-only system, images and containers are on the second.
  return ami._family === 'BOTTLEROCKET' ? [volume(ami._rootDevice), volume('/dev/xvdb', volumeSize)] : [volume(ami._rootDevice, volumeSize)];
}
