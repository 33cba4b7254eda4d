import { App, Stack } from 'aws-cdk-lib';
import { Bad, Good, cluster, deliver, resource } from '../fixtures';

const withSubnet = (stack: Stack, Tags: any[]) =>
  cluster(stack, {}, { SubnetIds: [resource(stack, 'Subnet', 'AWS::EC2::Subnet', { VpcId: 'vpc-1', CidrBlock: '10.0.0.0/24', Tags }).ref] });
const service = (type: string) => ({ apiVersion: 'v1', kind: 'Service', metadata: { name: type.toLowerCase() }, spec: { type } });
const exposed = (stack: Stack) => deliver(stack, [{ apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: { name: 'web' }, spec: {} }]);

export const good: Good = {
  'a tag': stack => [deliver(stack, [{ apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: { name: 'web' }, spec: {} }]), cluster(stack, {}, { SubnetIds: [resource(stack, 'Subnet', 'AWS::EC2::Subnet', { VpcId: 'vpc-1', CidrBlock: '10.0.0.0/24', Tags: [{ Key: 'kubernetes.io/role/internal-elb', Value: '1' }] }).ref] })],
  'a tag of public subnets': stack => [exposed(stack), withSubnet(stack, [{ Key: 'Name', Value: 'a' }, { Key: 'kubernetes.io/role/elb', Value: '1' }])],
  'nothing that is exposed': stack => [deliver(stack, [service('ClusterIP')]), withSubnet(stack, [])],
  'another subnet of the VPC has it': stack => [exposed(stack), withSubnet(stack, []), resource(stack, 'Other', 'AWS::EC2::Subnet', { VpcId: 'vpc-1', CidrBlock: '10.0.1.0/24', Tags: [{ Key: 'kubernetes.io/role/elb', Value: '1' }] })],
  'an object that names its subnets': stack => [withSubnet(stack, []), deliver(stack, [{ ...service('LoadBalancer'), metadata: { name: 'web', annotations: { 'service.beta.kubernetes.io/aws-load-balancer-subnets': 'subnet-1' } } }])],
  'what is exposed in another cluster': stack => [withSubnet(stack, []), deliver(stack, [service('LoadBalancer')], 'elsewhere')],
};

export const bad: Bad = {
  'none': [stack => [deliver(stack, [{ apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: { name: 'web' }, spec: {} }]), cluster(stack, {}, { SubnetIds: [resource(stack, 'Subnet', 'AWS::EC2::Subnet', { VpcId: 'vpc-1', CidrBlock: '10.0.0.0/24', Tags: [] }).ref] })], 'no subnet of cluster Stack/Cluster has the tag'],
  'a Service': [stack => [deliver(stack, [service('ClusterIP'), service('LoadBalancer')]), withSubnet(stack, [{ Key: 'x-kubernetes.io/role/elb', Value: '1' }, { Key: 'kubernetes.io/role/elbs', Value: '1' }])], 'has the tag kubernetes.io/role/elb or kubernetes.io/role/internal-elb'],
  'a subnet of another VPC has it': [stack => [exposed(stack), withSubnet(stack, []), resource(stack, 'Other', 'AWS::EC2::Subnet', { VpcId: 'vpc-2', CidrBlock: '10.0.1.0/24', Tags: [{ Key: 'kubernetes.io/role/elb', Value: '1' }] })], 'no subnet of cluster Stack/Cluster'],
  'a cluster in another stack': [stack => {
    const VpcId = resource(stack, 'Vpc', 'AWS::EC2::VPC', { CidrBlock: '10.0.0.0/16' }).ref;
    const SubnetIds = ['a', 'b'].map(id => resource(stack, id, 'AWS::EC2::Subnet', { VpcId, CidrBlock: '10.0.0.0/24' }).ref);
    cluster(new Stack(stack.node.root as App, 'Platform'), {}, { SubnetIds });
    exposed(stack);
  }, 'no subnet of cluster Platform/Cluster has the tag'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['Tags'];
