import { Match, Template } from 'aws-cdk-lib/assertions';
import { chartObjects, newStack, releaseValues, withHelm } from './fixtures';
import { ArgoCd, ArgoCdOptions } from '../../src/addons/argo-cd';
import { Capability } from '../../src/addons/capability';
import { CapabilityType } from '../../src/addons/capability-options';
import { newCluster } from '../clusters';

const add = (options: ArgoCdOptions = {}) => {
  const stack = newStack();
  const cluster = withHelm(newCluster(stack));
  new ArgoCd(stack, 'ArgoCd', { cluster, ...options });
  return { stack, cluster };
};
const values = (options?: ArgoCdOptions) => releaseValues(Template.fromStack(add(options).stack), 'argo-cd');

test('it speaks TLS and has an administrator until it is told otherwise', () => {
  expect(values().configs).toEqual({ params: { 'server.insecure': false }, cm: { 'admin.enabled': true } });
  expect(values({ insecureServer: true, adminUser: false, domain: 'argocd.example.com' }))
    .toMatchObject({ configs: { params: { 'server.insecure': true }, cm: { 'admin.enabled': false } }, global: { domain: 'argocd.example.com' } });
});

test('its parts have the names that its documentation has', () => {
  expect(values().fullnameOverride).toBe('argocd');
});

test('it cannot stand beside the one that AWS runs', () => {
  const { stack, cluster } = add();
  new Capability(stack, 'Managed', { cluster, type: CapabilityType.ARGO_CD, argoCd: { idcInstanceArn: stack.formatArn({ service: 'sso', resource: 'instance' }) } });
  expect(() => Template.fromStack(stack)).toThrow('"cluster" is Stack/Cluster, where Stack/ArgoCd installs ArgoCd already: leave one of them out');
});

test('an application is delivered after it, and so removed before it', () => {
  const { stack } = add();
  (stack.node.findChild('ArgoCd') as ArgoCd).addApplication('TeamApps', { repoUrl: 'https://git.example/apps.git', path: 'apps' });
  const template = Template.fromStack(stack);
  expect(chartObjects(template, 'ArgoCdTeamApps').map(({ kind, metadata }) => [kind, metadata.namespace, metadata.name])).toEqual([['Application', 'argocd', 'team-apps']]);
  template.hasResource('Custom::EKSSlipway-Chart', { DependsOn: Match.arrayWith([Match.stringLikeRegexp('^ArgoCdRelease')]) });
});
