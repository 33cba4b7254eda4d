import { Bad, Good, cluster, deliver, resource } from '../fixtures';

export const good: Good = {
  'a tag': stack => [deliver(stack, [{ apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: { name: 'web' }, spec: {} }]), cluster(stack, {}, { SubnetIds: [resource(stack, 'Subnet', 'AWS::EC2::Subnet', { VpcId: 'vpc-1', CidrBlock: '10.0.0.0/24', Tags: [{ Key: 'kubernetes.io/role/internal-elb', Value: '1' }] }).ref] })],
};

export const bad: Bad = {
  none: [stack => [deliver(stack, [{ apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: { name: 'web' }, spec: {} }]), cluster(stack, {}, { SubnetIds: [resource(stack, 'Subnet', 'AWS::EC2::Subnet', { VpcId: 'vpc-1', CidrBlock: '10.0.0.0/24', Tags: [] }).ref] })], 'no subnet of cluster Stack/Cluster has the tag'],
};
