import { minorOf } from '../../../src/private/minor-of';
import { AwsModel } from '../aws-model';
import { INSTANCE, launch, terminate } from '../instances';
import { Rule } from '../rule';
import { Thing } from '../world';
import { isAssociated } from './pod-identity-association';

/** `AWS::EKS::Nodegroup`: its nodes only become ready where there is a CNI that has permissions. */
export const nodegroup: Rule = {
  refuse(properties, model, before) {
    const control = model.world.get('AWS::EKS::Cluster', properties.ClusterName)?.properties.Version;
    model.cluster(properties.ClusterName);
    if (properties.Version && control && minorOf(properties.Version) > minorOf(control)) {
      return `nodegroup version ${properties.Version} is newer than that of its cluster, ${control}`;
    }
    if (before?.properties.Version && properties.Version && minorOf(properties.Version) < minorOf(before.properties.Version)) {
      return `nodegroup version cannot go down from ${before.properties.Version} to ${properties.Version}`;
    }
    const { MinSize = 1, DesiredSize = 2, MaxSize = 2 } = properties.ScalingConfig ?? {};
    return MinSize <= DesiredSize && DesiredSize <= MaxSize ? undefined : `desired size ${DesiredSize} is not between ${MinSize} and ${MaxSize}`;
  },

  async created(thing, model) {
    const { ClusterName, NodeRole } = thing.properties;
    const entry = `${NodeRole}|${ClusterName}`;
    if (!model.world.get('AWS::EKS::AccessEntry', entry)) {
      model.make('AWS::EKS::AccessEntry', entry, `node group ${thing.id}`, { ClusterName, PrincipalArn: NodeRole, Type: 'EC2_LINUX' });
    }
    const missing = await whatTheCniLacks(thing, model);
    if (missing) {
      throw new Error(`NodeCreationFailure: instances failed to join the kubernetes cluster (${missing})`);
    }
    await scale(thing, model, desired(thing));
  },

  async updated(thing, before, model) {
    if (before.Version !== thing.properties.Version || JSON.stringify(before.LaunchTemplate) !== JSON.stringify(thing.properties.LaunchTemplate)) {
      await scale(thing, model, 0);
    }
    await scale(thing, model, desired(thing));
  },

  async deleted(thing, model) {
    await scale(thing, model, 0);
    const entry = model.world.get('AWS::EKS::AccessEntry', `${thing.properties.NodeRole}|${thing.properties.ClusterName}`);
    if (entry?.owner === `node group ${thing.id}`) { model.world.remove(entry); }
  },
};

function desired(thing: Thing): number {
  return thing.properties.ScalingConfig?.DesiredSize ?? 2;
}

async function whatTheCniLacks(thing: Thing, model: AwsModel): Promise<string | undefined> {
  const { ClusterName, NodeRole } = thing.properties;
  if (!await model.cluster(ClusterName).objects.get('DaemonSet', 'kube-system', 'aws-node')) {
    return 'container runtime network not ready: cni plugin not initialized: no vpc-cni add-on';
  }
  const role = model.world.ofType('AWS::IAM::Role').find(({ attributes }) => attributes.Arn === NodeRole);
  const nodeRoleMay = (role?.properties.ManagedPolicyArns ?? []).some((arn: string) => arn.endsWith('/AmazonEKS_CNI_Policy'));
  const hasAgent = model.world.get('AWS::EKS::Addon', `${ClusterName}|eks-pod-identity-agent`) !== undefined;
  const addon = model.world.get('AWS::EKS::Addon', `${ClusterName}|vpc-cni`);
  const hasIdentity = isAssociated(model, ClusterName, 'kube-system', 'aws-node') && hasAgent;
  return nodeRoleMay || hasIdentity || addon?.properties.ServiceAccountRoleArn ? undefined
    : 'cni plugin not initialized: aws-node has no permissions (neither Pod Identity with its agent, nor IRSA, nor the node role)';
}

/** Instances, their nodes, and after them what instances leave. */
async function scale(thing: Thing, model: AwsModel, size: number): Promise<void> {
  const { ClusterName, Labels = {}, Subnets } = thing.properties;
  const cluster = model.cluster(ClusterName);
  const group = model.world.get('AWS::EKS::Cluster', ClusterName)?.attributes.ClusterSecurityGroupId;
  const owner = `node group ${thing.id}`;
  const instances = model.world.ofType(INSTANCE).filter(instance => instance.owner === owner);
  for (const instance of instances.slice(size)) {
    await terminate(model, instance);
  }
  await Promise.all(Array.from({ length: Math.max(0, size - instances.length) }, async (_, n) => {
    const i = instances.length + n;
    await launch(model, cluster, owner, i, {
      subnetId: Subnets[i % Subnets.length],
      securityGroupIds: [String(group)],
      tags: [{ Key: 'aws:autoscaling:groupName', Value: thing.id }],
      labels: {
        ...Labels,
        'eks.amazonaws.com/nodegroup': thing.id.split('/')[1],
        'topology.kubernetes.io/zone': model.environment.zones[i % model.environment.zones.length],
        'topology.kubernetes.io/region': model.environment.region,
      },
    });
  }));
}
