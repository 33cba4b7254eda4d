import { Annotations, AspectPriority, Aspects } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { IConstruct } from 'constructs';
import { installed, markInstalled, Part } from '../private/installed';

/** Says what an add-on is in its cluster, of which there can be one. A second one is refused at synth. */
export function onePerCluster(addon: IConstruct, cluster: eks.ICluster, part: Part): void {
  markInstalled(addon, cluster, part);
  addon.node.addValidation({
    validate: () => {
      const [first] = installed(cluster, part);
      return first === addon ? [] : [`"cluster" is ${cluster.node.path}, where ${first.node.path} installs ${part} already: leave one of them out`];
    },
  });
}

/** A warning about what stands beside an add-on, looked for when everything is there. Nothing is said where the text is undefined. */
export function warnAbout(addon: IConstruct, id: string, text: () => string | undefined): void {
  Aspects.of(addon).add({
    visit: node => {
      const warning = node === addon ? text() : undefined;
      if (warning) {
        Annotations.of(addon).addWarningV2(`eks-slipway:${id}`, warning);
      }
    },
  }, { priority: AspectPriority.READONLY });
}
