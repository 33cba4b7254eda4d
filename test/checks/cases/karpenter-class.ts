import { Stack } from 'aws-cdk-lib';
import { Bad, cluster, deliver, Good, resource } from '../fixtures';

const pool = (nodeClassRef: any) => ({ apiVersion: 'karpenter.sh/v1', kind: 'NodePool', metadata: { name: 'general' }, spec: { limits: { cpu: '1' }, template: { spec: { nodeClassRef } } } });
const nodeClass = (name: string) => ({ apiVersion: 'karpenter.k8s.aws/v1', kind: 'EC2NodeClass', metadata: { name }, spec: { role: 'nodes' } });
const ref = { group: 'karpenter.k8s.aws', kind: 'EC2NodeClass' };

/** A cluster in a VPC whose subnets have a tag, and a class that asks for subnets. */
function inVpc(stack: Stack, Value: string, ...subnetSelectorTerms: any[]) {
  const VpcId = resource(stack, 'Vpc', 'AWS::EC2::VPC', { CidrBlock: '10.0.0.0/16' }).ref;
  cluster(stack, {}, { SubnetIds: ['a', 'b'].map(zone => resource(stack, zone, 'AWS::EC2::Subnet', { VpcId, CidrBlock: '10.0.0.0/24', Tags: [{ Key: 'karpenter.sh/discovery', Value }] }).ref) });
  deliver(stack, [{ ...nodeClass('general'), spec: { subnetSelectorTerms } }]);
}

export const good: Good = {
  'the class': stack => deliver(stack, [{ apiVersion: 'karpenter.sh/v1', kind: 'NodePool', metadata: { name: 'general' }, spec: { limits: { cpu: '1' }, template: { spec: { nodeClassRef: { group: 'karpenter.k8s.aws', kind: 'EC2NodeClass', name: 'general' } } } } }, { apiVersion: 'karpenter.k8s.aws/v1', kind: 'EC2NodeClass', metadata: { name: 'general' }, spec: { role: 'nodes' } }]),
  'a class that somebody else delivers': stack => deliver(stack, [{ apiVersion: 'karpenter.sh/v1', kind: 'NodePool', metadata: { name: 'general' }, spec: { limits: { cpu: '1' }, template: { spec: { nodeClassRef: { group: 'karpenter.k8s.aws', kind: 'EC2NodeClass', name: 'other' } } } } }]),
  'a class of Auto Mode': stack => deliver(stack, [pool({ group: 'eks.amazonaws.com', kind: 'NodeClass', name: 'default' }), nodeClass('general')]),
  'a class of another group or kind': stack => deliver(stack, [pool({ group: 'example.com', kind: 'EC2NodeClass', name: 'x' }), pool({ group: 'karpenter.k8s.aws', kind: 'Other', name: 'x' }), nodeClass('general')]),
  'classes of another cluster': stack => [deliver(stack, [pool({ ...ref, name: 'x' })]), deliver(stack, [nodeClass('general')], 'elsewhere', 'Other')],
  'a name that the deployment knows': stack => deliver(stack, [pool({ ...ref, name: stack.stackId }), nodeClass('general')]),
  'subnets by a tag that they have': stack => inVpc(stack, 'shop', { tags: { 'karpenter.sh/discovery': 'shop' } }),
  'subnets by a tag with any value': stack => inVpc(stack, 'shop', { tags: { 'karpenter.sh/discovery': '*' } }),
  'subnets by id, or by a tag that AWS gives': stack => inVpc(stack, 'shop', { tags: { 'karpenter.sh/discovery': 'x' } }, { id: 'subnet-1' }, { tags: { 'aws:cloudformation:stack-name': 'x' } }),
  'subnets by a tag that the deployment knows': stack => inVpc(stack, stack.stackId, { tags: { 'karpenter.sh/discovery': 'shop' } }),
};

export const bad: Bad = {
  'a typo': [stack => deliver(stack, [{ apiVersion: 'karpenter.sh/v1', kind: 'NodePool', metadata: { name: 'general' }, spec: { limits: { cpu: '1' }, template: { spec: { nodeClassRef: { group: 'karpenter.k8s.aws', kind: 'EC2NodeClass', name: 'genral' } } } } }, { apiVersion: 'karpenter.k8s.aws/v1', kind: 'EC2NodeClass', metadata: { name: 'general' }, spec: { role: 'nodes' } }]), '"genral" is none of the classes "general"'],
  'none of two': [stack => deliver(stack, [pool({ ...ref, name: 'x' }), nodeClass('a'), nodeClass('b')]), '"x" is none of the classes'],
  'subnets by a tag that none has': [stack => inVpc(stack, 'other', { tags: { 'karpenter.sh/discovery': 'shop' } }), 'no subnet of the VPC of Stack/Cluster has the tags {"karpenter.sh/discovery":"shop"}'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['spec.template.spec.nodeClassRef', 'spec.subnetSelectorTerms'];
