import { SecretValue } from 'aws-cdk-lib';
import { Bad, deliver, Good } from '../fixtures';

const secret = (more: any) => ({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'db', namespace: 'shop' }, ...more });

export const good: Good = {
  'one that somebody else fills': stack => deliver(stack, [secret({ type: 'Opaque' })]),
  'the token of a service account, which Kubernetes writes': stack => deliver(stack, [secret({ type: 'kubernetes.io/service-account-token' })]),
  'what is no secret': stack => deliver(stack, [secret({ stringData: { 'url': 'https://git.example.com', 'tokenUrl': 'https://example.com', 'ca.crt': 'x', 'tls.crt': 'x' } })]),
  'an empty one': stack => deliver(stack, [secret({ data: { password: '' } })]),
  'what the deployment looks up': stack => deliver(stack, [secret({ stringData: { password: SecretValue.secretsManager('db').unsafeUnwrap() } })]),
  'another kind that speaks of secrets': stack => deliver(stack, [{ ...secret({ data: { password: 'db/password' } }), kind: 'ConfigMap' }]),
};

export const bad: Bad = {
  'a password': [stack => deliver(stack, [secret({ stringData: { user: 'shop', DB_PASSWORD: 'hunter2' } })]), '"DB_PASSWORD" has its value written out'],
  'a token in base64': [stack => deliver(stack, [secret({ data: { 'api-token': 'aHVudGVyMg==' } })]), '"api-token" has its value written out'],
  'the key of a certificate': [stack => deliver(stack, [secret({ type: 'kubernetes.io/tls', data: { 'tls.crt': 'eA==', 'tls.key': 'eA==' } })]), '"tls.key" has its value written out'],
  'the password of a registry': [stack => deliver(stack, [secret({ type: 'kubernetes.io/dockerconfigjson', data: { '.dockerconfigjson': 'e30=' } })]), '".dockerconfigjson" has its value written out'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['stringData.DB_PASSWORD', 'data.api-token', 'data.tls.key', 'data..dockerconfigjson'];
