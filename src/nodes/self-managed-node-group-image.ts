import { CfnDynamicReference, CfnDynamicReferenceService } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { instanceFacts } from './instance-facts';
import { NodeAmi } from './node-ami';
import { checkText } from '../private/check-text';

/** Amazon Linux 2023 for instance types of one architecture, with drivers for their accelerators. */
export function defaultImage(types: ec2.InstanceType[]): NodeAmi {
  const facts = types.map(instanceFacts);
  const accelerators = new Set(facts.map(fact => fact?.accelerator ?? 'none'));
  if (accelerators.size > 1) {
    throw new Error(`"instanceTypes" has ${types.join(', ')}, which need different drivers: give types that need the same, or say the "ami"`);
  }
  const [accelerator = 'none'] = accelerators;
  const architecture = facts.some(fact => fact?.architecture === ec2.InstanceArchitecture.ARM_64) ? 'ARM_64' : 'x86_64';
  return NodeAmi.of(`AL2023_${architecture}_${accelerator === 'none' ? 'STANDARD' : accelerator.toUpperCase()}`);
}

/** What of an image and its instance types cannot be together. */
export function checkImage(ami: NodeAmi, types: ec2.InstanceType[]): void {
  if (ami._family === 'WINDOWS') {
    throw new Error(`"ami" is ${ami.amiType}: self-managed node groups write user data for Linux alone, use a ManagedNodeGroup for Windows`);
  }
  for (const type of types) {
    const architecture = instanceFacts(type)?.architecture;
    if (architecture && ami.architecture && architecture !== ami.architecture) {
      throw new Error(`"ami" is ${ami.imageId ?? ami.amiType} for ${ami.architecture} but "instanceTypes" has "${type}" of ${architecture}: `
        + 'give types of the image\'s architecture, and a node group for each');
    }
  }
}

/**
 * An image as the one of an id, with which everything a node needs to join stands in its user data. The id of one that EKS builds is looked up
 * by CloudFormation when the launch template changes.
 */
export function imageById(ami: NodeAmi, version: string | undefined, amiVersion: string | undefined): NodeAmi {
  if (ami.imageId !== undefined) {
    for (const [prop, value] of Object.entries({ version, amiVersion })) {
      if (value !== undefined) {
        throw new Error(`"${prop}" is given with an image of yours, which has its own: leave it out`);
      }
    }
    return ami;
  }
  if (version === undefined) {
    throw new Error('"version" is missing, and the cluster\'s is not known at synth: give the Kubernetes version of the nodes');
  }
  const imageId = new CfnDynamicReference(CfnDynamicReferenceService.SSM, parameterName(ami, version, amiVersion)).toString();
  const options = { architecture: ami.architecture };
  return ami._family === 'BOTTLEROCKET' ? NodeAmi.customBottlerocket(imageId, options) : NodeAmi.customAl2023(imageId, options);
}

/**
 * @see https://docs.aws.amazon.com/eks/latest/userguide/retrieve-ami-id.html
 * @see https://docs.aws.amazon.com/eks/latest/userguide/retrieve-ami-id-bottlerocket.html
 */
function parameterName(ami: NodeAmi, version: string, amiVersion: string | undefined): string {
  const architecture = ami.architecture === ec2.InstanceArchitecture.ARM_64 ? 'arm64' : 'x86_64';
  const [, variant] = /(?:x86_64|ARM_64)_?(.*)$/.exec(ami.amiType)!;
  if (ami._family === 'BOTTLEROCKET') {
    checkVersion(amiVersion, /^\d+\.\d+\.\d+$/, '1.50.0');
    const flavor = variant && `-${variant.toLowerCase().replace('_', '-')}`;
    return `/aws/service/bottlerocket/aws-k8s-${version}${flavor}/${architecture}/${amiVersion ?? 'latest'}/image_id`;
  }
  checkVersion(amiVersion, /^v\d{8}$/, 'v20261105');
  const flavor = variant.toLowerCase();
  const name = amiVersion === undefined ? 'recommended' : `amazon-eks-node-al2023-${architecture}-${flavor}-${version}-${amiVersion}`;
  return `/aws/service/eks/optimized-ami/${version}/amazon-linux-2023/${architecture}/${flavor}/${name}/image_id`;
}

function checkVersion(amiVersion: string | undefined, pattern: RegExp, example: string): void {
  checkText('amiVersion', amiVersion, pattern, `one like "${example}"`);
}
