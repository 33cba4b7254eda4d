import { Fn } from 'aws-cdk-lib';
import { Bad, Good, deliver, deployment } from '../fixtures';

export const good: Good = {
  'an object': stack => deliver(stack, [deployment()]),
  'a role with a colon': stack => deliver(stack, [{ apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: 'team:reader' }, rules: [] }]),
  'a name that the deployment knows': stack => deliver(stack, [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: Fn.importValue('name') } }]),
};

export const bad: Bad = {
  'no kind': [stack => deliver(stack, [{ apiVersion: 'v1', metadata: { name: 'a' } }]), 'kind is missing'],
  'a generated name': [stack => deliver(stack, [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { generateName: 'a-' } }]), 'metadata.name is missing, and metadata.generateName is "a-"'],
  'a name with capitals': [stack => deliver(stack, [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'Config' } }]), '"Config" is no name for a ConfigMap'],
  'a namespace with a dot': [stack => deliver(stack, [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'a.b' } }]), '"a.b" is no name for a Namespace'],
};
