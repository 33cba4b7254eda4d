import { RemovalPolicy } from 'aws-cdk-lib';

/** The `Removal` property of a delivered thing. */
export function removal(policy?: RemovalPolicy): string | undefined {
  if (policy === undefined || policy === RemovalPolicy.DESTROY) {
    return undefined;
  }
  if (policy === RemovalPolicy.RETAIN) {
    return 'Retain';
  }
  throw new Error(`"removalPolicy" is RemovalPolicy.${policy.toUpperCase()}: for what is in a cluster only DESTROY and RETAIN have a meaning`);
}
