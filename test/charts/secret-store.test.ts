import { only, render } from './render';
import { AwsSecretService } from '../../src/charts/aws-secret-store-options';
import { ClusterSecretStore, ClusterSecretStoreProps } from '../../src/charts/cluster-secret-store';
import { SecretStore } from '../../src/charts/secret-store';

const clusterStore = (props: Partial<ClusterSecretStoreProps> = {}) => only(render(chart => new ClusterSecretStore(chart, 'Store', {
  name: 'aws', service: AwsSecretService.SECRETS_MANAGER, region: 'eu-west-1', ...props,
}), { namespace: 'shop' }), 'ClusterSecretStore');

test('a store reads with the role of External Secrets, for all namespaces', () => {
  expect(clusterStore()).toEqual({
    apiVersion: 'external-secrets.io/v1',
    kind: 'ClusterSecretStore',
    metadata: { name: 'aws' },
    spec: { provider: { aws: { service: 'SecretsManager', region: 'eu-west-1' } } },
  });
});

test('a store can be for some namespaces, and read with a role of its own or with that of a service account', () => {
  expect(clusterStore({ namespaces: ['shop'], namespaceLabels: { team: 'shop' }, roleArn: 'arn:aws:iam::111122223333:role/x', prefix: 'shop/' }).spec).toEqual({
    conditions: [{ namespaces: ['shop'] }, { namespaceSelector: { matchLabels: { team: 'shop' } } }],
    provider: { aws: { service: 'SecretsManager', region: 'eu-west-1', role: 'arn:aws:iam::111122223333:role/x', prefix: 'shop/' } },
  });
  expect(clusterStore({ serviceAccount: 'reader', serviceAccountNamespace: 'shop' }).spec.provider.aws.auth)
    .toEqual({ jwt: { serviceAccountRef: { name: 'reader', namespace: 'shop' } } });
});

test('a store of a namespace lives in it', () => {
  const store = only(render(chart => new SecretStore(chart, 'Store', {
    name: 'aws', service: AwsSecretService.PARAMETER_STORE, region: 'eu-west-1', serviceAccount: 'reader',
  }), { namespace: 'shop' }), 'SecretStore');
  expect(store.metadata).toEqual({ name: 'aws', namespace: 'shop' });
  expect(store.spec.provider.aws).toEqual({ service: 'ParameterStore', region: 'eu-west-1', auth: { jwt: { serviceAccountRef: { name: 'reader' } } } });
});

test.each<[string, Partial<ClusterSecretStoreProps>, string]>([
  ['the namespace of no service account', { serviceAccountNamespace: 'shop' }, '"serviceAccountNamespace" is "shop" but "serviceAccount" is missing'],
  ['a store for no namespace', { namespaces: [] }, '"namespaces" is empty'],
  ['a namespace that is none', { namespaces: ['Shop'] }, '"namespaces" is "Shop"'],
  ['a name that is none', { name: 'AWS' }, '"name" is "AWS"'],
])('%s is refused', (_, props, message) => {
  expect(() => clusterStore(props)).toThrow(message);
});
