import { Fn } from 'aws-cdk-lib';
import { Bad, Good, deliver, deployment } from '../fixtures';

const named = (name: string, kind = 'ConfigMap', apiVersion = 'v1') => ({ apiVersion, kind, metadata: { name } });

export const good: Good = {
  'an object': stack => deliver(stack, [deployment()]),
  'a role with a colon': stack => deliver(stack, [{ apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: 'team:reader' }, rules: [] }]),
  'a name that the deployment knows': stack => deliver(stack, [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: Fn.importValue('name') } }]),
  'names of one character': stack => deliver(stack, [named('a'), named('a', 'Namespace'), named('a.b-c.9', 'ConfigMap'), named('a9-b', 'Service')]),
  'names with dots for a Service of Knative': stack => deliver(stack, [named('a.b', 'Service', 'serving.knative.dev/v1')]),
  'names of RBAC': stack => deliver(stack, [named('system:a', 'Role', 'rbac.authorization.k8s.io/v1'), named('..a', 'RoleBinding', 'rbac.authorization.k8s.io/v1')]),
  'as long as may be': stack => deliver(stack, [named('a'.repeat(253)), named('a'.repeat(63), 'Namespace')]),
};

export const bad: Bad = {
  'no kind': [stack => deliver(stack, [{ apiVersion: 'v1', metadata: { name: 'a' } }]), 'kind is missing'],
  'a generated name': [stack => deliver(stack, [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { generateName: 'a-' } }]), 'metadata.name is missing, and metadata.generateName is "a-"'],
  'a name with capitals': [stack => deliver(stack, [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'Config' } }]), '"Config" is no name for a ConfigMap'],
  'a namespace with a dot': [stack => deliver(stack, [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'a.b' } }]), '"a.b" is no name for a Namespace'],
  'no apiVersion': [stack => deliver(stack, [{ kind: 'ConfigMap', metadata: { name: 'a' } }]), 'apiVersion is missing'],
  'an empty name': [stack => deliver(stack, [named('')]), /^metadata.name is missing$/],
  'a name like -a': [stack => deliver(stack, [named('-a')]), 'is no name for a ConfigMap'],
  'a name like a-': [stack => deliver(stack, [named('a-')]), 'is no name for a ConfigMap'],
  'a name like a..b': [stack => deliver(stack, [named('a..b')]), 'is no name for a ConfigMap'],
  'a name like .a': [stack => deliver(stack, [named('.a')]), 'is no name for a ConfigMap'],
  'a name like a.': [stack => deliver(stack, [named('a.')]), 'is no name for a ConfigMap'],
  'a name like a_b': [stack => deliver(stack, [named('a_b')]), 'is no name for a ConfigMap'],
  'a name like a.-b': [stack => deliver(stack, [named('a.-b')]), 'is no name for a ConfigMap'],
  'a name like a.b-': [stack => deliver(stack, [named('a.b-')]), 'is no name for a ConfigMap'],
  'a name that is too long': [stack => deliver(stack, [named('a'.repeat(254))]), 'is no name for a ConfigMap'],
  'a namespace that is too long': [stack => deliver(stack, [named('a'.repeat(64), 'Namespace')]), 'is no name for a Namespace'],
  'a Service that begins with a hyphen': [stack => deliver(stack, [named('-a', 'Service')]), 'is no name for a Service'],
  'a role with a slash': [stack => deliver(stack, [named('a/b', 'Role', 'rbac.authorization.k8s.io/v1')]), 'is no name for a Role'],
  'a role of dots': [stack => deliver(stack, [named('..', 'ClusterRole', 'rbac.authorization.k8s.io/v1')]), 'is no name for a ClusterRole'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['kind', 'metadata.name', 'apiVersion'];
