import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { Aws, Fn } from 'aws-cdk-lib';
import { platformOf, release, templatesOf } from './fixtures';
import { Platform } from '../../src/checks/platform';
import { TOKEN } from '../../src/checks/values';

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

const MAP = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'map', namespace: 'shop' } };
const TEXT = JSON.stringify([MAP]);

/** The objects that a resource delivers, by their names. */
const namesOf = (Type: string, Properties: any) => platformOf({ Resources: { Own: { Type, Properties } } }).objects.map(({ name }) => name);

test.each<[string, any, string[]]>([
  ['alone', MAP, ['ConfigMap "shop/map"']],
  ['in lists, lists of Kubernetes too', [MAP, { apiVersion: 'v1', kind: 'List', items: [MAP, { kind: 'List', items: [MAP] }] }], ['ConfigMap "shop/map"', 'ConfigMap "shop/map"', 'ConfigMap "shop/map"']],
  ['of any kind with items', { kind: 'Basket', metadata: { name: 'basket' }, items: [MAP] }, ['Basket "basket"']],
  ['that are called a list and are none', { kind: 'List', items: 'all' }, ['List ""']],
  ['of no namespace', { kind: 'Namespace', metadata: { name: 'shop' } }, ['Namespace "shop"']],
  ['without a name', { kind: 'ConfigMap' }, ['ConfigMap ""']],
  ['of which there are none', [null, 'map', { Ref: 'Map' }], []],
])('objects %s are seen', (_, content, names) => {
  expect(namesOf('Custom::AWSCDK-EKS-KubernetesResource', { Manifest: JSON.stringify(content) })).toEqual(names);
});

test('an object whose name only the deployment knows has a question mark there', () => {
  const Manifest = { 'Fn::Join': ['', ['[{"kind":"Secret","metadata":{"name":"', { Ref: 'Name' }, '","namespace":"shop"}}]']] };
  expect(namesOf('Custom::AWSCDK-EKS-KubernetesResource', { Manifest })).toEqual(['Secret "shop/?"']);
});

describe('the content of a chart', () => {
  const chart = (Content?: any) => namesOf('Custom::EKSSlipway-Chart', { Content });

  test('is seen inline, between values that only the deployment knows', () => {
    expect(chart({ Parts: [TEXT] })).toEqual(['ConfigMap "shop/map"']);
    expect(chart({ Parts: ['[{"kind":"Job","metadata":{"name":"', '-x"},"spec":', '}]'], Values: [{ Ref: 'A' }, { Ref: 'B' }] })).toEqual(['Job "?"']);
  });

  test('is seen in a file of the assembly', () => {
    const folder = mkdtempSync(join(tmpdir(), 'delivered-'));
    try {
      writeFileSync(join(folder, 'asset.abc.json'), JSON.stringify([TEXT]));
      const Resources = { Chart: { Type: 'Custom::EKSSlipway-Chart', Properties: { Content: { Key: 'abc.json' } } } };
      const template = { path: 'Stack', templatePath: join(folder, 'Stack.template.json'), content: { Resources }, size: 0 };
      expect(new Platform([template]).objects.map(({ manifest }) => manifest)).toEqual([MAP]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('is nothing where it is nowhere', () => {
    expect(chart()).toEqual([]);
    expect(chart({ Key: 'gone.json' })).toEqual([]);
    expect(chart({ Parts: TEXT })).toEqual([]);
  });
});

describe('a release', () => {
  const releaseOf = (Type: string, Properties: any) => platformOf({ Resources: { Own: { Type, Properties } } }).releases[0];

  test('has what is known of it', () => {
    const known = { Release: 'web', Namespace: 'shop', Chart: 'oci://registry.example.com/web', Repository: 'https://charts.example.com', Version: '1.0.0', ClusterName: 'platform' };
    expect(releaseOf('Custom::AWSCDK-EKS-HelmChart', { ...known, Values: '{"replicas":2}' })).toMatchObject({
      name: 'release "shop/web"', release: 'web', namespace: 'shop', chart: 'oci://registry.example.com/web', chartName: 'web', repository: 'https://charts.example.com', version: '1.0.0',
      values: { replicas: 2 }, clusterKey: '"platform"',
    });
  });

  test('is one of the default namespace without a namespace, and of a name that only the deployment knows without a name', () => {
    expect(releaseOf('Custom::AWSCDK-EKS-HelmChart', { Release: { Ref: 'Name' } })).toMatchObject({ name: 'release "default/?"', values: {}, clusterKey: '""' });
  });

  test('of this library has its values as a chart has its content', () => {
    const Content = { Parts: ['{"replicas":2,"role":"', '"}'], Values: [{ Ref: 'Role' }] };
    expect(releaseOf('Custom::EKSSlipway-HelmRelease', { Content }).values).toEqual({ replicas: 2, role: TOKEN });
  });
});
