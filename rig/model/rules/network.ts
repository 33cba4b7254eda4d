import { AwsModel } from '../aws-model';
import { Rule } from '../rule';
import { Thing } from '../world';

const ON_THE_NETWORK = [
  'AWS::EC2::NetworkInterface', 'AWS::EC2::Instance', 'AWS::EC2::NatGateway', 'AWS::ElasticLoadBalancingV2::LoadBalancer', 'AWS::EKS::Cluster', 'AWS::EKS::Nodegroup', 'AWS::Lambda::Function',
];

/** Refuses a delete while something of some types uses the thing. */
function heldBy(types: string[]): Rule {
  return {
    refuseDelete(thing, model) {
      const users = model.world.usersOf(thing.id, types);
      return users.length > 0
        ? `${thing.type} '${thing.id}' has dependencies and cannot be deleted: ${users.map(describe).join(', ')}` : undefined;
    },
  };
}

export const subnet = heldBy(ON_THE_NETWORK);
export const securityGroup = heldBy([...ON_THE_NETWORK, 'AWS::EC2::SecurityGroupIngress', 'AWS::EC2::SecurityGroupEgress']);
export const vpc = heldBy(['AWS::EC2::Subnet', 'AWS::EC2::SecurityGroup', 'AWS::EC2::VPCGatewayAttachment', 'AWS::EC2::VPCEndpoint']);
export const role = heldBy(['AWS::IAM::InstanceProfile']);
export const internetGateway = heldBy(['AWS::EC2::VPCGatewayAttachment']);

/** A gateway cannot be detached while public addresses are mapped in its network. */
export const gatewayAttachment: Rule = {
  refuseDelete(thing, model) {
    const mapped = [...model.world.ofType('AWS::EC2::NatGateway'), ...model.world.ofType('AWS::ElasticLoadBalancingV2::LoadBalancer').filter(lb => lb.properties.Scheme === 'internet-facing')]
      .filter(other => vpcOf(other, model) === thing.properties.VpcId);
    return mapped.length > 0 ? `network '${thing.properties.VpcId}' has some mapped public address(es): ${mapped.map(describe).join(', ')}` : undefined;
  },
};

function vpcOf({ properties }: Thing, model: AwsModel): string | undefined {
  const id = properties.SubnetId ?? properties.Subnets?.[0];
  return model.world.get('AWS::EC2::Subnet', id)?.properties.VpcId;
}

function describe({ type, id, owner }: Thing): string {
  return `${type} ${id} (of ${owner})`;
}
