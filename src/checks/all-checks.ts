import { Check } from './check';
import { ACCESS_ENTRY_DUPLICATE } from './rules/access-entry-duplicate';
import { ACCESS_ENTRY_POLICY } from './rules/access-entry-policy';
import { ACCESS_ENTRY_TYPE } from './rules/access-entry-type';
import { ADDON_ORDER } from './rules/addon-order';
import { ADDON_TWICE } from './rules/addon-twice';
import { API_REMOVED } from './rules/api-removed';
import { API_REMOVED_NEXT } from './rules/api-removed-next';
import { AUTOSCALER_REPLICAS } from './rules/autoscaler-replicas';
import { AUTOSCALER_TARGET } from './rules/autoscaler-target';
import { BARE_POD } from './rules/bare-pod';
import { CLUSTER_AUTHENTICATION } from './rules/cluster-authentication';
import { CLUSTER_AUTO_MODE } from './rules/cluster-auto-mode';
import { CLUSTER_AUTOSCALER_DISCOVERY } from './rules/cluster-autoscaler-discovery';
import { CLUSTER_AUTOSCALER_PERMISSIONS } from './rules/cluster-autoscaler-permissions';
import { CLUSTER_AUTOSCALER_VERSION } from './rules/cluster-autoscaler-version';
import { CLUSTER_CREATOR_ADMIN } from './rules/cluster-creator-admin';
import { CLUSTER_DELETION_PROTECTION } from './rules/cluster-deletion-protection';
import { CLUSTER_ENDPOINT_OFF } from './rules/cluster-endpoint-off';
import { CLUSTER_LOGGING } from './rules/cluster-logging';
import { CLUSTER_PUBLIC_CIDRS } from './rules/cluster-public-cidrs';
import { CLUSTER_QUOTAS } from './rules/cluster-quotas';
import { CLUSTER_SERVICE_CIDR } from './rules/cluster-service-cidr';
import { CLUSTER_SUBNETS } from './rules/cluster-subnets';
import { CLUSTER_VERSION } from './rules/cluster-version';
import { CNI_ENI_CONFIG } from './rules/cni-eni-config';
import { CNI_PREFIX_DELEGATION } from './rules/cni-prefix-delegation';
import { CONTROLLER_IDENTITY } from './rules/controller-identity';
import { DEFINITION_MISSING } from './rules/definition-missing';
import { DEPLOYMENT_AUTOSCALER } from './rules/deployment-autoscaler';
import { DISRUPTION_BUDGET_BLOCKS } from './rules/disruption-budget-blocks';
import { ECR_IMMUTABLE_TAGS } from './rules/ecr-immutable-tags';
import { ENVIRONMENT_SECRET } from './rules/environment-secret';
import { FARGATE_LOAD_BALANCER } from './rules/fargate-load-balancer';
import { FARGATE_POD } from './rules/fargate-pod';
import { FARGATE_POD_IDENTITY } from './rules/fargate-pod-identity';
import { FARGATE_SELECTORS } from './rules/fargate-selectors';
import { IAM_EVERYTHING } from './rules/iam-everything';
import { IDENTITY_DEFAULT_ACCOUNT } from './rules/identity-default-account';
import { IMAGE_REGISTRY } from './rules/image-registry';
import { IMAGE_TAG } from './rules/image-tag';
import { INGRESS_ANNOTATIONS } from './rules/ingress-annotations';
import { INGRESS_TLS } from './rules/ingress-tls';
import { KARPENTER_AMI } from './rules/karpenter-ami';
import { KARPENTER_CLASS } from './rules/karpenter-class';
import { KARPENTER_IMDS } from './rules/karpenter-imds';
import { KARPENTER_POOL_LIMITS } from './rules/karpenter-pool-limits';
import { KARPENTER_SPOT_TYPES } from './rules/karpenter-spot-types';
import { KARPENTER_VERSION } from './rules/karpenter-version';
import { LOAD_BALANCER_CLASS } from './rules/load-balancer-class';
import { MANIFEST_SECRET } from './rules/manifest-secret';
import { METRICS_SERVER } from './rules/metrics-server';
import { NAMESPACE_DEFAULT_DENY } from './rules/namespace-default-deny';
import { NAMESPACE_POD_SECURITY } from './rules/namespace-pod-security';
import { NAMESPACE_QUOTA } from './rules/namespace-quota';
import { NODE_AMI_FAMILY } from './rules/node-ami-family';
import { NODE_ARCHITECTURE } from './rules/node-architecture';
import { NODE_AUTOSCALER } from './rules/node-autoscaler';
import { NODE_CNI_POLICY } from './rules/node-cni-policy';
import { NODE_CONTROL_PLANE_PORTS } from './rules/node-control-plane-ports';
import { NODE_DISK_ENCRYPTION } from './rules/node-disk-encryption';
import { NODE_IMDS } from './rules/node-imds';
import { NODE_INSTANCE_TYPE } from './rules/node-instance-type';
import { NODE_LAUNCH_TEMPLATE } from './rules/node-launch-template';
import { NODE_NAME } from './rules/node-name';
import { NODE_PUBLIC_SUBNETS } from './rules/node-public-subnets';
import { NODE_SCALING } from './rules/node-scaling';
import { NODE_SECURITY_GROUP_TAG } from './rules/node-security-group-tag';
import { NODE_SELF_MANAGED } from './rules/node-self-managed';
import { NODE_SPOT_TYPES } from './rules/node-spot-types';
import { NODE_UPDATE } from './rules/node-update';
import { NODE_VERSION_SKEW } from './rules/node-version-skew';
import { OBJECT_IDENTITY } from './rules/object-identity';
import { OBJECT_TWICE } from './rules/object-twice';
import { POD_CAPABILITIES } from './rules/pod-capabilities';
import { POD_CONTAINER_SOCKET } from './rules/pod-container-socket';
import { POD_HOST_NAMESPACES } from './rules/pod-host-namespaces';
import { POD_HOST_PATH } from './rules/pod-host-path';
import { POD_IDENTITY_AGENT } from './rules/pod-identity-agent';
import { POD_IDENTITY_POLICY } from './rules/pod-identity-policy';
import { POD_IDENTITY_TRUST } from './rules/pod-identity-trust';
import { POD_IDENTITY_TWICE } from './rules/pod-identity-twice';
import { POD_LIVENESS_PROBE } from './rules/pod-liveness-probe';
import { POD_MEMORY } from './rules/pod-memory';
import { POD_PRE_STOP } from './rules/pod-pre-stop';
import { POD_PRIVILEGE_ESCALATION } from './rules/pod-privilege-escalation';
import { POD_PRIVILEGED } from './rules/pod-privileged';
import { POD_PROBES_ALIKE } from './rules/pod-probes-alike';
import { POD_READINESS_PROBE } from './rules/pod-readiness-probe';
import { POD_RUN_AS_ROOT } from './rules/pod-run-as-root';
import { POD_SERVICE_ACCOUNT_TOKEN } from './rules/pod-service-account-token';
import { POD_WRITABLE_ROOT } from './rules/pod-writable-root';
import { POLICY_SIZE } from './rules/policy-size';
import { POLICY_SIZE_NEAR } from './rules/policy-size-near';
import { PORT_RANGE } from './rules/port-range';
import { PUBLIC_ENDPOINT_OPEN } from './rules/public-endpoint-open';
import { RBAC_ANONYMOUS } from './rules/rbac-anonymous';
import { RBAC_CLUSTER_ADMIN } from './rules/rbac-cluster-admin';
import { RBAC_ESCALATION } from './rules/rbac-escalation';
import { RBAC_WILDCARD } from './rules/rbac-wildcard';
import { RELEASE_SECRET } from './rules/release-secret';
import { RELEASE_TWICE } from './rules/release-twice';
import { RELEASE_VERSION } from './rules/release-version';
import { REPLICA_SPREAD } from './rules/replica-spread';
import { SELECTOR_MISMATCH } from './rules/selector-mismatch';
import { SERVICE_ACCOUNT_SHARED } from './rules/service-account-shared';
import { SERVICE_PORT_NAME } from './rules/service-port-name';
import { SERVICE_TYPE } from './rules/service-type';
import { SERVICE_WEBHOOK } from './rules/service-webhook';
import { SINGLE_REPLICA } from './rules/single-replica';
import { STORAGE_CLASS_DRIVER } from './rules/storage-class-driver';
import { STORAGE_CLASS_ENCRYPTION } from './rules/storage-class-encryption';
import { SUBNET_SIZE } from './rules/subnet-size';
import { SUBNET_TAGS } from './rules/subnet-tags';
import { TEMPLATE_LIMITS } from './rules/template-limits';
import { TEMPLATE_LIMITS_NEAR } from './rules/template-limits-near';
import { VOLUME_EFS_ACCESS_POINT } from './rules/volume-efs-access-point';
import { VOLUME_EFS_ENCRYPTION } from './rules/volume-efs-encryption';
import { VPC_ENDPOINTS } from './rules/vpc-endpoints';
import { VPC_FLOW_LOGS } from './rules/vpc-flow-logs';
import { WEBHOOK_LOCKS_CLUSTER } from './rules/webhook-locks-cluster';
import { WINDOWS_POD_IDENTITY } from './rules/windows-pod-identity';

