import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { setTimeout as sleep } from 'timers/promises';
import { Chart } from 'cdk8s';
import { parse } from 'yaml';
import { withControlPlane } from './with-control-plane';
import { ArgoApplication } from '../../src/charts/argo-application';
import { render } from '../charts/render';
import { describeWithReference } from '../reference';

const plane = withControlPlane({ nodes: 1 });

describeWithReference('Argo CD', dir => {
  const APPLICATIONS = '/apis/argoproj.io/v1alpha1/namespaces/default/applications';
  const GIT = { namespace: 'default', repoUrl: 'https://git.example/platform.git', path: 'apps' };

  beforeAll(async () => {
    const folder = join(dir, 'crds', 'argo-cd-v3.5.1');
    for (const file of readdirSync(folder)) {
      const { status, body } = await plane().request('POST', '/apis/apiextensions.k8s.io/v1/customresourcedefinitions', parse(readFileSync(join(folder, file), 'utf8')));
      expect({ file, status, message: body.message }).toEqual({ file, status: 201, message: undefined });
    }
    for (let i = 0; i < 60 && (await plane().request('GET', APPLICATIONS)).status !== 200; i++) {
      await sleep(250);
    }
  }, 60_000);

  async function expectAccepted(build: (chart: Chart) => void) {
    for (const object of render(build)) {
      const { status, body } = await plane().request('POST', `${APPLICATIONS}?fieldValidation=Strict`, object);
      expect({ status, message: body.message }).toEqual({ status: 201, message: undefined });
    }
  }

  test('accepts an application with what it needs', () => expectAccepted(chart => new ArgoApplication(chart, 'Least', GIT)));

  test('accepts an application with all that it can have', () => expectAccepted(chart => new ArgoApplication(chart, 'Folder', {
    ...GIT, name: 'apps', targetRevision: 'main', project: 'platform', destinationCluster: 'staging', destinationNamespace: 'shop', createNamespace: true,
    prune: true, selfHeal: true, syncOptions: ['ServerSideApply=true'], cascade: true,
  })));

  test('accepts an application of a chart', () => expectAccepted(chart => new ArgoApplication(chart, 'Chart', {
    namespace: 'default', repoUrl: 'https://charts.example', chart: 'web', targetRevision: '1.2.3', helmValues: { replicas: 2, nested: { list: [1] } }, automated: false,
  })));
});
