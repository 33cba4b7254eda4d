import { Fn } from 'aws-cdk-lib';
import { Bad, Good, release } from '../fixtures';

export const good: Good = {
  'the name of a Secret': stack => release(stack, 'db', { auth: { existingSecret: 'db', passwordKey: 'password' } }),
  'a value that the deployment knows': stack => release(stack, 'db', { auth: { password: Fn.importValue('password') } }),
  'an empty one, and what is not there': stack => release(stack, 'db', { auth: { password: '' }, list: [null, 1], other: null }),
  'a reference of the chart': stack => release(stack, 'argo-cd', { clientSecret: '$oidc:clientSecret', password: '{{ .Values.other }}' }),
  'what the deployment looks up': stack => release(stack, 'grafana', { adminPassword: '{{resolve:secretsmanager:grafana:SecretString:password}}' }),
  'the name of what is in a Secret': stack => release(stack, 'web', { existingSecret: 'web', secretKey: 'password' }),
  'a variable that is none': stack => release(stack, 'web', { env: [{ name: 'LOG_LEVEL', value: 'debug' }] }),
};

export const bad: Bad = {
  'a password': [stack => release(stack, 'db', { auth: { password: 'hunter2' } }), 'auth.password has its value written out'],
  'one in a list, at the top and at the end': [stack => release(stack, 'db', { first: 'a', users: [{ name: 'a' }, { apiKey: 'x' }] }), 'users.1.apiKey has its value written out'],
  'a token at the top': [stack => release(stack, 'db', { githubToken: 'x' }), /^githubToken has its value written out$/],
  'the secret of a client': [stack => release(stack, 'web', { auth: { clientSecret: 'abc' } }), 'auth.clientSecret has its value written out'],
  'a variable': [stack => release(stack, 'web', { env: [{ name: 'DB_PASSWORD', value: 'abc' }] }), 'env.0.value has its value written out'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['values.auth.password', 'values.users.1.apiKey', 'values.githubToken', 'values.auth.clientSecret', 'values.env.0.value'];
