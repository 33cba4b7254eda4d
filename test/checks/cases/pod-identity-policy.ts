import { Stack } from 'aws-cdk-lib';
import { Bad, Good, resource } from '../fixtures';

const association = (stack: Stack, more: any) => resource(stack, 'Association', 'AWS::EKS::PodIdentityAssociation', { ClusterName: 'platform', Namespace: 'shop', ServiceAccount: 'web', RoleArn: 'arn', ...more });
const Policy = '{"Version":"2012-10-17","Statement":[]}';

export const good: Good = {
  'none': stack => association(stack, {}),
  'JSON': stack => association(stack, { Policy, DisableSessionTags: true }),
  'one that the deployment knows': stack => association(stack, { Policy: stack.toJsonString({ Statement: [{ Resource: stack.stackId }] }), DisableSessionTags: true }),
};

export const bad: Bad = {
  'the name of one': [stack => association(stack, { Policy: 'ReadOnly', DisableSessionTags: true }), '"ReadOnly" is not the JSON of a policy'],
  'JSON of something else': [stack => association(stack, { Policy: '7', DisableSessionTags: true }), '"7" is not the JSON of a policy'],
  'session tags': [stack => association(stack, { Policy }), 'a policy is given, and DisableSessionTags is not given'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['Policy', 'DisableSessionTags'];
