import type { EC2Client, Filter, IpPermission, SecurityGroup } from '@aws-sdk/client-ec2';
import { clusterTags, isKarpenters, isOwned, Tag } from './cluster-tags';
import { Step } from './hand-over';
import { Leftover, sweepStep } from './leftover';
import { loadSdk } from './sdk';

function ec2() {
  return loadSdk('@aws-sdk/client-ec2') as typeof import('@aws-sdk/client-ec2');
}

/** Everything that one kind of a describe call returns for any of the cluster's tags, without what others manage. */
async function owned<T extends { Tags?: Tag[] }>(
  cluster: string, describe: (filters: Filter[], token?: string) => Promise<{ items?: T[]; token?: string }>, id: (item: T) => string | undefined,
): Promise<T[]> {
  const found = new Map<string | undefined, T>();
  for (const { Key, Value } of clusterTags(cluster)) {
    let token: string | undefined;
    do {
      const page = await describe([{ Name: `tag:${Key}`, Values: [Value] }], token);
      page.items?.forEach(item => found.set(id(item), item));
      token = page.token;
    } while (token);
  }
  return [...found.values()].filter(({ Tags }) => isOwned(cluster, Tags));
}

/** Instances, which Karpenter starts by itself. */
export function instances(client: EC2Client, cluster: string): Step<Leftover> {
  const { DescribeInstancesCommand, TerminateInstancesCommand } = ec2();
  const running = { Name: 'instance-state-name', Values: ['pending', 'running', 'stopping', 'stopped', 'shutting-down'] };
  return sweepStep('instances', async () => {
    const found = await owned(cluster, async (filters, NextToken) => {
      const page = await client.send(new DescribeInstancesCommand({ Filters: [...filters, running], NextToken }));
      return { items: page.Reservations?.flatMap(({ Instances }) => Instances ?? []), token: page.NextToken };
    }, item => item.InstanceId);
    // What Auto Mode runs only EKS can end, and does with the cluster.
    return found.filter(({ Operator }) => !Operator?.Managed).map(({ InstanceId, State }) => ({ id: InstanceId!, isGoing: State?.Name === 'shutting-down' }));
  }, async ({ id, isGoing }) => {
    if (!isGoing) {
      await client.send(new TerminateInstancesCommand({ InstanceIds: [id] }));
    }
  });
}

/** Network interfaces that the VPC CNI took for pods and that no instance holds any more. */
export function networkInterfaces(client: EC2Client, cluster: string): Step<Leftover> {
  const { DescribeNetworkInterfacesCommand, DeleteNetworkInterfaceCommand } = ec2();
  const available = { Name: 'status', Values: ['available'] };
  return sweepStep('network interfaces', async () => {
    const found = await owned(cluster, async (filters, NextToken) => {
      const page = await client.send(new DescribeNetworkInterfacesCommand({ Filters: [...filters, available], NextToken }));
      return { items: page.NetworkInterfaces?.map(item => ({ ...item, Tags: item.TagSet })), token: page.NextToken };
    }, item => item.NetworkInterfaceId);
    return found.map(({ NetworkInterfaceId }) => ({ id: NetworkInterfaceId! }));
  }, async ({ id }) => {
    await client.send(new DeleteNetworkInterfaceCommand({ NetworkInterfaceId: id }));
  });
}

