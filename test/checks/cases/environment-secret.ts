import { Bad, deliver, deployment, Good } from '../fixtures';

export const good: Good = {
  'a reference': stack => deliver(stack, [deployment({}, { env: [{ name: 'DB_PASSWORD', valueFrom: { secretKeyRef: { name: 'db', key: 'password' } } }] })]),
  'where it is': stack => deliver(stack, [deployment({}, { env: [{ name: 'DB_PASSWORD_FILE', value: '/run/secret' }] })]),
  'a word that only looks like it': stack => deliver(stack, [deployment({}, { env: [{ name: 'TOKENIZER', value: 'bpe' }] })]),
  'whether there is one': stack => deliver(stack, [deployment({}, { env: [{ name: 'ALLOW_EMPTY_PASSWORD', value: 'no' }] })]),
  'an address that is put together in the pod': stack => deliver(stack, [deployment({}, { env: [{ name: 'DATABASE_URL', value: 'postgres://$(DB_USER):$(DB_PASSWORD)@db.example.com' }] })]),
  'an address without a password': stack => deliver(stack, [deployment({}, { env: [{ name: 'DATABASE_URL', value: 'postgres://db.example.com:5432/shop?email=a@b' }] })]),
};

export const bad: Bad = {
  'a password': [stack => deliver(stack, [deployment({}, { env: [{ name: 'DB_PASSWORD', value: 'hunter2' }] })]), /^variable "DB_PASSWORD" of container "web" has its value written out$/],
  'a key': [stack => deliver(stack, [deployment({}, { env: [{ name: 'STRIPE_API_KEY', value: 'sk' }] })]), 'STRIPE_API_KEY'],
  'in an address': [stack => deliver(stack, [deployment({}, { env: [{ name: 'DATABASE_URL', value: 'postgres://shop:s3cret@db.example.com' }] })]), 'variable "DATABASE_URL" of container "web" has its value written out'],
  'in a name without a line between': [stack => deliver(stack, [deployment({}, { env: [{ name: 'PGPASSWORD', value: 's3cret' }] })]), 'variable "PGPASSWORD"'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['spec.template.spec.containers[0].env'];
