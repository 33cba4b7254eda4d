import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { chartObjects, newStack, withHelm } from './fixtures';
import { AwsLoadBalancerController } from '../../src/addons/aws-load-balancer-controller';
import { GatewayApi, GatewayApiOptions } from '../../src/addons/gateway-api';
import { GatewayLoadBalancer } from '../../src/charts/aws-gateway-class';
import { newCluster } from '../clusters';
import { describeWithReference } from '../reference';

let folder: string;
beforeAll(() => { folder = mkdtempSync(join(tmpdir(), 'gateway-api-')); });
afterAll(() => rmSync(folder, { recursive: true }));

function gateways(options: GatewayApiOptions = {}) {
  const stack = newStack();
  const cluster = withHelm(newCluster(stack));
  const add = new GatewayApi(stack, 'Gateways', { cluster, ...options });
  new AwsLoadBalancerController(stack, 'Balancing', { cluster });
  return { add, template: () => Template.fromStack(stack) };
}

const file = (name: string, text: string) => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const definition = (version: string) => file(`${version}.yaml`, JSON.stringify({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'gatewayclasses.gateway.networking.k8s.io', annotations: { 'gateway.networking.k8s.io/bundle-version': version } },
  spec: {},
}));

test('there is a class for each kind of load balancer', () => {
  const { template } = gateways();
  expect(['GatewaysAlb', 'GatewaysNlb'].map(id => chartObjects(template(), id)[0]).map(({ kind, metadata, spec }) => [kind, metadata.name, spec.controllerName])).toEqual([
    ['GatewayClass', 'alb', 'gateway.k8s.aws/alb'],
    ['GatewayClass', 'nlb', 'gateway.k8s.aws/nlb'],
  ]);
});

test('other classes refer to what their load balancers are like', () => {
  const { add, template } = gateways({ albGatewayClass: false, nlbGatewayClass: false });
  add.addGatewayClass('Public', GatewayLoadBalancer.ALB, { name: 'public', namespace: 'gateways' });
  expect(chartObjects(template())).toEqual([expect.objectContaining({
    metadata: { name: 'public' }, spec: expect.objectContaining({ parametersRef: expect.objectContaining({ name: 'public', namespace: 'gateways' }) }),
  })]);
});

test('definitions come before the controller, which looks for them when it starts, and stay when they leave the stack', () => {
  const { template } = gateways({ definitions: definition('v1.6.1') });
  const [object] = chartObjects(template(), 'GatewaysDefinitions');
  expect(object.metadata.annotations).toEqual({ 'gateway.networking.k8s.io/bundle-version': 'v1.6.1', 'eks-slipway/on-delete': 'retain' });
  template().hasResource('Custom::EKSSlipway-HelmRelease', { DependsOn: Match.arrayWith([Match.stringLikeRegexp('^GatewaysDefinitions')]) });
  const classes = Object.entries(template().findResources('Custom::EKSSlipway-Chart')).filter(([id]) => /^Gateways(Alb|Nlb)/.test(id));
  expect(classes.map(([, { DependsOn }]) => DependsOn.some((id: string) => id.startsWith('GatewaysDefinitions')))).toEqual([true, true]);
});

test.each(['v1.10.0', 'v2.0.0', 'v1.6.0'])('definitions of %s are new enough', version => {
  expect(() => gateways({ definitions: definition(version) })).not.toThrow();
});

test('definitions that are too old, of something else, or not there are refused', () => {
  expect(() => gateways({ definitions: definition('v1.5.1') })).toThrow(/"definitions" is ".*", which is of version v1.5.1: give 1.6.0 or later/);
  expect(() => gateways({ definitions: file('other.yaml', 'kind: Secret\napiVersion: v1\nmetadata: { name: a }') })).toThrow(/whose Secret "a" is not of the Gateway API/);
  expect(() => gateways({ definitions: join(folder, 'nowhere.yaml') })).toThrow(/where there is no file: download standard-install.yaml/);
});

describeWithReference('with the definitions of release v1.6.1', dir => {
  test('all of them are delivered', () => {
    const files = readdirSync(join(dir, 'crds', 'gateway-api-v1.6.1-standard'));
    const path = file('standard-install.yaml', files.map(name => readFileSync(join(dir, 'crds', 'gateway-api-v1.6.1-standard', name), 'utf8')).join('\n---\n'));
    const template = gateways({ definitions: path }).template();
    // too much to stand in a template
    const [delivered] = Object.entries(template.findResources('Custom::EKSSlipway-Chart')).filter(([id]) => id.startsWith('GatewaysDefinitions'));
    expect(JSON.stringify(delivered[1]).length).toBeLessThan(10_000);
  });
});
