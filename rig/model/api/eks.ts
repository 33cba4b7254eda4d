import { AwsModel } from '../aws-model';
import { Answer } from '../endpoints';

/** `GET /clusters/NAME` */
export function describeCluster(model: AwsModel, path: string): Answer {
  const name = path.replace(/^clusters\//, '');
  const thing = model.world.get('AWS::EKS::Cluster', name);
  const cluster = model.clusters.get(name);
  if (!thing || !cluster) {
    return { status: 404, headers: { 'x-amzn-errortype': 'ResourceNotFoundException' }, body: JSON.stringify({ message: `No cluster found for name: ${name}.` }) };
  }
  return {
    body: JSON.stringify({
      cluster: {
        name,
        arn: thing.attributes.Arn,
        status: 'ACTIVE',
        version: thing.properties.Version,
        endpoint: cluster.proxy.url,
        certificateAuthority: { data: cluster.proxy.caData },
        deletionProtection: thing.properties.DeletionProtection === true,
        resourcesVpcConfig: { clusterSecurityGroupId: thing.attributes.ClusterSecurityGroupId },
      },
    }),
  };
}
