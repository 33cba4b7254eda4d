import { KubeClient, KubeClientOptions, RequestOptions } from '../../handlers/delivery/kube-client';
import { KubeError } from '../../handlers/delivery/kube-error';

export interface Sent extends RequestOptions {
  readonly method: string;
  readonly path: string;
}

/** What the server says under `METHOD path`: an error is thrown, a function is asked, of a list one after the other is said, and the last for ever. */
export type Answers = Record<string, unknown>;

/** What the server says to a request, where that is easier to say at once; to what has no answer, that it serves no such thing. */
export type Answer = (request: Sent) => unknown;

const kinds = (...names: [kind: string, plural: string, namespaced?: boolean][]) => ({
  resources: names.map(([kind, name, namespaced = true]) => ({ kind, name, namespaced, singularName: kind.toLowerCase() })),
});

const NOT_SERVED = KubeError.ofResponse(404, '404 page not found', undefined);

/** What the server serves. */
const SERVED: Answers = {
  'GET /api/v1': kinds(
    ['ConfigMap', 'configmaps'], ['Secret', 'secrets'], ['Pod', 'pods'], ['Service', 'services'], ['Namespace', 'namespaces', false], ['PersistentVolumeClaim', 'persistentvolumeclaims'],
    ['PersistentVolume', 'persistentvolumes', false],
  ),
  'GET /apis/apps/v1': kinds(['Deployment', 'deployments'], ['ReplicaSet', 'replicasets'], ['StatefulSet', 'statefulsets'], ['DaemonSet', 'daemonsets']),
  'GET /apis/batch/v1': kinds(['Job', 'jobs']),
  'GET /apis/apiextensions.k8s.io/v1': kinds(['CustomResourceDefinition', 'customresourcedefinitions', false]),
  'GET /apis/example.com/v1': kinds(['Widget', 'widgets']),
  'GET /apis/example.com': { versions: [{ version: 'v1' }] },
  'GET /apis': { groups: ['apps', 'batch', 'example.com'].map(name => ({ name, preferredVersion: { version: 'v1' }, versions: [{ version: 'v1' }] })) },
};

/** A client whose server says what a test wants to hear; what was sent is kept. What has no answer is not there, and a write gives back what was written. */
export function scriptedClient(answers: Answers | Answer = {}, options: Partial<KubeClientOptions> = {}) {
  const client = new KubeClient({
    endpoint: 'https://127.0.0.1:1', ca: '', token: async () => 't', fieldManager: 'the-client', deadline: Date.now() + 60_000, patience: 0, ...options,
  });
  const sent: Sent[] = [];
  jest.spyOn(client, 'request').mockImplementation(scripted(answers, sent));
  return { client, sent, writes: () => sent.filter(({ method }) => method !== 'GET'), paths: () => sent.map(({ path }) => path) };
}

/** In the place of a client's `request`. */
export function scripted(answers: Answers | Answer, sent: Sent[] = []): KubeClient['request'] {
  const all: Answers = { ...SERVED, ...answers };
  return async (method, path, options = {}) => {
    const request = { method, path, ...structuredClone(options) };
    sent.push(request);
    const given = typeof answers === 'function' ? answers(request) ?? NOT_SERVED : all[`${method} ${path}`];
    const answer: unknown = Array.isArray(given) ? given.length > 1 ? given.shift() : given[0] : given;
    const said = typeof answer === 'function' ? await answer(options) : answer;
    if (said instanceof Error) {
      throw said;
    }
    if (said === undefined && method === 'GET') {
      throw refusal(404, 'not found', { details: { name: path.split('/').pop() } });
    }
    return said ?? (method === 'DELETE' ? { kind: 'Status', status: 'Success' } : options.body);
  };
}

/** What the server says no with. */
export function refusal(status: number, message: string, more: object = {}): KubeError {
  return KubeError.ofResponse(status, { message, ...more }, undefined);
}

/** Time passes by waiting alone, from a beginning; the waits are kept, and there are no more than `most`. */
export function timeByWaiting(beginning = 0, most = 20_000) {
  let now = beginning;
  const waits: number[] = [];
  jest.spyOn(Date, 'now').mockImplementation(() => now);
  jest.spyOn(globalThis, 'setTimeout').mockImplementation(((resolve: () => void, wait: number) => {
    if (waits.push(wait) > most) {
      throw new Error('waited too often');
    }
    now += wait;
    setImmediate(resolve);
  }) as never);
  return { now: () => now, waits, pass: (milliseconds: number) => { now += milliseconds; } };
}
