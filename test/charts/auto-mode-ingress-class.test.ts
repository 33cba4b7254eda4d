import { only, render } from './render';
import { AutoModeIngressClass } from '../../src/charts/auto-mode-ingress-class';

test('the class names the controller of EKS Auto Mode and its parameters, and neither lives in a namespace', () => {
  const manifest = render(chart => new AutoModeIngressClass(chart, 'Class'), { namespace: 'shop' });
  expect(only(manifest, 'IngressClass').spec).toEqual({
    controller: 'eks.amazonaws.com/alb',
    parameters: { apiGroup: 'eks.amazonaws.com', kind: 'IngressClassParams', name: 'alb' },
  });
  manifest.forEach(object => expect(object.metadata).toEqual({ name: 'alb' }));
});
