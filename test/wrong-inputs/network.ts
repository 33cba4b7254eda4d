import * as logs from 'aws-cdk-lib/aws-logs';
import { platform, wrong } from './wrong-input';
import { PlatformVpc } from '../../src/cluster/platform-vpc';

const KNOWN = 'subnets are cut from it at synth';

/** PlatformVpc. */
export const NETWORK = [
  wrong('cidr', '10.0.0.0', (s, cidr) => new PlatformVpc(s, 'Vpc', { cidr }),
    '"cidr" has "10.0.0.0" without a prefix length: give "10.0.0.0/32" for this one address', KNOWN),
  wrong('cidr', 'private', (s, cidr) => new PlatformVpc(s, 'Vpc', { cidr }),
    '"cidr" has "private": give a CIDR block such as "10.0.0.0/16"', KNOWN),
  wrong('cidr', '10.0.0.0/33', (s, cidr) => new PlatformVpc(s, 'Vpc', { cidr }),
    '"cidr" has "10.0.0.0/33": give a prefix length from 0 to 32', KNOWN),
  wrong('cidr', '10.0.1.0/16', (s, cidr) => new PlatformVpc(s, 'Vpc', { cidr }),
    '"cidr" has "10.0.1.0/16", but 10.0.1.0 is not the first address of a /16: give the first address of the block', KNOWN),
  wrong('cidr', '10.0.0.0/8', (s, cidr) => new PlatformVpc(s, 'Vpc', { cidr }),
    '"cidr" is "10.0.0.0/8": give an IPv4 block from /16 to /24', KNOWN),
  wrong('cidr', '10.0.0.0/26', (s, cidr) => new PlatformVpc(s, 'Vpc', { cidr }),
    '"cidr" is "10.0.0.0/26": give an IPv4 block from /16 to /24', KNOWN),
  wrong('cidr', '2001:db8::/32', (s, cidr) => new PlatformVpc(s, 'Vpc', { cidr }),
    '"cidr" is "2001:db8::/32": give an IPv4 block from /16 to /24', KNOWN),
  wrong('podCidr', '10.0.128.0/17', (s, podCidr) => new PlatformVpc(s, 'Vpc', { podCidr }),
    '"podCidr" is "10.0.128.0/17", which overlaps with "cidr", "10.0.0.0/16": give a block outside of it, such as "100.64.0.0/16"', KNOWN),
  wrong('podCidr', '100.64.0.0/10', (s, podCidr) => new PlatformVpc(s, 'Vpc', { podCidr }),
    '"podCidr" is "100.64.0.0/10": give an IPv4 block from /16 to /24', KNOWN),
  wrong('serviceIpv4Cidr', '172.20.0.0/16', (s, serviceIpv4Cidr) =>
    platform(s, { serviceIpv4Cidr, vpc: new PlatformVpc(s, 'Vpc', { podCidr: '172.20.0.0/16' }) }), '"serviceIpv4Cidr" is "172.20.0.0/16", which overlaps with the VPC, "172.20.0.0/16": give a block that no network uses'),
  wrong('zones', 1, (s, zones) => new PlatformVpc(s, 'Vpc', { zones }),
    '"zones" is 1: give a whole number from 2 to 6', 'it decides how many subnets there are'),
  wrong('zones', 7, (s, zones) => new PlatformVpc(s, 'Vpc', { zones }),
    '"zones" is 7: give a whole number from 2 to 6', 'it decides how many subnets there are'),
  wrong('zones', undefined, s => new PlatformVpc(s, 'Vpc', { zones: 2, availabilityZones: ['eu-west-1a', 'eu-west-1b'] }),
    '"zones" and "availabilityZones" are both given: give one of them'),
  wrong('availabilityZones', 'eu-west-1a', (s, zone) => new PlatformVpc(s, 'Vpc', { availabilityZones: [zone] }),
    '"availabilityZones" is [eu-west-1a]: give at least two different zones, since EKS needs subnets in two', 'there is one only'),
  wrong('availabilityZones', 'eu-west-1a', (s, zone) => new PlatformVpc(s, 'Vpc', { availabilityZones: [zone, zone] }),
    '"availabilityZones" is [eu-west-1a, eu-west-1a]: give at least two different zones, since EKS needs subnets in two', 'it is given twice'),
  wrong('availabilityZoneIndexes', -1, (s, index) => new PlatformVpc(s, 'Vpc', { availabilityZoneIndexes: [0, index] }),
    '"availabilityZoneIndexes" is -1: give a whole number of at least 0'),
  wrong('availabilityZoneIndexes', 1, (s, index) => new PlatformVpc(s, 'Vpc', { availabilityZoneIndexes: [index, index] }),
    '"availabilityZoneIndexes" is [1, 1]: give at least two different zones, since EKS needs subnets in two', 'it is given twice'),
  wrong('natGateways', 0, (s, natGateways) => new PlatformVpc(s, 'Vpc', { natGateways }),
    '"natGateways" is 0: give a whole number from 1 to 3', 'it decides how many gateways there are'),
  wrong('natGateways', 4, (s, natGateways) => new PlatformVpc(s, 'Vpc', { natGateways }),
    '"natGateways" is 4: give a whole number from 1 to 3', 'it decides how many gateways there are'),
  wrong('flowLogRetention', undefined, s => new PlatformVpc(s, 'Vpc', { flowLogs: false, flowLogRetention: logs.RetentionDays.ONE_DAY }),
    '"flowLogRetention" is given but "flowLogs" is false: leave one of them out'),
];
