import { RemovalPolicy } from 'aws-cdk-lib';

/** The `Removal` property of a delivered thing. */
export function removal(policy?: RemovalPolicy): string | undefined {
  if (policy === undefined || policy === RemovalPolicy.DESTROY) {
    return undefined;
  }
  if (policy === RemovalPolicy.RETAIN) {
    return 'Retain';
  }
  throw new Error(`"removalPolicy" is RemovalPolicy.${policy.toUpperCase().replace(/-/g, '_')}, which has no meaning for what is in a cluster: give DESTROY or RETAIN`);
}
