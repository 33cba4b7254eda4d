import * as route53 from 'aws-cdk-lib/aws-route53';

/** Name of a hosted zone; undefined where it was imported by its id only. */
export function zoneName(zone: route53.IHostedZone): string | undefined {
  try {
    return zone.zoneName;
  } catch {
    return undefined; // fromHostedZoneId throws
  }
}
