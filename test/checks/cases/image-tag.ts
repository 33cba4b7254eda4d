import { Fn } from 'aws-cdk-lib';
import { Bad, deliver, deployment, Good } from '../fixtures';

export const good: Good = {
  'a version': stack => deliver(stack, [deployment()]),
  'a digest': stack => deliver(stack, [deployment({}, { image: 'registry.example.com:5000/web@sha256:abc' })]),
  'an image that the deployment knows': stack => deliver(stack, [deployment({}, { image: Fn.importValue('image') })]),
  'a tag that the deployment knows': stack => deliver(stack, [deployment({}, { image: `registry.example.com/web:${stack.stackId}` })]),
};

export const bad: Bad = {
  'no tag': [stack => deliver(stack, [deployment({}, { image: 'registry.example.com:5000/web' })]), 'image "registry.example.com:5000/web" of container "web" has no tag'],
  'the tag latest': [stack => deliver(stack, [deployment({}, { image: 'web:latest' })]), 'has the tag latest'],
  'the tag latest of a registry that the deployment knows': [stack => deliver(stack, [deployment({}, { image: `${stack.stackId}/web:latest` })]), 'image "?/web:latest" of container "web" has the tag latest'],
  'no tag, in such a registry': [stack => deliver(stack, [deployment({}, { image: `${stack.stackId}/web` })]), 'has no tag'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['spec.template.spec.containers[0].image'];
