import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { setTimeout as sleep } from 'timers/promises';
import { Chart } from 'cdk8s';
import { parse } from 'yaml';
import { withControlPlane } from './with-control-plane';
import * as charts from '../../src/charts';
import { render } from '../charts/render';
import { describeWithReference } from '../reference';

const plane = withControlPlane();

const PLURALS: Record<string, string> = {
  CustomResourceDefinition: 'customresourcedefinitions',
  ValidatingAdmissionPolicy: 'validatingadmissionpolicies',
  ValidatingAdmissionPolicyBinding: 'validatingadmissionpolicybindings',
};

function collection({ apiVersion, kind, metadata }: any): string {
  const plural = PLURALS[kind] ?? kind.toLowerCase().replace(/class$/, 'classe') + 's';
  return `/${apiVersion.includes('/') ? 'apis' : 'api'}/${apiVersion}${metadata.namespace ? `/namespaces/${metadata.namespace}` : ''}/${plural}`;
}

/** Creates the object as strictly as the API server can. A kind that is brand new takes a moment. */
async function create(object: any, query: Record<string, string> = { dryRun: 'All' }) {
  for (let attempt = 1; ; attempt++) {
    const answer = await plane().request('POST', `${collection(object)}?${new URLSearchParams({ fieldValidation: 'Strict', ...query })}`, object);
    if (answer.status !== 404 || attempt === 30) {
      return answer;
    }
    await sleep(1000);
  }
}

async function expectAccepted(build: (chart: Chart) => void) {
  for (const object of render(build, { namespace: 'default' })) {
    const { status, body } = await create(object);
    expect({ kind: object.kind, status, message: body.message }).toEqual({ kind: object.kind, status: 201, message: undefined });
  }
}

describe('the API server accepts', () => {
  test('storage classes', () => expectAccepted(chart => {
    new charts.Io2StorageClass(chart, 'Io2', { iops: 10000, kmsKeyId: 'key', tags: { a: 'b' } });
    new charts.Io2StorageClass(chart, 'Grow', { name: 'grow', iopsPerGb: 50, fsType: 'xfs' });
    new charts.EfsStorageClass(chart, 'Efs', { fileSystemId: 'fs-1' });
    new charts.EfsStorageClass(chart, 'Shared', {
      name: 'shared', fileSystemId: 'fs-1', defaultClass: true, basePath: '/a', subPathPattern: '${.PVC.name}', uid: 1, gid: 1, mountOptions: ['iam'], zoneAffinity: true,
    });
  }));

  test('buckets as volumes', () => expectAccepted(chart => {
    new charts.S3Volume(chart, 'Images', { bucketName: 'images' });
    new charts.S3Volume(chart, 'Models', {
      name: 'models', bucketName: 'models', readOnly: true, prefix: 'a/', region: 'eu-west-1', authentication: charts.S3VolumeAuthentication.POD, volumeAttributes: { cache: 'emptyDir' },
    });
  }));
});

test('the claim of a bucket is bound to its volume, and to no other', async () => {
  const objects = render(chart => new charts.S3Volume(chart, 'Images', { name: 'images', bucketName: 'images' }), { namespace: 'default' });
  for (const object of objects) {
    expect((await create(object, {})).status).toBe(201);
  }
  for (let attempt = 1; attempt <= 30; attempt++) {
    const { body } = await plane().request('GET', '/api/v1/namespaces/default/persistentvolumeclaims/images');
    if (body.status.phase === 'Bound') {
      expect(body.spec.volumeName).toBe('default-images');
      return;
    }
    await sleep(1000);
  }
  throw new Error('the claim was not bound');
});

