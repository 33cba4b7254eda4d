import { Check } from './check';
import { POD_PRIVILEGED } from './rules/pod-privileged';
import { PUBLIC_ENDPOINT_OPEN } from './rules/public-endpoint-open';

/** Every check there is, by id. */
export const ALL_CHECKS: Check[] = [
  POD_PRIVILEGED,
  PUBLIC_ENDPOINT_OPEN,
];
