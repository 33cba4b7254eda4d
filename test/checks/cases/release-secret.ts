import { Fn } from 'aws-cdk-lib';
import { Bad, Good, release } from '../fixtures';

export const good: Good = {
  'the name of a Secret': stack => release(stack, 'db', { auth: { existingSecret: 'db', passwordKey: 'password' } }),
  'a value that the deployment knows': stack => release(stack, 'db', { auth: { password: Fn.importValue('password') } }),
  'an empty one, and what is not there': stack => release(stack, 'db', { auth: { password: '' }, list: [null, 1], other: null }),
};

export const bad: Bad = {
  'a password': [stack => release(stack, 'db', { auth: { password: 'hunter2' } }), 'auth.password has its value written out'],
  'one in a list, at the top and at the end': [stack => release(stack, 'db', { first: 'a', users: [{ name: 'a' }, { apiKey: 'x' }] }), 'users.1.apiKey has its value written out'],
  'a token at the top': [stack => release(stack, 'db', { githubToken: 'x' }), /^githubToken has its value written out$/],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['values.auth.password', 'values.users.1.apiKey', 'values.githubToken'];