/** Security groups of load balancers, with the rules in the cluster's other groups that speak of them. The cluster's own group is EKS's. */
export function securityGroups(client: EC2Client, cluster: string, clusterSecurityGroupId?: string): Step<Leftover> {
  const sdk = ec2();
  const describe = async (filters: Filter[], NextToken?: string) => {
    const page = await client.send(new sdk.DescribeSecurityGroupsCommand({ Filters: filters, NextToken }));
    return { items: page.SecurityGroups, token: page.NextToken };
  };
  return sweepStep('security groups', async () => {
    const found = await owned(cluster, describe, group => group.GroupId);
    return found.filter(({ GroupId }) => GroupId !== clusterSecurityGroupId).map(({ GroupId }) => ({ id: GroupId! }));
  }, async ({ id }) => {
    const { items: inbound = [] } = await describe([{ Name: 'ip-permission.group-id', Values: [id] }]);
    for (const { GroupId, IpPermissions } of inbound.filter(group => carriesTag(cluster, group))) {
      await client.send(new sdk.RevokeSecurityGroupIngressCommand({ GroupId, IpPermissions: about(id, IpPermissions) }));
    }
    const { items: outbound = [] } = await describe([{ Name: 'egress.ip-permission.group-id', Values: [id] }]);
    for (const { GroupId, IpPermissionsEgress } of outbound.filter(group => carriesTag(cluster, group))) {
      await client.send(new sdk.RevokeSecurityGroupEgressCommand({ GroupId, IpPermissions: about(id, IpPermissionsEgress) }));
    }
    await client.send(new sdk.DeleteSecurityGroupCommand({ GroupId: id }));
  });
}

/** The cluster's own group too: what speaks of a group that goes is of no use in it. */
function carriesTag(cluster: string, { Tags }: SecurityGroup): boolean {
  return clusterTags(cluster).some(({ Key, Value }) => Tags?.some(tag => tag.Key === Key && tag.Value === Value));
}

/** The part of rules that speaks of a group. */
function about(groupId: string, permissions: IpPermission[] = []): IpPermission[] {
  return permissions
    .map(({ IpProtocol, FromPort, ToPort, UserIdGroupPairs }) => ({
      IpProtocol, FromPort, ToPort, UserIdGroupPairs: UserIdGroupPairs?.filter(pair => pair.GroupId === groupId),
    }))
    .filter(({ UserIdGroupPairs }) => UserIdGroupPairs?.length);
}

/** Launch templates of Karpenter. */
export function launchTemplates(client: EC2Client, cluster: string): Step<Leftover> {
  const { DescribeLaunchTemplatesCommand, DeleteLaunchTemplateCommand } = ec2();
  return sweepStep('launch templates', async () => {
    const found = await owned(cluster, async (filters, NextToken) => {
      const page = await client.send(new DescribeLaunchTemplatesCommand({ Filters: filters, NextToken }));
      return { items: page.LaunchTemplates, token: page.NextToken };
    }, item => item.LaunchTemplateId);
    return found.filter(({ Tags }) => isKarpenters(Tags)).map(({ LaunchTemplateId }) => ({ id: LaunchTemplateId! }));
  }, async ({ id }) => {
    await client.send(new DeleteLaunchTemplateCommand({ LaunchTemplateId: id }));
  });
}

/** Volumes that the EBS CSI driver made for claims, by state. */
export async function findVolumes(client: EC2Client, cluster: string): Promise<{ id: string; isFree: boolean }[]> {
  const { DescribeVolumesCommand } = ec2();
  const found = await owned(cluster, async (filters, NextToken) => {
    const page = await client.send(new DescribeVolumesCommand({ Filters: filters, NextToken }));
    return { items: page.Volumes, token: page.NextToken };
  }, item => item.VolumeId);
  return found
    .filter(({ Tags }) => Tags?.some(({ Key }) => Key === 'CSIVolumeName' || Key === 'kubernetes.io/created-for/pvc/name'))
    .filter(({ State }) => State !== 'deleting' && State !== 'deleted')
    .map(({ VolumeId, State }) => ({ id: VolumeId!, isFree: State === 'available' }));
}

/** Those of them that nothing uses. */
export function volumes(client: EC2Client, cluster: string): Step<Leftover> {
  const { DeleteVolumeCommand } = ec2();
  return sweepStep('volumes', async () => (await findVolumes(client, cluster)).filter(({ isFree }) => isFree), async ({ id }) => {
    await client.send(new DeleteVolumeCommand({ VolumeId: id }));
  });
}
