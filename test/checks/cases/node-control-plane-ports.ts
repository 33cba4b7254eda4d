import { Stack } from 'aws-cdk-lib';
import { Bad, cluster, Good, nodeGroup, release, resource, template } from '../fixtures';

const group = (stack: Stack, ...rules: any[]) => resource(stack, 'NodeGroup', 'AWS::EC2::SecurityGroup', { GroupDescription: 'nodes', VpcId: 'vpc', SecurityGroupIngress: rules });
const nodes = (stack: Stack, ...ids: any[]) => nodeGroup(stack, { LaunchTemplate: { Id: template(stack, { SecurityGroupIds: ids }) } });
const from = (source: any, port: number, to = port) => ({ IpProtocol: 'tcp', FromPort: port, ToPort: to, SourceSecurityGroupId: source });

export const good: Good = {
  'the cluster security group': stack => nodes(stack, cluster(stack).getAtt('ClusterSecurityGroupId'), group(stack).ref),
  'the groups of EKS': stack => [cluster(stack), nodeGroup(stack)],
  'a rule for the port': stack => nodes(stack, group(stack, from(cluster(stack).getAtt('ClusterSecurityGroupId'), 10250)).ref),
  'a rule of its own for all ports': stack => {
    const own = group(stack);
    nodes(stack, own.ref);
    resource(stack, 'Ingress', 'AWS::EC2::SecurityGroupIngress', { GroupId: own.ref, IpProtocol: '-1', SourceSecurityGroupId: cluster(stack).getAtt('ClusterSecurityGroupId') });
  },
  'a range of addresses': stack => [cluster(stack), nodes(stack, group(stack, { IpProtocol: 'tcp', FromPort: 0, ToPort: 65535, CidrIp: '10.0.0.0/16' }).ref)],
  'itself, which the control plane has too': stack => {
    const own = group(stack);
    resource(stack, 'Ingress', 'AWS::EC2::SecurityGroupIngress', { GroupId: own.ref, IpProtocol: '-1', SourceSecurityGroupId: own.ref });
    cluster(stack, {}, { SecurityGroupIds: [own.ref] });
    nodes(stack, own.ref);
  },
  'ports of the webhooks that are installed': stack => [
    release(stack, 'kyverno'), nodes(stack, group(stack, from(cluster(stack).getAtt('ClusterSecurityGroupId'), 9443, 10250)).ref),
  ],
  'a protocol by its number': stack => [cluster(stack), nodes(stack, group(stack, { IpProtocol: 6, FromPort: 0, ToPort: 65535, CidrIp: '10.0.0.0/16' }).ref)],
  'what is no security group': stack => [cluster(stack), nodes(stack, resource(stack, 'Topic', 'AWS::SNS::Topic').ref)],
  'a group that exists': stack => [cluster(stack), nodes(stack, 'sg-1')],
};

export const bad: Bad = {
  'no rule': [stack => [cluster(stack), nodes(stack, group(stack).ref)], 'its security groups let the control plane in nowhere on port 10250, where the kubelet listens'],
  'itself only': [stack => {
    const own = group(stack);
    resource(stack, 'Ingress', 'AWS::EC2::SecurityGroupIngress', { GroupId: own.ref, IpProtocol: '-1', SourceSecurityGroupId: own.ref });
    return [cluster(stack), nodes(stack, own.ref)];
  }, 'on port 10250'],
  'another protocol': [stack => [cluster(stack), nodes(stack, group(stack, { IpProtocol: 'udp', FromPort: 10250, ToPort: 10250, CidrIp: '10.0.0.0/16' }).ref)], 'on port 10250'],
  'a protocol whose number begins alike': [stack => [
    cluster(stack), nodes(stack, group(stack, { IpProtocol: 61, FromPort: 10250, ToPort: 10250, CidrIp: '10.0.0.0/16' }).ref),
  ], 'on port 10250'],
  'a protocol whose number ends alike': [stack => [
    cluster(stack), nodes(stack, group(stack, { IpProtocol: 46, FromPort: 10250, ToPort: 10250, CidrIp: '10.0.0.0/16' }).ref),
  ], 'on port 10250'],
  'lower ports': [stack => [cluster(stack), nodes(stack, group(stack, from('sg-1', 0, 10249)).ref)], 'on port 10250'],
  'a webhook on another port': [stack => [
    release(stack, 'aws-load-balancer-controller', { enableServiceMutatorWebhook: false }), nodes(stack, group(stack, from(cluster(stack).getAtt('ClusterSecurityGroupId'), 10250)).ref),
  ], 'on port 9443, where webhooks of aws-load-balancer-controller listen'],
  'a webhook on a lower port': [stack => [
    release(stack, 'gatekeeper'), nodes(stack, group(stack, from(cluster(stack).getAtt('ClusterSecurityGroupId'), 9000, 10250)).ref),
  ], 'on port 8443'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['LaunchTemplate'];
