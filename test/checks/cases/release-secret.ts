import { Fn } from 'aws-cdk-lib';
import { Bad, Good, release } from '../fixtures';

export const good: Good = {
  'the name of a Secret': stack => release(stack, 'db', { auth: { existingSecret: 'db', passwordKey: 'password' } }),
  'a value that the deployment knows': stack => release(stack, 'db', { auth: { password: Fn.importValue('password') } }),
};

export const bad: Bad = {
  'a password': [stack => release(stack, 'db', { auth: { password: 'hunter2' } }), 'auth.password has its value written out'],
};
