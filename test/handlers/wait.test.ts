import { KubeObject } from '../../handlers/delivery/objects';
import { assess, whyPodIsNotReady } from '../../handlers/delivery/wait';

function object(apiVersion: string, kind: string, spec: object, status: object, generation = 2): KubeObject {
  return { apiVersion, kind, metadata: { name: 'x', generation }, spec, status };
}

const ready = { ready: true };
const not = (detail: RegExp, final?: boolean) =>
  expect.objectContaining({ ready: false, detail: expect.stringMatching(detail), ...final ? { final } : {} });

test.each<[string, KubeObject, unknown]>([
  ['a Deployment whose change was not seen', object('apps/v1', 'Deployment', {}, { observedGeneration: 1, availableReplicas: 1, updatedReplicas: 1 }), not(/not seen the change/)],
  ['a Deployment without a status', object('apps/v1', 'Deployment', {}, {}), not(/not seen it/)],
  ['a Deployment in the middle of its rollout', object('apps/v1', 'Deployment', { replicas: 2 }, { observedGeneration: 2, replicas: 3, updatedReplicas: 2, availableReplicas: 2 }), not(/1 old replicas/)],
  ['a Deployment that is done', object('apps/v1', 'Deployment', { replicas: 2 }, { observedGeneration: 2, replicas: 2, updatedReplicas: 2, availableReplicas: 2 }), ready],
  ['a Deployment of none', object('apps/v1', 'Deployment', { replicas: 0 }, { observedGeneration: 2 }), ready],
  ['a Deployment past its deadline', object('apps/v1', 'Deployment', {}, { observedGeneration: 2, conditions: [{ type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded', message: 'too slow' }] }), not(/too slow/, true)],
  ['a StatefulSet that updates', object('apps/v1', 'StatefulSet', { replicas: 2 }, { observedGeneration: 2, updateRevision: 'b', currentRevision: 'a', updatedReplicas: 1, availableReplicas: 2 }), not(/1 of 2 replicas updated/)],
  ['a StatefulSet with a partition', object('apps/v1', 'StatefulSet', { replicas: 2, updateStrategy: { rollingUpdate: { partition: 1 } } }, { observedGeneration: 2, updateRevision: 'b', currentRevision: 'a', updatedReplicas: 1, availableReplicas: 2 }), ready],
  ['a DaemonSet without nodes', object('apps/v1', 'DaemonSet', {}, { observedGeneration: 2, desiredNumberScheduled: 0 }), ready],
  ['a DaemonSet that updates', object('apps/v1', 'DaemonSet', {}, { observedGeneration: 2, desiredNumberScheduled: 3, updatedNumberScheduled: 1, numberAvailable: 3 }), not(/1 of 3 pods updated/)],
  ['a DaemonSet updated on delete only', object('apps/v1', 'DaemonSet', { updateStrategy: { type: 'OnDelete' } }, { observedGeneration: 2, desiredNumberScheduled: 3, updatedNumberScheduled: 1, numberAvailable: 3 }), ready],
  ['a Job that failed', object('batch/v1', 'Job', {}, { conditions: [{ type: 'Failed', status: 'True', reason: 'BackoffLimitExceeded', message: 'no luck' }] }), not(/BackoffLimitExceeded: no luck/, true)],
  ['a Job that runs', object('batch/v1', 'Job', {}, { active: 1 }), not(/1 pods active/)],
  ['a Job that is done', object('batch/v1', 'Job', {}, { conditions: [{ type: 'Complete', status: 'True' }] }), ready],
  ['a suspended Job', object('batch/v1', 'Job', { suspend: true }, {}), ready],
  ['a definition whose names are taken', object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', {}, { conditions: [{ type: 'NamesAccepted', status: 'False', message: 'taken' }] }), not(/taken/, true)],
  ['a custom resource that bears the name of a workload', object('example.com/v1', 'Deployment', {}, {}), ready],
  ['a kind nobody knows, by the condition its author names', waitingFor('Ready', [{ type: 'Ready', status: 'True' }]), ready],
  ['one without that condition', waitingFor('Ready', [{ type: 'Synced', status: 'True' }]), not(/no condition "Ready" yet/)],
  ['one with a condition that is not true', waitingFor('Ready', [{ type: 'Ready', status: 'False', reason: 'SubnetsNotFound', message: 'no subnets' }]), not(/^condition "Ready" is False: SubnetsNotFound: no subnets$/)],
  ['one whose condition is from before the change', waitingFor('Ready', [{ type: 'Ready', status: 'True', observedGeneration: 1 }]), not(/earlier state/)],
])('%s', (_title, given, expected) => expect(assess(given)).toEqual(expected));

function waitingFor(type: string, conditions: object[]): KubeObject {
  const given = object('example.com/v1', 'NodeClass', {}, { conditions });
  given.metadata.annotations = { 'eks-slipway/wait-for': type };
  return given;
}

test.each<[object, RegExp]>([
  [{ conditions: [{ type: 'PodScheduled', status: 'False', message: '0/3 nodes are available' }] }, /not scheduled: 0\/3 nodes/],
  [{ containerStatuses: [{ name: 'a', state: { waiting: { reason: 'ImagePullBackOff', message: 'no such image' } } }] }, /container a is waiting: ImagePullBackOff: no such image/],
  [{ containerStatuses: [{ name: 'a', state: { waiting: { reason: 'CrashLoopBackOff' } }, lastState: { terminated: { exitCode: 137, reason: 'OOMKilled' } } }] }, /CrashLoopBackOff, last exit code 137 \(OOMKilled\)/],
  [{ initContainerStatuses: [{ name: 'init', state: { terminated: { exitCode: 1 } } }] }, /container init ended with exit code 1/],
  [{ containerStatuses: [{ name: 'a', ready: false, state: { running: {} } }] }, /container a is running but not ready/],
])('a pod says why it does not come up: %#', (status, text) => expect(whyPodIsNotReady(status)).toMatch(text));
