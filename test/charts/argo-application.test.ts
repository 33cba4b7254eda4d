import { only, render } from './render';
import { ArgoApplication, ArgoApplicationProps } from '../../src/charts/argo-application';

const GIT = { repoUrl: 'https://git.example/platform.git', path: 'apps' };
const application = (props: ArgoApplicationProps) => only(render(chart => new ArgoApplication(chart, 'Apps', props)), 'Application');

test('what stands in a folder is delivered into the same cluster by itself; nothing is deleted or put back unless it is said', () => {
  const { metadata, spec } = application({ ...GIT, name: 'apps' });
  expect(metadata).toEqual({ name: 'apps', namespace: 'argocd' });
  expect(spec).toEqual({
    project: 'default',
    source: { repoURL: GIT.repoUrl, path: 'apps', targetRevision: 'HEAD' },
    destination: { server: 'https://kubernetes.default.svc' },
    syncPolicy: { automated: { prune: false, selfHeal: false } },
  });
});

test('a chart is pinned, has values, and can go into a namespace of its own in another cluster', () => {
  const { metadata, spec } = application({
    repoUrl: 'https://charts.example', chart: 'web', targetRevision: '1.2.3', helmValues: { b: 1, a: { d: 2, c: 3 } },
    destinationCluster: 'staging', destinationNamespace: 'web', createNamespace: true, syncOptions: ['ServerSideApply=true'], cascade: true,
  });
  expect(metadata.finalizers).toEqual(['resources-finalizer.argocd.argoproj.io']);
  expect(spec.source).toEqual({ repoURL: 'https://charts.example', chart: 'web', targetRevision: '1.2.3', helm: { valuesObject: { a: { c: 3, d: 2 }, b: 1 } } });
  expect(spec.destination).toEqual({ name: 'staging', namespace: 'web' });
  expect(spec.syncPolicy.syncOptions).toEqual(['CreateNamespace=true', 'ServerSideApply=true']);
});

test('a person can have the last word', () => {
  expect(application({ ...GIT, automated: false }).spec.syncPolicy?.automated).toBeUndefined();
});

test.each([
  [{ repoUrl: GIT.repoUrl }, '"path" and "chart" are both missing'],
  [{ ...GIT, chart: 'web' }, '"path" and "chart" are both given'],
  [{ repoUrl: GIT.repoUrl, chart: 'web' }, '"targetRevision" is missing for chart "web"'],
  [{ ...GIT, createNamespace: true }, '"createNamespace" is true without a "destinationNamespace"'],
  [{ ...GIT, automated: false, selfHeal: true }, '"selfHeal" is true but "automated" is false'],
])('what cannot be is refused: %#', (props: ArgoApplicationProps, message) => {
  expect(() => application(props)).toThrow(message);
});
