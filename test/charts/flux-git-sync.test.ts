import { Duration } from 'aws-cdk-lib';
import { only, render } from './render';
import { FluxGitSync, FluxGitSyncProps } from '../../src/charts/flux-git-sync';

const URL = 'https://git.example/platform.git';
const objects = (props: FluxGitSyncProps) => render(chart => new FluxGitSync(chart, 'Sync', props));

test('the main branch is followed, and nothing is deleted unless it is said', () => {
  const manifest = objects({ url: URL });
  expect(only(manifest, 'GitRepository')).toMatchObject({
    metadata: { name: 'platform', namespace: 'flux-system' }, spec: { url: URL, interval: '5m', ref: { branch: 'main' } },
  });
  expect(only(manifest, 'Kustomization').spec).toEqual({
    interval: '5m', path: './', prune: false, wait: true, sourceRef: { kind: 'GitRepository', name: 'platform' },
  });
});

test('a team has a tag, a folder, a namespace and a service account of its own', () => {
  const manifest = objects({
    url: 'ssh://git@git.example/shop.git', tag: 'v1', path: './prod', secretName: 'deploy-key', name: 'shop', namespace: 'shop', prune: true, wait: false,
    interval: Duration.minutes(90), targetNamespace: 'shop', serviceAccountName: 'deployer',
  });
  expect(only(manifest, 'GitRepository').spec).toEqual({
    url: 'ssh://git@git.example/shop.git', interval: '1h30m', ref: { tag: 'v1' }, secretRef: { name: 'deploy-key' },
  });
  expect(only(manifest, 'Kustomization').spec).toEqual({
    interval: '1h30m', path: './prod', prune: true, wait: false, sourceRef: { kind: 'GitRepository', name: 'shop' }, targetNamespace: 'shop', serviceAccountName: 'deployer',
  });
});

test.each([
  [{ url: URL, branch: 'main', tag: 'v1' }, '"branch" is "main" and "tag" is "v1"'],
  [{ url: 'git@git.example:platform.git' }, '"url" is "git@git.example:platform.git": give an address'],
  [{ url: URL, interval: Duration.seconds(10) }, '"interval" is 10 seconds'],
  [{ url: URL, name: 'Platform' }, '"name" is "Platform"'],
])('what cannot be is refused: %#', (props: FluxGitSyncProps, message) => {
  expect(() => objects(props)).toThrow(message);
});
