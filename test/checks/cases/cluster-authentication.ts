import { Bad, Good, cluster } from '../fixtures';

export const good: Good = {
  entries: stack => cluster(stack, { AccessConfig: { AuthenticationMode: 'API' } }),
  both: stack => cluster(stack, { AccessConfig: { AuthenticationMode: 'API_AND_CONFIG_MAP' } }),
};

export const bad: Bad = {
  'the ConfigMap': [stack => cluster(stack, { AccessConfig: { AuthenticationMode: 'CONFIG_MAP' } }), 'AuthenticationMode is CONFIG_MAP'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['AccessConfig.AuthenticationMode'];
