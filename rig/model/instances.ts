import { AwsModel } from './aws-model';
import { Cluster, nodeName } from './cluster';
import { hash } from './identity';
import { Thing } from './world';

export const INSTANCE = 'AWS::EC2::Instance';

export interface InstanceOptions {
  readonly subnetId?: string;
  readonly securityGroupIds: string[];
  readonly labels: { [name: string]: string };
  readonly tags: { readonly Key: string; readonly Value: string }[];
}

/** Starts a machine and waits until its node is ready. */
export async function launch(model: AwsModel, cluster: Cluster, owner: string, index: number, options: InstanceOptions): Promise<void> {
  const node = nodeName(owner, index);
  model.make(INSTANCE, `i-${hash(`${owner} ${index}`).slice(0, 17)}`, owner, {
    PrivateDnsName: node,
    ClusterName: cluster.name,
    SubnetId: options.subnetId,
    SecurityGroupIds: options.securityGroupIds,
    Tags: [{ Key: `kubernetes.io/cluster/${cluster.name}`, Value: 'owned' }, ...options.tags],
  });
  await cluster.addNode(node, options.labels);
}

/** Ends a machine, its node and the pods on it; the VPC CNI may leave a network interface of it behind. */
export async function terminate(model: AwsModel, instance: Thing): Promise<void> {
  const { PrivateDnsName, ClusterName, SubnetId, SecurityGroupIds } = instance.properties;
  model.world.remove(instance);
  if (model.leavesInterfaces) {
    model.make('AWS::EC2::NetworkInterface', `eni-${hash(`${instance.id} ${model.world.serial()}`).slice(0, 17)}`, `the VPC CNI on ${PrivateDnsName}`, {
      SubnetId, Groups: SecurityGroupIds, Tags: [{ Key: 'cluster.k8s.amazonaws.com/name', Value: ClusterName }],
    });
  }
  await model.clusters.get(ClusterName)?.removeNode(PrivateDnsName);
}
