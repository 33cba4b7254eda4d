import { Check } from './check';
import { AUTOSCALER_REPLICAS } from './rules/autoscaler-replicas';
import { AUTOSCALER_TARGET } from './rules/autoscaler-target';
import { BARE_POD } from './rules/bare-pod';
import { DISRUPTION_BUDGET_BLOCKS } from './rules/disruption-budget-blocks';
import { ENVIRONMENT_SECRET } from './rules/environment-secret';
import { IMAGE_REGISTRY } from './rules/image-registry';
import { IMAGE_TAG } from './rules/image-tag';
import { POD_CAPABILITIES } from './rules/pod-capabilities';
import { POD_CONTAINER_SOCKET } from './rules/pod-container-socket';
import { POD_HOST_NAMESPACES } from './rules/pod-host-namespaces';
import { POD_HOST_PATH } from './rules/pod-host-path';
import { POD_LIVENESS_PROBE } from './rules/pod-liveness-probe';
import { POD_MEMORY } from './rules/pod-memory';
import { POD_PRIVILEGE_ESCALATION } from './rules/pod-privilege-escalation';
import { POD_PRIVILEGED } from './rules/pod-privileged';
import { POD_PROBES_ALIKE } from './rules/pod-probes-alike';
import { POD_READINESS_PROBE } from './rules/pod-readiness-probe';
import { POD_RUN_AS_ROOT } from './rules/pod-run-as-root';
import { POD_WRITABLE_ROOT } from './rules/pod-writable-root';
import { PUBLIC_ENDPOINT_OPEN } from './rules/public-endpoint-open';
import { REPLICA_SPREAD } from './rules/replica-spread';
import { SELECTOR_MISMATCH } from './rules/selector-mismatch';
import { SERVICE_PORT_NAME } from './rules/service-port-name';
import { SINGLE_REPLICA } from './rules/single-replica';

/** Every check there is, by id. */
export const ALL_CHECKS: Check[] = [
  AUTOSCALER_REPLICAS,
  AUTOSCALER_TARGET,
  BARE_POD,
  DISRUPTION_BUDGET_BLOCKS,
  ENVIRONMENT_SECRET,
  IMAGE_REGISTRY,
  IMAGE_TAG,
  POD_CAPABILITIES,
  POD_CONTAINER_SOCKET,
  POD_HOST_NAMESPACES,
  POD_HOST_PATH,
  POD_LIVENESS_PROBE,
  POD_MEMORY,
  POD_PRIVILEGE_ESCALATION,
  POD_PRIVILEGED,
  POD_PROBES_ALIKE,
  POD_READINESS_PROBE,
  POD_RUN_AS_ROOT,
  POD_WRITABLE_ROOT,
  PUBLIC_ENDPOINT_OPEN,
  REPLICA_SPREAD,
  SELECTOR_MISMATCH,
  SERVICE_PORT_NAME,
  SINGLE_REPLICA,
];
