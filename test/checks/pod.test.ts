import { platformOf } from './fixtures';

const podsOf = (...objects: any[]) =>
  platformOf({ Resources: { Manifest: { Type: 'Custom::AWSCDK-EKS-KubernetesResource', Properties: { Manifest: JSON.stringify(objects) } } } }).pods;

test('of a pod its namespace and service account are the default ones where it names none, and its labels none', () => {
  expect(podsOf({ apiVersion: 'v1', kind: 'Pod', spec: {} })).toEqual([
    expect.objectContaining({ kind: 'Pod', namespace: 'default', serviceAccount: 'default', labels: {}, annotations: {}, location: 'spec', containers: [] }),
  ]);
});

test('a workload has the labels, annotations and containers of its template', () => {
  const metadata = { labels: { app: 'web' }, annotations: { note: 'yes' } };
  const spec = { serviceAccountName: 'web', containers: [{ name: 'web' }, {}], initContainers: [{ name: 'init' }], ephemeralContainers: [{ name: 'debug' }] };
  const [pod] = podsOf({ apiVersion: 'batch/v1', kind: 'CronJob', metadata: { namespace: 'shop' }, spec: { jobTemplate: { spec: { template: { metadata, spec } } } } });
  expect(pod).toMatchObject({ namespace: 'shop', serviceAccount: 'web', ...metadata, location: 'spec.jobTemplate.spec.template.spec' });
  expect(pod.containers.map(({ name, location, isInit }) => [name, location, isInit])).toEqual([
    ['web', 'spec.jobTemplate.spec.template.spec.containers[0]', false],
    ['1', 'spec.jobTemplate.spec.template.spec.containers[1]', false],
    ['init', 'spec.jobTemplate.spec.template.spec.initContainers[0]', true],
    ['debug', 'spec.jobTemplate.spec.template.spec.ephemeralContainers[0]', false],
  ]);
});

test.each(['apps.kruise.io/v1beta1', 'my-apps/v1', undefined])('what has the kind of a workload and the API %s is none', apiVersion => {
  const spec = { template: { spec: { containers: [] } } };
  expect(podsOf({ apiVersion, kind: 'StatefulSet', spec })).toEqual([]);
  expect(podsOf({ apiVersion: 'apps/v1', kind: 'StatefulSet', spec })).toHaveLength(1);
});
