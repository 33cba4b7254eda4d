import { Match, Template } from 'aws-cdk-lib/assertions';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { chartObjects, newStack, releaseValues, withHelm } from './fixtures';
import { Flux, FluxOptions } from '../../src/addons/flux';
import { newCluster } from '../clusters';

const add = (options: FluxOptions = {}, version?: eks.KubernetesVersion) => {
  const stack = newStack();
  return { stack, flux: new Flux(stack, 'Flux', { cluster: withHelm(newCluster(stack, 'Cluster', version)), ...options }) };
};
const values = (options?: FluxOptions) => releaseValues(Template.fromStack(add(options).stack), 'flux2');

test('it has the four controllers that Flux itself installs, and those of image automation when it is told so', () => {
  const automation = (all: any) => [all.imageAutomationController.create, all.imageReflectionController.create];
  expect(automation(values())).toEqual([false, false]);
  expect(automation(values({ imageAutomation: true }))).toEqual([true, true]);
});

test('teams are kept apart when it is told so', () => {
  expect(values().multitenancy).toEqual({ enabled: false });
  expect(values({ multiTenancy: true }).multitenancy).toEqual({ enabled: true });
});

test('sources have what is granted to it, before it runs', () => {
  const { stack, flux } = add();
  new s3.Bucket(stack, 'Manifests').grantRead(flux);
  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::EKS::PodIdentityAssociation', { Namespace: 'flux-system', ServiceAccount: 'source-controller' });
  template.hasResource('Custom::EKSSlipway-HelmRelease', { DependsOn: Match.arrayWith([Match.stringLikeRegexp('^FluxIdentityRoleDefaultPolicy')]) });
});

test('a cluster that its own check would refuse is refused at synth', () => {
  expect(() => add({}, eks.KubernetesVersion.V1_32)).toThrow('chart "flux2" 2.18.3 works with Kubernetes 1.33 and later');
});

test('a folder to deliver comes after it, and so goes before it', () => {
  const { stack, flux } = add();
  flux.addGitSync('Platform', { url: 'https://git.example/platform.git' });
  const template = Template.fromStack(stack);
  expect(chartObjects(template, 'FluxPlatform').map(({ kind }) => kind).sort()).toEqual(['GitRepository', 'Kustomization']);
  template.hasResource('Custom::EKSSlipway-Chart', { DependsOn: Match.arrayWith([Match.stringLikeRegexp('^FluxRelease')]) });
});
