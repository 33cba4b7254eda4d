import { Fn } from 'aws-cdk-lib';
import { Bad, deliver, deployment, Good } from '../fixtures';

export const good: Good = {
  'a version': stack => deliver(stack, [deployment()]),
  'a digest': stack => deliver(stack, [deployment({}, { image: 'registry.example.com:5000/web@sha256:abc' })]),
  'an image that the deployment knows': stack => deliver(stack, [deployment({}, { image: Fn.importValue('image') })]),
};

export const bad: Bad = {
  'no tag': [stack => deliver(stack, [deployment({}, { image: 'registry.example.com:5000/web' })]), 'image "registry.example.com:5000/web" of container "web" has no tag'],
  'the tag latest': [stack => deliver(stack, [deployment({}, { image: 'web:latest' })]), 'has the tag latest'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['spec.template.spec.containers[0].image'];