describeWithReference('with the definitions of the projects, the API server accepts', dir => {
  const FOLDERS = ['aws-load-balancer-controller-v3.5.0', 'aws-privateca-issuer-v1.9.0', 'cert-manager-v1.21.1', 'external-secrets-v2.9.0', 'external-snapshotter-v8.6.0',
    'gateway-api-v1.6.1-standard', 'secrets-store-csi-driver-1.6.0'];

  beforeAll(async () => {
    for (const folder of FOLDERS) {
      for (const file of readdirSync(join(dir, 'crds', folder))) {
        for (const text of readFileSync(join(dir, 'crds', folder, file), 'utf8').split(/^---$/m).filter(part => /^kind:/m.test(part))) {
          const { status, body } = await create(parse(text), {});
          expect({ file, status, message: body.message }).toEqual({ file, status: 201, message: undefined });
        }
      }
    }
  }, 300_000);

  test('issuers', () => expectAccepted(chart => {
    const zones = [{ hostedZoneId: 'Z1', zoneName: 'example.com', roleArn: 'arn:aws:iam::123456789012:role/a' }, { hostedZoneId: 'Z2' }];
    new charts.ClusterIssuer(chart, 'Acme', { config: charts.IssuerConfig.acmeRoute53({ zones, email: 'a@example.com', profile: 'shortlived' }) });
    new charts.ClusterIssuer(chart, 'SelfSigned', { name: 'self-signed', config: charts.IssuerConfig.selfSigned() });
    new charts.ClusterIssuer(chart, 'Ca', { config: charts.IssuerConfig.ca('root') });
    new charts.AwsPcaClusterIssuer(chart, 'Pca', {
      certificateAuthorityArn: 'arn:aws:acm-pca:eu-west-1:123456789012:certificate-authority/a', region: 'eu-west-1', roleArn: 'arn:aws:iam::123456789012:role/a',
    });
  }));

  test('secret stores', () => expectAccepted(chart => {
    new charts.ClusterSecretStore(chart, 'Cluster', {
      service: charts.AwsSecretService.SECRETS_MANAGER, region: 'eu-west-1', roleArn: 'arn:aws:iam::123456789012:role/a', namespaces: ['a'], namespaceLabels: { a: 'b' }, prefix: 'a/',
    });
    new charts.ClusterSecretStore(chart, 'Account', {
      service: charts.AwsSecretService.SECRETS_MANAGER, region: 'eu-west-1', serviceAccount: 'reader', serviceAccountNamespace: 'a',
    });
    new charts.SecretStore(chart, 'Own', { service: charts.AwsSecretService.PARAMETER_STORE, region: 'eu-west-1', serviceAccount: 'reader' });
  }));

  test('mounted secrets', () => expectAccepted(chart => new charts.AwsSecretProviderClass(chart, 'Secrets', {
    secrets: [charts.MountedSecret.fromSecretsManager('a', { fields: { b: 'c' }, filePermission: '0400' }), charts.MountedSecret.fromParameterStore('/d')],
    region: 'eu-west-1',
    failoverRegion: 'eu-central-1',
    syncedSecrets: [{ name: 'a', data: { A: 'a' }, labels: { a: 'b' } }],
  })));

  test('snapshot classes', () => expectAccepted(chart => {
    new charts.EbsSnapshotClass(chart, 'Plain');
    new charts.EbsSnapshotClass(chart, 'Fast', {
      name: 'fast', defaultClass: true, tags: { a: 'b' }, fastRestoreZones: ['a', 'b'], deletionPolicy: charts.VolumeReclaimPolicy.RETAIN,
    });
  }));

  test('gateway classes and what their load balancers are like', () => expectAccepted(chart => {
    const configuration = { name: 'public', namespace: 'default' };
    new charts.AwsGatewayClass(chart, 'Alb', { loadBalancer: charts.GatewayLoadBalancer.ALB, configuration, description: 'public' });
    new charts.AwsGatewayClass(chart, 'Nlb', { loadBalancer: charts.GatewayLoadBalancer.NLB });
    new charts.LoadBalancerConfiguration(chart, 'Plain');
    new charts.LoadBalancerConfiguration(chart, 'Public', {
      ...configuration,
      scheme: charts.LoadBalancerScheme.INTERNET_FACING,
      sourceRanges: ['0.0.0.0/0'],
      securityGroups: ['sg-1'],
      subnets: ['subnet-1', 'subnet-2'],
      listeners: [{ protocolPort: 'HTTPS:443', certificateArns: ['arn:aws:acm:eu-west-1:123456789012:certificate/a', 'arn:aws:acm:eu-west-1:123456789012:certificate/b'] }],
      attributes: { 'idle_timeout.timeout_seconds': '60' },
      tags: { team: 'shop' },
      more: { mergingMode: 'prefer-gateway' },
    });
  }));
});
