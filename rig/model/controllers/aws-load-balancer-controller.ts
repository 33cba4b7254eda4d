import { AwsModel } from '../aws-model';
import { Cluster } from '../cluster';
import { hash } from '../identity';
import { hold, letGo } from './finalizer';

const NAMESPACE = 'kube-system';
const DEPLOYMENT = 'aws-load-balancer-controller';
const PARTS = ['AWS::ElasticLoadBalancingV2::LoadBalancer', 'AWS::ElasticLoadBalancingV2::TargetGroup', 'AWS::EC2::SecurityGroup'];

/** An Ingress of class `alb` and a Service with its load balancer class get a load balancer, a target group and a security group. */
export async function awsLoadBalancerController(cluster: Cluster, model: AwsModel): Promise<void> {
  if (!await cluster.objects.lives(NAMESPACE, DEPLOYMENT)) { return; }
  const classes = await cluster.objects.list('IngressClass');
  for (const ingress of await cluster.objects.list('Ingress')) {
    const { spec } = classes.find(c => c.metadata.name === ingress.spec.ingressClassName) ?? {};
    if (spec?.controller === 'ingress.k8s.aws/alb' || ingress.metadata.deletionTimestamp) {
      await reconcile(cluster, model, 'Ingress', ingress, 'ingress.k8s.aws/resources', ingress.metadata.annotations?.['alb.ingress.kubernetes.io/scheme']);
    }
  }
  for (const service of await cluster.objects.list('Service')) {
    if (service.spec.type === 'LoadBalancer' && service.spec.loadBalancerClass === 'service.k8s.aws/nlb') {
      await reconcile(cluster, model, 'Service', service, 'service.k8s.aws/resources', service.metadata.annotations?.['service.beta.kubernetes.io/aws-load-balancer-scheme']);
    }
  }
}

async function reconcile(cluster: Cluster, model: AwsModel, kind: string, object: any, finalizer: string, scheme = 'internal'): Promise<void> {
  const { namespace, name, deletionTimestamp, finalizers = [] } = object.metadata;
  const owner = `${kind} ${namespace}/${name} of ${cluster.name}`;
  const parts = () => model.world.all.filter(thing => thing.owner === owner && PARTS.includes(thing.type));
  if (deletionTimestamp) {
    if (finalizers.includes(finalizer)) {
      parts().forEach(part => model.world.remove(part));
      await letGo(cluster, kind, object, finalizer);
    }
    return;
  }
  await hold(cluster, kind, object, finalizer);
  if (parts().length === 0) {
    const { SubnetIds = [] } = model.world.get('AWS::EKS::Cluster', cluster.name)!.properties.ResourcesVpcConfig;
    const { VpcId } = model.world.get('AWS::EC2::Subnet', SubnetIds[0])?.properties ?? {};
    const id = hash(owner).slice(0, 17);
    const Tags = [{ Key: 'elbv2.k8s.aws/cluster', Value: cluster.name }];
    const group = model.make('AWS::EC2::SecurityGroup', `sg-${id}`, owner, { VpcId, Tags });
    const arn = (what: string) => model.identity.arn('AWS::ElasticLoadBalancing::x', '').replace('x/', `${what}/k8s-${id}`);
    model.make('AWS::ElasticLoadBalancingV2::TargetGroup', arn('targetgroup'), owner, { VpcId, Tags });
    model.make('AWS::ElasticLoadBalancingV2::LoadBalancer', arn('loadbalancer'), owner, { Scheme: scheme, Subnets: SubnetIds, SecurityGroups: [group.id], Tags });
  }
  if (!object.status?.loadBalancer?.ingress) {
    const hostname = `k8s-${hash(owner).slice(0, 10)}.elb.${model.environment.region}.${model.environment.urlSuffix}`;
    await cluster.objects.patch(object, kind, { status: { loadBalancer: { ingress: [{ hostname }] } } }, '/status');
  }
}
