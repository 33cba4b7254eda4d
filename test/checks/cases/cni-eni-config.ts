import { Stack } from 'aws-cdk-lib';
import { Bad, cluster, deliver, Good, nodeGroup, release, resource } from '../fixtures';

const cni = (stack: Stack, values: any) => resource(stack, 'vpc-cni', 'AWS::EKS::Addon', { ClusterName: 'platform', AddonName: 'vpc-cni', ConfigurationValues: stack.toJsonString(values) });
const custom = { AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG: 'true', ENI_CONFIG_LABEL_DEF: 'topology.kubernetes.io/zone' };
const nodesIn = (stack: Stack, ...zones: any[]) => [cluster(stack), nodeGroup(stack, {
  ClusterName: 'platform', Subnets: zones.map((AvailabilityZone, i) => resource(stack, `Subnet${i}`, 'AWS::EC2::Subnet', { VpcId: 'vpc', CidrBlock: `10.0.${i}.0/24`, AvailabilityZone }).ref),
})];
const eniConfig = (name: string) => ({ apiVersion: 'crd.k8s.amazonaws.com/v1alpha1', kind: 'ENIConfig', metadata: { name }, spec: { subnet: 'subnet-1' } });

export const good: Good = {
  'one a zone, by the add-on': stack => [nodesIn(stack, 'eu-west-1a'), cni(stack, { env: custom, eniConfig: { create: true, region: 'eu-west-1', subnets: { 'eu-west-1a': { id: 'subnet-1' } } } })],
  'one a zone, as objects': stack => [nodesIn(stack, 'eu-west-1a', 'eu-west-1b'), cni(stack, { env: custom }), deliver(stack, [eniConfig('eu-west-1a'), eniConfig('eu-west-1b')])],
  'no custom networking': stack => [nodesIn(stack, 'eu-west-1a'), cni(stack, { env: { ENABLE_PREFIX_DELEGATION: 'true' } })],
  'by another label': stack => [nodesIn(stack, 'eu-west-1a'), cni(stack, { env: { ...custom, ENI_CONFIG_LABEL_DEF: 'example.com/pods' } })],
  'zones that the deployment knows': stack => [nodesIn(stack, stack.stackId), cni(stack, { env: custom })],
};

export const bad: Bad = {
  'a zone without one': [stack => [nodesIn(stack, 'eu-west-1b', 'eu-west-1a'), cni(stack, { env: custom, eniConfig: { subnets: { 'eu-west-1a': { id: 'subnet-1' } } } })],
    'nodes may be in eu-west-1b, of which there is no ENIConfig'],
  'one in another cluster': [stack => [nodesIn(stack, 'eu-west-1b', 'eu-west-1a'), cni(stack, { env: custom }), deliver(stack, [eniConfig('eu-west-1a')], 'elsewhere')],
    'nodes may be in eu-west-1a, eu-west-1b'],
  'custom networking by the chart': [stack => [nodesIn(stack, 'eu-west-1a'), release(stack, 'aws-vpc-cni', { env: custom })],
    'nodes may be in eu-west-1a, of which there is no ENIConfig'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['ConfigurationValues', 'values'];
