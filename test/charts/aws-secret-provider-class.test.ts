import { only, render } from './render';
import { AwsSecretProviderClass, AwsSecretProviderClassProps } from '../../src/charts/aws-secret-provider-class';
import { MountedSecret } from '../../src/charts/mounted-secret';

const PASSWORD = MountedSecret.fromSecretsManager('shop/database', { fileName: 'database', fields: { user: 'username', password: 'password' } });
const provided = (props: Partial<AwsSecretProviderClassProps> = {}) => {
  const object = only(render(chart => new AwsSecretProviderClass(chart, 'Secrets', { name: 'shop', secrets: [PASSWORD], ...props }), { namespace: 'shop' }), 'SecretProviderClass');
  return { ...object, objects: JSON.parse(object.spec.parameters.objects) };
};

test('secrets and parameters are files, and fields of a secret are files of their own', () => {
  const { metadata, spec, objects } = provided({ secrets: [PASSWORD, MountedSecret.fromParameterStore('/shop/url', { filePermission: '0400', versionLabel: 'prod' })] });
  expect(metadata).toEqual({ name: 'shop', namespace: 'shop' });
  expect(spec).toMatchObject({ provider: 'aws', parameters: { usePodIdentity: 'true' } });
  expect(objects).toEqual([
    { objectName: 'shop/database', objectType: 'secretsmanager', objectAlias: 'database', jmesPath: [{ path: 'password', objectAlias: 'password' }, { path: 'username', objectAlias: 'user' }] },
    { objectName: '/shop/url', objectType: 'ssmparameter', filePermission: '0400', objectVersionLabel: 'prod' },
  ]);
});

test('files become a Kubernetes Secret where that is asked for', () => {
  const { spec } = provided({ usePodIdentity: false, region: 'eu-west-1', failoverRegion: 'eu-central-1', syncedSecrets: [{ name: 'database', data: { USER: 'user', PASSWORD: 'password' }, labels: { a: 'b' } }] });
  expect(spec.parameters).toMatchObject({ usePodIdentity: 'false', region: 'eu-west-1', failoverRegion: 'eu-central-1' });
  expect(spec.secretObjects).toEqual([
    { secretName: 'database', type: 'Opaque', labels: { a: 'b' }, data: [{ key: 'PASSWORD', objectName: 'password' }, { key: 'USER', objectName: 'user' }] },
  ]);
});

test.each<[string, () => Partial<AwsSecretProviderClassProps>, string]>([
  ['nothing to mount', () => ({ secrets: [] }), '"secrets" is empty'],
  ['a file twice', () => ({ secrets: [PASSWORD, MountedSecret.fromParameterStore('user')] }), '"secrets" has the file "user" twice'],
  ['a key without its file', () => ({ syncedSecrets: [{ name: 'a', data: { KEY: 'nothing' } }] }), '"syncedSecrets" has "nothing" for key "KEY" of "a", which is no file of "secrets": give one of database, password, user'],
  ['a region that fails over to itself', () => ({ region: 'eu-west-1', failoverRegion: 'eu-west-1' }), '"failoverRegion" is "eu-west-1", as is "region"'],
  ['a file in a folder', () => ({ secrets: [MountedSecret.fromSecretsManager('a', { fileName: 'a/b' })] }), '"fileName" has the file "a/b"'],
  ['permissions that are not octal', () => ({ secrets: [MountedSecret.fromSecretsManager('a', { filePermission: '644' })] }), '"filePermission" is "644"'],
])('%s is refused', (_, props, message) => {
  expect(() => provided(props())).toThrow(message);
});
