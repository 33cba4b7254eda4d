import { Duration } from 'aws-cdk-lib';
import { ApiObject, Chart, JsonPatch } from 'cdk8s';
import { only, render } from './render';
import { NodeTaintEffect } from '../../src/charts/node-taint';
import { Probe } from '../../src/charts/probe';
import { WebService, WebServiceProps } from '../../src/charts/web-service';

const IMAGE = 'public.ecr.aws/nginx/nginx-unprivileged:1.29';

function web(props: Partial<WebServiceProps> = {}): any[] {
  return render(chart => new WebService(chart, 'Web', { name: 'orders', image: IMAGE, ...props }), { namespace: 'shop' });
}

function pod(props: Partial<WebServiceProps> = {}): any {
  return only(web(props), 'Deployment').spec.template.spec;
}

test('an image is enough for a service that scales, survives a drain and has an identity of its own', () => {
  const manifest = web();
  expect(manifest.map(object => `${object.kind}/${object.metadata.namespace}/${object.metadata.name}`).sort()).toEqual([
    'Deployment/shop/orders',
    'HorizontalPodAutoscaler/shop/orders',
    'PodDisruptionBudget/shop/orders',
    'Service/shop/orders',
    'ServiceAccount/shop/orders',
  ]);
  const service = only(manifest, 'Service').spec;
  expect(service).toEqual({
    type: 'ClusterIP',
    selector: { 'app.kubernetes.io/name': 'orders' },
    ports: [{ name: 'http', port: 80, targetPort: 'http', protocol: 'TCP' }],
  });
  expect(only(manifest, 'HorizontalPodAutoscaler').spec).toMatchObject({
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'orders' },
    minReplicas: 2,
    maxReplicas: 10,
    metrics: [{ resource: { name: 'cpu', target: { averageUtilization: 70 } } }],
  });
  expect(only(manifest, 'PodDisruptionBudget').spec).toMatchObject({ maxUnavailable: 1, unhealthyPodEvictionPolicy: 'AlwaysAllow' });
});

test('the pods of Deployment, Service and PodDisruptionBudget are the same', () => {
  const manifest = web({ labels: { team: 'shop' }, partOf: 'store', version: '1.2.3' });
  const labels = only(manifest, 'Deployment').spec.template.metadata.labels;
  expect(labels).toEqual({
    'app.kubernetes.io/name': 'orders',
    'app.kubernetes.io/part-of': 'store',
    'app.kubernetes.io/version': '1.2.3',
    'team': 'shop',
  });
  const selectors = [
    only(manifest, 'Deployment').spec.selector.matchLabels,
    only(manifest, 'Service').spec.selector,
    only(manifest, 'PodDisruptionBudget').spec.selector.matchLabels,
  ];
  // A version in a selector could never change.
  selectors.forEach(selector => expect(selector).toEqual({ 'app.kubernetes.io/name': 'orders' }));
});

test('the autoscaler alone decides how many pods there are', () => {
  expect(only(web(), 'Deployment').spec.replicas).toBeUndefined();
});

test('with as many pods at least as at most there is no autoscaler', () => {
  const manifest = web({ minReplicas: 3, maxReplicas: 3 });
  expect(only(manifest, 'Deployment').spec.replicas).toBe(3);
  expect(manifest.map(object => object.kind)).not.toContain('HorizontalPodAutoscaler');
});

test('a floor above the default ceiling lifts the ceiling', () => {
  const manifest = web({ minReplicas: 12 });
  expect(only(manifest, 'Deployment').spec.replicas).toBe(12);
});

