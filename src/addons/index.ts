export * from './core-dns';
export * from './kube-proxy';
export * from './pod-identity-agent';
export * from './vpc-cni';
