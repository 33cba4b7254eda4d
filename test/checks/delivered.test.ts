import { Aws, Fn } from 'aws-cdk-lib';
import { release, templatesOf } from './fixtures';
import { Platform } from '../../src/checks/platform';

const chartName = (chart: any) => new Platform(templatesOf(stack => release(stack, 'web', {}, 'platform', { Chart: chart }))).releases[0].chartName;

test.each([
  ['a name', 'cert-manager', 'cert-manager'],
  ['an address in a registry', 'oci://registry.example.com/charts/cert-manager', 'cert-manager'],
  ['one with a tag', 'oci://registry.example.com:5000/charts/cert-manager:v1.19.1', 'cert-manager'],
  ['one with a digest', 'oci://registry.example.com/cert-manager@sha256:0123', 'cert-manager'],
  ['one in a registry that only the deployment knows', `oci://${Aws.ACCOUNT_ID}.dkr.ecr.${Aws.REGION}.${Aws.URL_SUFFIX}/charts/cert-manager`, 'cert-manager'],
  ['a packaged chart', 'https://charts.example.com/cert-manager-1.19.1.tgz', 'cert-manager'],
  ['one of a version with a v', 'https://charts.example.com/cert-manager-v1.19.1.tgz', 'cert-manager'],
  ['one before a release, with build metadata', 'https://charts.example.com/cert-manager-1.19.0-rc.1+4.tgz', 'cert-manager'],
  ['one with a number in its name', 'k8s-1-web-2.0.0.tgz', 'k8s-1-web'],
  ['a file without a version in its name', 'https://charts.example.com/cert-manager.tgz', 'cert-manager.tgz'],
  ['a file of what may be another version', 'https://charts.example.com/cert-manager-2.tgz', 'cert-manager-2.tgz'],
  ['a name that only the deployment knows', `oci://registry.example.com/${Aws.STACK_NAME}`, undefined],
  ['a reference', Fn.importValue('chart'), undefined],
  ['none', undefined, undefined],
])('the name of a chart is known from %s', (_, chart, name) => {
  expect(chartName(chart)).toBe(name);
});
