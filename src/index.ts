export * from './delivery/attached-chart';
export * from './delivery/bootstrap';
export * from './delivery/delivery';
export * from './delivery/delivery-network';
export * from './delivery/helm-release';
export * from './delivery/managed-addon';
export * from './identity/service-account-role';
