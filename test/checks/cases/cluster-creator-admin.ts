import { Bad, Good, cluster } from '../fixtures';

export const good: Good = {
  'it is off': stack => cluster(stack, { AccessConfig: { BootstrapClusterCreatorAdminPermissions: false } }),
};

export const bad: Bad = {
  'nothing is said': [stack => cluster(stack), 'BootstrapClusterCreatorAdminPermissions is not false'],
  'it is on': [stack => cluster(stack, { AccessConfig: { BootstrapClusterCreatorAdminPermissions: true } }), 'is not false'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['AccessConfig'];
