import { platformOf } from './fixtures';
import { scalerOf } from '../../src/checks/scaler';

const workload = (kind: string, metadata: any = { name: 'web' }) => ({ apiVersion: 'apps/v1', kind, metadata, spec: {} });
const scaler = (kind: string, spec: any) => ({ apiVersion: 'v1', kind, metadata: { name: 'scaler' }, spec });

function scales(spec: any, target: any = workload('Deployment'), kind = 'HorizontalPodAutoscaler'): boolean {
  const platform = platformOf({
    Resources: { Manifest: { Type: 'Custom::AWSCDK-EKS-KubernetesResource', Properties: { Manifest: JSON.stringify([target, scaler(kind, spec)]) } } },
  });
  return scalerOf(platform, platform.objects[0]) !== undefined;
}

test.each<[string, any, boolean]>([
  ['of its kind and name', { scaleTargetRef: { kind: 'Deployment', name: 'web' } }, true],
  ['of its name', { scaleTargetRef: { name: 'web' } }, true],
  ['of another name', { scaleTargetRef: { kind: 'Deployment', name: 'api' } }, false],
  ['of another kind', { scaleTargetRef: { kind: 'StatefulSet', name: 'web' } }, false],
  ['of nothing', {}, false],
  ['that is not finished', undefined, false],
])('a Deployment has an autoscaler %s', (_, spec, expected) => {
  expect(scales(spec)).toBe(expected);
});

test('a StatefulSet has one of KEDA that names the kind, and none that does not', () => {
  expect(scales({ scaleTargetRef: { kind: 'StatefulSet', name: 'web' } }, workload('StatefulSet'), 'ScaledObject')).toBe(true);
  expect(scales({ scaleTargetRef: { name: 'web' } }, workload('StatefulSet'), 'ScaledObject')).toBe(false);
});

test('a workload without a name has none', () => {
  expect(scales({ scaleTargetRef: { name: 'web' } }, workload('Deployment', null))).toBe(false);
});
