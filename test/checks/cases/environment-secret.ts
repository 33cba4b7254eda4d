import { Bad, deliver, deployment, Good } from '../fixtures';

export const good: Good = {
  'a reference': stack => deliver(stack, [deployment({}, { env: [{ name: 'DB_PASSWORD', valueFrom: { secretKeyRef: { name: 'db', key: 'password' } } }] })]),
  'where it is': stack => deliver(stack, [deployment({}, { env: [{ name: 'DB_PASSWORD_FILE', value: '/run/secret' }] })]),
  'a word that only looks like it': stack => deliver(stack, [deployment({}, { env: [{ name: 'TOKENIZER', value: 'bpe' }] })]),
};

export const bad: Bad = {
  'a password': [stack => deliver(stack, [deployment({}, { env: [{ name: 'DB_PASSWORD', value: 'hunter2' }] })]), /^variable "DB_PASSWORD" of container "web" has its value written out$/],
  'a key': [stack => deliver(stack, [deployment({}, { env: [{ name: 'STRIPE_API_KEY', value: 'sk' }] })]), 'STRIPE_API_KEY'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['spec.template.spec.containers[0].env'];
