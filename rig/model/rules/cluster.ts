import { minorOf } from '../../../src/private/minor-of';
import { AwsModel } from '../aws-model';
import { hash } from '../identity';
import { Rule } from '../rule';
import { Thing } from '../world';
import { selfManaged } from './addon';

/** `AWS::EKS::Cluster` */
export const cluster: Rule = {
  refuse(properties, _, before) {
    const [from, to] = [before?.properties.Version, properties.Version].map(minorOf);
    if (before && from && to && to !== from && to !== from + 1) {
      return `unsupported Kubernetes minor version update from 1.${from} to 1.${to}: one minor version at a time, upwards`;
    }
    return undefined;
  },

  async created(thing, model) {
    const name = thing.id;
    const { proxy } = await model.openCluster(name);
    const { region, urlSuffix } = model.environment;
    const subnet = model.world.get('AWS::EC2::Subnet', thing.properties.ResourcesVpcConfig.SubnetIds?.[0]);
    const group = model.make('AWS::EC2::SecurityGroup', `sg-${hash(`${name} cluster`).slice(0, 17)}`, `EKS cluster ${name}`, {
      VpcId: subnet?.properties.VpcId,
      Tags: [{ Key: `kubernetes.io/cluster/${name}`, Value: 'owned' }, { Key: 'aws:eks:cluster-name', Value: name }],
    });
    Object.assign(thing.attributes, {
      'Endpoint': proxy.url,
      'CertificateAuthorityData': proxy.caData,
      'CertificateAuthority.Data': proxy.caData,
      'ClusterSecurityGroupId': group.id,
      'OpenIdConnectIssuerUrl': `https://oidc.eks.${region}.${urlSuffix}/id/${hash(name).slice(0, 32).toUpperCase()}`,
    });
    if (hasSelfManagedAddons(thing)) { await selfManaged.bring(model.cluster(name)); }
    if (thing.properties.AccessConfig?.BootstrapClusterCreatorAdminPermissions !== false) {
      model.make('AWS::EKS::AccessEntry', `${model.identity.arn('AWS::IAM::Role', 'cdk-cfn-exec-role')}|${name}`, `EKS cluster ${name}`);
    }
  },

  refuseDelete(thing, model) {
    if (thing.properties.DeletionProtection === true) {
      return `cluster ${thing.id} cannot be deleted: deletion protection is on`;
    }
    const users = ['AWS::EKS::Nodegroup', 'AWS::EKS::FargateProfile', 'AWS::EKS::Capability']
      .flatMap(type => model.world.ofType(type)).filter(other => other.properties.ClusterName === thing.id);
    return users.length > 0 ? `cluster has ${users.map(user => `${user.type} ${user.id}`).join(', ')} attached` : undefined;
  },

  async deleted(thing, model) {
    const group = model.world.get('AWS::EC2::SecurityGroup', String(thing.attributes.ClusterSecurityGroupId));
    // EKS leaves its security group behind where something still uses it.
    if (group && !isInUse(group, model)) { model.world.remove(group); }
    model.world.all
      .filter(other => ['AWS::EKS::AccessEntry', 'AWS::EKS::PodIdentityAssociation', 'AWS::EKS::Addon'].includes(other.type) && isOf(other, thing.id))
      .forEach(other => model.world.remove(other));
    if (hasSelfManagedAddons(thing)) { await selfManaged.take(model.cluster(thing.id)); }
    await model.closeCluster(thing.id);
  },
};

function hasSelfManagedAddons({ properties }: Thing): boolean {
  return properties.BootstrapSelfManagedAddons !== false && properties.ComputeConfig?.Enabled !== true;
}

function isInUse(group: Thing, model: AwsModel): boolean {
  return model.world.usersOf(group.id, ['AWS::EC2::NetworkInterface', 'AWS::EC2::Instance', 'AWS::ElasticLoadBalancingV2::LoadBalancer']).length > 0;
}

function isOf(thing: Thing, clusterName: string): boolean {
  return thing.properties.ClusterName === clusterName || thing.owner === `EKS cluster ${clusterName}`;
}