test('pods meet the Pod Security level "restricted" and hold no token for the Kubernetes API', () => {
  const spec = pod();
  expect(spec.automountServiceAccountToken).toBe(false);
  expect(spec.securityContext).toEqual({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
  expect(spec.containers[0].securityContext).toEqual({
    allowPrivilegeEscalation: false,
    capabilities: { drop: ['ALL'] },
    privileged: false,
    readOnlyRootFilesystem: true,
  });
});

test('only /tmp can be written, or what is asked for', () => {
  expect(pod().containers[0].volumeMounts).toEqual([{ name: 'writable-0', mountPath: '/tmp' }]);
  expect(pod().volumes).toEqual([{ name: 'writable-0', emptyDir: {} }]);
  expect(pod({ writablePaths: ['/cache', '/run'] }).containers[0].volumeMounts.map((mount: any) => mount.mountPath)).toEqual(['/cache', '/run']);
  expect(pod({ writablePaths: [] }).volumes).toBeUndefined();
});

test('pods are spread over zones and hosts, by revision', () => {
  const constraints = pod().topologySpreadConstraints;
  expect(constraints.map((c: any) => [c.topologyKey, c.maxSkew, c.whenUnsatisfiable])).toEqual([
    ['topology.kubernetes.io/zone', 1, 'ScheduleAnyway'],
    ['kubernetes.io/hostname', 1, 'ScheduleAnyway'],
  ]);
  constraints.forEach((c: any) => {
    expect(c.labelSelector).toEqual({ matchLabels: { 'app.kubernetes.io/name': 'orders' } });
    expect(c.matchLabelKeys).toEqual(['pod-template-hash']);
  });
  expect(pod({ requireZoneSpread: true }).topologySpreadConstraints[0].whenUnsatisfiable).toBe('DoNotSchedule');
});

test('a pod serves on while load balancers take it out, and then has time to end', () => {
  expect(pod().containers[0].lifecycle).toEqual({ preStop: { sleep: { seconds: 40 } } });
  expect(pod().terminationGracePeriodSeconds).toBe(70);
  expect(pod({ drainPeriod: Duration.minutes(2) }).terminationGracePeriodSeconds).toBe(150);
  expect(pod({ drainPeriod: Duration.seconds(0) }).containers[0].lifecycle).toBeUndefined();
});

test('by default the path / says whether a pod gets requests, and the port whether it is restarted', () => {
  const container = pod().containers[0];
  expect(container.readinessProbe.httpGet).toEqual({ path: '/', port: 8080 });
  expect(container.livenessProbe.tcpSocket).toEqual({ port: 8080 });
  expect(container.startupProbe).toMatchObject({ httpGet: { path: '/', port: 8080 }, periodSeconds: 5, failureThreshold: 60 });
});

test('probes can be shaped, moved to another port and left out', () => {
  const container = pod({
    readinessProbe: Probe.httpGet('/ready', { port: 9090, period: Duration.seconds(3), successThreshold: 2 }),
    livenessProbe: Probe.none(),
    startupProbe: Probe.exec(['/bin/started']),
  }).containers[0];
  expect(container.readinessProbe).toEqual({
    httpGet: { path: '/ready', port: 9090 }, periodSeconds: 3, timeoutSeconds: 1, failureThreshold: 3, successThreshold: 2,
  });
  expect(container.livenessProbe).toBeUndefined();
  expect(container.startupProbe.exec).toEqual({ command: ['/bin/started'] });
});

test('without a readiness probe there is no startup probe either', () => {
  expect(pod({ readinessProbe: Probe.none() }).containers[0].startupProbe).toBeUndefined();
});

test('a startup probe never asks for more than one success, which the API refuses', () => {
  expect(pod({ readinessProbe: Probe.httpGet('/', { successThreshold: 2 }) }).containers[0].startupProbe.successThreshold).toBeUndefined();
});

test('a pod cannot lose memory that it has', () => {
  expect(pod({ memoryRequest: '1Gi' }).containers[0].resources).toEqual({ requests: { cpu: '100m', memory: '1Gi' }, limits: { memory: '1Gi' } });
});

test('environment variables come sorted, and from ConfigMaps and Secrets', () => {
  const container = pod({ env: { B: '2', A: '1' }, envFromConfigMaps: ['settings'], envFromSecrets: ['keys'] }).containers[0];
  expect(container.env).toEqual([{ name: 'A', value: '1' }, { name: 'B', value: '2' }]);
  expect(container.envFrom).toEqual([{ configMapRef: { name: 'settings' } }, { secretRef: { name: 'keys' } }]);
});

test('more ports are ports of container and Service', () => {
  const manifest = web({ additionalPorts: [{ name: 'metrics', port: 9090, servicePort: 8081 }] });
  expect(only(manifest, 'Service').spec.ports[1]).toEqual({ name: 'metrics', port: 8081, targetPort: 'metrics', protocol: 'TCP' });
  expect(only(manifest, 'Deployment').spec.template.spec.containers[0].ports[1]).toEqual({ name: 'metrics', containerPort: 9090, protocol: 'TCP' });
});

test('a service account of another hand is used and not created', () => {
  const manifest = web({ serviceAccountName: 'shared' });
  expect(manifest.map(object => object.kind)).not.toContain('ServiceAccount');
  expect(only(manifest, 'Deployment').spec.template.spec.serviceAccountName).toBe('shared');
  expect(only(web({ serviceAccountName: 'shared', createServiceAccount: true }), 'ServiceAccount').metadata.name).toBe('shared');
});

test('pods go where they are told to', () => {
  const spec = pod({
    nodeSelector: { 'kubernetes.io/arch': 'arm64' },
    tolerations: [{ key: 'batch' }, { key: 'team', value: 'shop', effect: NodeTaintEffect.NO_SCHEDULE }],
  });
  expect(spec.nodeSelector).toEqual({ 'kubernetes.io/arch': 'arm64' });
  expect(spec.tolerations).toEqual([
    { key: 'batch', operator: 'Exists' },
    { key: 'team', operator: 'Equal', value: 'shop', effect: 'NoSchedule' },
  ]);
});

test('without a name, all objects bear the one that the chart generates, and the construct tells it', () => {
  let service: WebService;
  const manifest = render(chart => { service = new WebService(chart, 'Web', { image: IMAGE }); });
  const names = new Set(manifest.map(object => object.metadata.name));
  expect([...names]).toEqual([service!.serviceName]);
  expect(service!.serviceName).toMatch(/^test-web-[a-z0-9]+$/);
  expect([service!.deploymentName, service!.serviceAccountName, service!.port]).toEqual([service!.serviceName, service!.serviceName, 80]);
  expect(only(manifest, 'Service').spec.selector).toEqual(service!.labels);
});

test('labels of the chart reach the objects, not the selectors', () => {
  const manifest = render(chart => new WebService(chart, 'Web', { name: 'web', image: IMAGE }), { labels: { stage: 'prod' } });
  manifest.forEach(object => expect(object.metadata.labels.stage).toBe('prod'));
  expect(only(manifest, 'Service').spec.selector).toEqual({ 'app.kubernetes.io/name': 'web' });
});

test('what no prop covers can be patched', () => {
  const manifest = render((chart: Chart) => {
    const service = new WebService(chart, 'Web', { name: 'web', image: IMAGE });
    ApiObject.of(service).addJsonPatch(JsonPatch.add('/spec/template/spec/hostNetwork', true));
  });
  expect(only(manifest, 'Deployment').spec.template.spec.hostNetwork).toBe(true);
});

test.each<[string, Partial<WebServiceProps>, string]>([
  ['a name that is none', { name: 'Orders' }, '"name" is "Orders": give lower-case letters'],
  ['a name that begins with a digit', { name: '1up' }, '"name" is "1up": the name of a Service begins with a letter'],
  ['no image', { image: '' }, '"image" is "": give a container image'],
  ['a port that is none', { port: 0 }, '"port" is 0: give a whole number from 1 to 65535'],
  ['the same port twice', { additionalPorts: [{ name: 'metrics', port: 8080 }] }, '"additionalPorts.port" has "8080", which another port'],
  ['the name of the main port again', { additionalPorts: [{ name: 'http', port: 9090 }] }, '"additionalPorts.name" has "http"'],
  ['a long port name', { additionalPorts: [{ name: 'prometheus-metrics', port: 9090 }] }, 'at most 15 characters'],
  ['more at least than at most', { minReplicas: 3, maxReplicas: 2 }, '"maxReplicas" is 2 but "minReplicas" is 3: give a "maxReplicas" of at least 3'],
  ['no pods', { minReplicas: 0 }, '"minReplicas" is 0: give a whole number of at least 1'],
  ['a disruption budget that blocks every drain', { maxUnavailable: 0 }, '"maxUnavailable" is 0: give a whole number of at least 1'],
  ['a memory size that is none', { memoryRequest: '1GB' }, '"memoryRequest" is "1GB": give a quantity'],
  ['a limit below the request', { cpuRequest: '1', cpuLimit: '500m' }, '"cpuRequest" is 1 but "cpuLimit" is 500m'],
  ['a grace period shorter than the drain', { terminationGracePeriod: Duration.seconds(30) }, '"terminationGracePeriod" is 30 seconds but "drainPeriod" is 40'],
  ['the root user', { runAsUser: 0 }, '"runAsUser" is 0: give a whole number from 1 to 2147483647'],
  ['a relative path', { writablePaths: ['tmp'] }, '"writablePaths" has "tmp": give absolute paths below "/"'],
  ['a label that is the selector', { labels: { 'app.kubernetes.io/name': 'x' } }, '"labels" has "app.kubernetes.io/name"'],
])('%s is refused', (_, props, message) => {
  expect(() => web(props)).toThrow(message);
});

test.each<[string, () => Probe, string]>([
  ['a path without a slash', () => Probe.httpGet('ready'), '"path" of a probe is "ready": give a path that begins with "/"'],
  ['an empty command', () => Probe.exec([]), '"command" of a probe is empty'],
  ['an answer that may take longer than the period', () => Probe.tcpSocket({ timeout: Duration.seconds(20) }), '"period" is 10 seconds: give whole seconds of at least 20'],
])('a probe with %s is refused', (_, probe, message) => {
  expect(probe).toThrow(message);
});
