import { AwsModel } from './aws-model';
import { launch } from './instances';
import { cluster as rule } from './rules/cluster';

/** A cluster that somebody made before: with nodes and the CNI, and in no stack. */
export async function makeExistingCluster(model: AwsModel, name: string, nodes = 2): Promise<void> {
  const owner = 'somebody, before';
  const thing = model.make('AWS::EKS::Cluster', name, owner, {
    Name: name, ResourcesVpcConfig: { SubnetIds: [] }, AccessConfig: { BootstrapClusterCreatorAdminPermissions: false },
  });
  await rule.created!(thing, model);
  const group = String(thing.attributes.ClusterSecurityGroupId);
  await Promise.all(Array.from({ length: nodes }, (_, i) => launch(model, model.cluster(name), `${owner}, of ${name}`, i, {
    securityGroupIds: [group], labels: {}, tags: [{ Key: 'aws:autoscaling:groupName', Value: name }],
  })));
}
