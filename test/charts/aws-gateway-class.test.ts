import { only, render } from './render';
import { AwsGatewayClass, AwsGatewayClassProps, GatewayLoadBalancer } from '../../src/charts/aws-gateway-class';

const gatewayClass = (props: Partial<AwsGatewayClassProps> = {}) => only(render(chart => new AwsGatewayClass(chart, 'Class', {
  loadBalancer: GatewayLoadBalancer.ALB, ...props,
}), { namespace: 'shop' }), 'GatewayClass');

test('a class is called after its kind of load balancer, and lives in no namespace', () => {
  expect(gatewayClass()).toEqual({
    apiVersion: 'gateway.networking.k8s.io/v1', kind: 'GatewayClass', metadata: { name: 'alb' }, spec: { controllerName: 'gateway.k8s.aws/alb' },
  });
  expect(gatewayClass({ loadBalancer: GatewayLoadBalancer.NLB })).toMatchObject({ metadata: { name: 'nlb' }, spec: { controllerName: 'gateway.k8s.aws/nlb' } });
});

test('a class refers to the configuration of its load balancers', () => {
  expect(gatewayClass({ name: 'public', description: 'from the internet', configuration: { name: 'public', namespace: 'gateways' } })).toMatchObject({
    metadata: { name: 'public' },
    spec: { description: 'from the internet', parametersRef: { group: 'gateway.k8s.aws', kind: 'LoadBalancerConfiguration', name: 'public', namespace: 'gateways' } },
  });
});

test.each<[string, Partial<AwsGatewayClassProps>, string]>([
  ['a name that is none', { name: 'ALB' }, '"name" is "ALB"'],
  ['a long description', { description: 'x'.repeat(65) }, '"description" has 65 characters'],
])('%s is refused', (_, props, message) => {
  expect(() => gatewayClass(props)).toThrow(message);
});
