import { CfnResource, Stack } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks-v2';

/** A pod that Fargate profiles may select. */
export interface FargatePod {
  readonly namespace: string;
  readonly labels: Record<string, string>;
}

/** Path of the Fargate profile in the cluster's stack that selects a pod, if there is one. */
export function fargateProfileOf(cluster: eks.ICluster, pod: FargatePod): string | undefined {
  const stack = Stack.of(cluster);
  const clusterName = JSON.stringify(stack.resolve(cluster.clusterName));
  return stack.node.findAll()
    .filter(construct => CfnResource.isCfnResource(construct) && construct.cfnResourceType === 'AWS::EKS::FargateProfile')
    .find(profile => {
      const { selectors, clusterName: name } = profile as any;
      return JSON.stringify(stack.resolve(name)) === clusterName && (stack.resolve(selectors) ?? []).some((selector: any) => selects(selector, pod));
    })?.node.path;
}

function selects({ namespace, labels = [] }: any, pod: FargatePod): boolean {
  return matches(namespace, pod.namespace)
    && labels.every((label: any) => Object.entries(pod.labels).some(([key, value]) => matches(label.key, key) && matches(label.value, value)));
}

/** A pattern of a selector: `*` is any text, `?` any character. */
function matches(pattern: unknown, text: string): boolean {
  if (typeof pattern !== 'string') {
    return false;
  }
  const expression = pattern.replace(/[\\^$.+()[\]{}|]/g, '\\$&').replaceAll('*', '.*').replaceAll('?', '.');
  return new RegExp(`^${expression}$`).test(text);
}
