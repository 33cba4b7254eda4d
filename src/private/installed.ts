import { CfnResource, Stack } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { IConstruct } from 'constructs';

/** What others want to know of, when it stands in the same cluster. */
export type Part = 'ArgoCd' | 'ClusterAutoscaler' | 'FluentBit' | 'Karpenter' | 'NodeTerminationHandler' | 'SelfManagedNodeGroup';

interface Mark {
  readonly part: Part;
  readonly cluster: eks.ICluster;
}

// Shared by several copies of the library in one app.
const MARK = Symbol.for('eks-slipway.installed');

/** Says what a construct is in its cluster, whatever it is called and wherever it stands. */
export function markInstalled(construct: IConstruct, cluster: eks.ICluster, part: Part): void {
  const mark: Mark = { part, cluster };
  Object.defineProperty(construct, MARK, { value: mark });
}

/** The constructs of an app that said so for this cluster. Ask when all of them are there: in a validation, a Lazy or an aspect. */
export function installed(cluster: eks.ICluster, part: Part): IConstruct[] {
  return cluster.node.root.node.findAll().filter(construct => {
    const mark: Mark | undefined = (construct as any)[MARK];
    return mark?.part === part && isSameCluster(mark.cluster, cluster);
  });
}

/** The resources of a type that name this cluster as theirs, whoever made them. */
export function resourcesOf(cluster: eks.ICluster, cfnResourceType: string): CfnResource[] {
  return cluster.node.root.node.findAll().filter((construct): construct is CfnResource =>
    CfnResource.isCfnResource(construct) && construct.cfnResourceType === cfnResourceType && (construct as any).clusterName === cluster.clusterName);
}

/** Whether two constructs stand for one cluster, which may be imported more than once. */
export function isSameCluster(a: eks.ICluster, b: eks.ICluster): boolean {
  return a === b || (a.clusterName === b.clusterName && Stack.of(a).environment === Stack.of(b).environment);
}
