/*
 * Measures the checks: on the synthesized reference platform, and how they grow with the number of objects. See README.md.
 */
import { resolve } from 'path';
import { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { ALL_CHECKS } from '../src/checks/all-checks';
import { Platform } from '../src/checks/platform';
import { readTemplates, Template } from '../src/checks/resource';
import { runChecks } from '../src/checks/run-checks';

const RUNS = 15;
const ALL = { enable: ALL_CHECKS.filter(({ optional }) => optional).map(({ id }) => id) };

/** Milliseconds of CPU. */
function cpuOf(work: () => void): number {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

/** Applications of five objects each, of which every rule has something to look at, in 50 namespaces. */
function templateOf(count: number): Template {
  const objects = Array.from({ length: count / 5 }, (_, i) => {
    const metadata = { name: `web-${i}`, namespace: `team-${i % 50}`, labels: { app: `web-${i}` } };
    const matchLabels = { app: `web-${i}` };
    const containers = [{ name: 'web', image: 'registry.example.com/web:1', ports: [{ name: 'http', containerPort: 80 }] }];
    return [
      { apiVersion: 'apps/v1', kind: 'Deployment', metadata, spec: { replicas: 2, selector: { matchLabels }, template: { metadata, spec: { containers } } } },
      { apiVersion: 'v1', kind: 'Service', metadata, spec: { selector: matchLabels, ports: [{ name: 'http', port: 80, targetPort: 'http' }] } },
      { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata, spec: { minAvailable: 1, selector: { matchLabels } } },
      { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', metadata, spec: { scaleTargetRef: { kind: 'Deployment', name: metadata.name } } },
      { apiVersion: 'v1', kind: 'ServiceAccount', metadata },
    ];
  }).flat();
  const Properties = { ClusterName: 'platform', Manifest: JSON.stringify(objects) };
  return { path: 'Apps', templatePath: 'none', size: 1, content: { Resources: { Apps: { Type: 'Custom::AWSCDK-EKS-KubernetesResource', Properties } } } };
}

const outdir = resolve(process.argv[2] ?? 'cdk.out');
const { stacksRecursively: stacks } = new CloudAssembly(outdir);
const stackTemplates = stacks.map(stack => ({ path: stack.hierarchicalId, templatePath: stack.templateFullPath }));
const onReference = () => cpuOf(() => runChecks(new Platform(readTemplates(stackTemplates)), ALL, []));
const first = onReference();
const later = Array.from({ length: RUNS }, onReference);
console.log(`${ALL_CHECKS.length} checks, on ${stacks.map(({ id }) => id).join(', ')}: ${first.toFixed(0)} ms of CPU the first time (at most 150), ${median(later).toFixed(0)} ms later`);

const onObjects = (count: number) => {
  const template = templateOf(count);
  return median(Array.from({ length: RUNS }, () => cpuOf(() => runChecks(new Platform([template]), ALL, []))));
};
onObjects(1000); // until the code is warm
const [some, many] = [onObjects(1000), onObjects(5000)];
console.log(`1000 objects: ${some.toFixed(0)} ms; 5000: ${many.toFixed(0)} ms, ${(many / some / 5).toFixed(2)} times as much for each (at most 1.5)`);
process.exitCode = first <= 150 && many / some / 5 <= 1.5 ? 0 : 1;
