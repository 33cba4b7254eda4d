import * as route53 from 'aws-cdk-lib/aws-route53';
import { Construct } from 'constructs';

/**
 * What an add-on cannot be made without, besides a cluster: for the tests that run over every add-on, and for ADDONS.md. Imported things
 * only: no resource may be made outside of the add-on.
 */
export const REQUIRED_PROPS: Record<string, (scope: Construct) => Record<string, any>> = {
  Capability: () => ({ type: 'KRO' }),
  ExternalDns: scope => ({ hostedZones: [route53.HostedZone.fromHostedZoneAttributes(scope, 'Zone', { hostedZoneId: 'Z1', zoneName: 'example.com' })] }),
};
