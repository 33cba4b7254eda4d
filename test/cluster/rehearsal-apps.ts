import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as cdk8s from 'cdk8s';
import { PlatformCluster } from '../../src/cluster/platform-cluster';

/** Synthesizes one stack with a cluster and a node group, and what `build` adds; returns the folder. */
export function platform(build: (cluster: PlatformCluster) => void = () => undefined): string {
  const outdir = mkdtempSync(join(tmpdir(), 'cdk-out-'));
  const app = new App({ outdir });
  const stack = new Stack(app, 'Small');
  const cluster = new PlatformCluster(stack, 'Cluster', { version: eks.KubernetesVersion.V1_36, admins: [] });
  cluster.addManagedNodeGroup('Nodes', { instanceTypes: [new ec2.InstanceType('m7i.large')] });
  build(cluster);
  app.synth();
  return outdir;
}

/** A chart of objects as they stand in a manifest. */
export function chartOf(...objects: { kind: string; metadata: { name: string; namespace?: string }; [field: string]: unknown }[]): cdk8s.Chart {
  const chart = new cdk8s.Chart(new cdk8s.App(), 'chart');
  objects.forEach((object, i) => new cdk8s.ApiObject(chart, `${i}`, object as unknown as cdk8s.ApiObjectProps));
  return chart;
}