/** Every check there is, by id. */
export const ALL_CHECKS: Check[] = [
  ACCESS_ENTRY_DUPLICATE,
  ACCESS_ENTRY_POLICY,
  ACCESS_ENTRY_TYPE,
  ADDON_ORDER,
  ADDON_TWICE,
  API_REMOVED,
  API_REMOVED_NEXT,
  AUTOSCALER_REPLICAS,
  AUTOSCALER_TARGET,
  BARE_POD,
  CLUSTER_AUTHENTICATION,
  CLUSTER_AUTO_MODE,
  CLUSTER_AUTOSCALER_DISCOVERY,
  CLUSTER_AUTOSCALER_PERMISSIONS,
  CLUSTER_AUTOSCALER_VERSION,
  CLUSTER_CREATOR_ADMIN,
  CLUSTER_DELETION_PROTECTION,
  CLUSTER_ENDPOINT_OFF,
  CLUSTER_LOGGING,
  CLUSTER_PUBLIC_CIDRS,
  CLUSTER_QUOTAS,
  CLUSTER_SERVICE_CIDR,
  CLUSTER_SUBNETS,
  CLUSTER_VERSION,
  CNI_ENI_CONFIG,
  CNI_PREFIX_DELEGATION,
  CONTROLLER_IDENTITY,
  DEFINITION_MISSING,
  DEPLOYMENT_AUTOSCALER,
  DISRUPTION_BUDGET_BLOCKS,
  ECR_IMMUTABLE_TAGS,
  ENVIRONMENT_SECRET,
  FARGATE_LOAD_BALANCER,
  FARGATE_POD,
  FARGATE_POD_IDENTITY,
  FARGATE_SELECTORS,
  IAM_EVERYTHING,
  IDENTITY_DEFAULT_ACCOUNT,
  IMAGE_REGISTRY,
  IMAGE_TAG,
  INGRESS_ANNOTATIONS,
  INGRESS_TLS,
  KARPENTER_AMI,
  KARPENTER_CLASS,
  KARPENTER_IMDS,
  KARPENTER_POOL_LIMITS,
  KARPENTER_SPOT_TYPES,
  KARPENTER_VERSION,
  LOAD_BALANCER_CLASS,
  MANIFEST_SECRET,
  METRICS_SERVER,
  NAMESPACE_DEFAULT_DENY,
  NAMESPACE_POD_SECURITY,
  NAMESPACE_QUOTA,
  NODE_AMI_FAMILY,
  NODE_ARCHITECTURE,
  NODE_AUTOSCALER,
  NODE_CNI_POLICY,
  NODE_CONTROL_PLANE_PORTS,
  NODE_DISK_ENCRYPTION,
  NODE_IMDS,
  NODE_INSTANCE_TYPE,
  NODE_LAUNCH_TEMPLATE,
  NODE_NAME,
  NODE_PUBLIC_SUBNETS,
  NODE_SCALING,
  NODE_SECURITY_GROUP_TAG,
  NODE_SELF_MANAGED,
  NODE_SPOT_TYPES,
  NODE_UPDATE,
  NODE_VERSION_SKEW,
  OBJECT_IDENTITY,
  OBJECT_TWICE,
  POD_CAPABILITIES,
  POD_CONTAINER_SOCKET,
  POD_HOST_NAMESPACES,
  POD_HOST_PATH,
  POD_IDENTITY_AGENT,
  POD_IDENTITY_POLICY,
  POD_IDENTITY_TRUST,
  POD_IDENTITY_TWICE,
  POD_LIVENESS_PROBE,
  POD_MEMORY,
  POD_PRE_STOP,
  POD_PRIVILEGE_ESCALATION,
  POD_PRIVILEGED,
  POD_PROBES_ALIKE,
  POD_READINESS_PROBE,
  POD_RUN_AS_ROOT,
  POD_SERVICE_ACCOUNT_TOKEN,
  POD_WRITABLE_ROOT,
  POLICY_SIZE,
  POLICY_SIZE_NEAR,
  PORT_RANGE,
  PUBLIC_ENDPOINT_OPEN,
  RBAC_ANONYMOUS,
  RBAC_CLUSTER_ADMIN,
  RBAC_ESCALATION,
  RBAC_WILDCARD,
  RELEASE_SECRET,
  RELEASE_TWICE,
  RELEASE_VERSION,
  REPLICA_SPREAD,
  SELECTOR_MISMATCH,
  SERVICE_ACCOUNT_SHARED,
  SERVICE_PORT_NAME,
  SERVICE_TYPE,
  SERVICE_WEBHOOK,
  SINGLE_REPLICA,
  STORAGE_CLASS_DRIVER,
  STORAGE_CLASS_ENCRYPTION,
  SUBNET_SIZE,
  SUBNET_TAGS,
  TEMPLATE_LIMITS,
  TEMPLATE_LIMITS_NEAR,
  VOLUME_EFS_ACCESS_POINT,
  VOLUME_EFS_ENCRYPTION,
  VPC_ENDPOINTS,
  VPC_FLOW_LOGS,
  WEBHOOK_LOCKS_CLUSTER,
  WINDOWS_POD_IDENTITY,
];
