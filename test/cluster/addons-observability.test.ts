import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { withControlPlane } from './with-control-plane';
import { FargateLogging } from '../../src/addons/fargate-logging';
import { FargateLogConfiguration } from '../../src/charts/fargate-log-configuration';
import { chartObjects, withHelm } from '../addons/fixtures';
import { render } from '../charts/render';
import { newCluster } from '../clusters';

const plane = withControlPlane();

/** What the add-on delivers; synthesized before the API server is there, which closes connections that wait too long. */
const delivered = (() => {
  const stack = new Stack(new App(), 'Stack');
  new FargateLogging(stack, 'Logging', { cluster: withHelm(newCluster(stack)), podExecutionRoles: [iam.Role.fromRoleName(stack, 'Role', 'Role')] });
  return chartObjects(Template.fromStack(stack), 'LoggingConfiguration');
})();

/** Applies the objects as strictly as the API server can, in their order. */
async function expectAccepted(objects: any[]) {
  for (const object of objects) {
    const path = object.kind === 'Namespace' ? '/api/v1/namespaces' : `/api/v1/namespaces/${object.metadata.namespace}/configmaps`;
    const { status, body } = await plane().request('PATCH', `${path}/${object.metadata.name}?fieldManager=test&force=true&fieldValidation=Strict`, object,
      { 'content-type': 'application/apply-patch+yaml' });
    expect({ kind: object.kind, status, message: body.message }).toEqual({ kind: object.kind, status: expect.any(Number), message: undefined });
    expect([200, 201]).toContain(status);
  }
}

test('the API server accepts the logging of Fargate with all that it can have', () => expectAccepted(render(chart => new FargateLogConfiguration(chart, 'Logs', {
  outputs: '[OUTPUT]\n    Name firehose\n    Match kube.*\n    region eu-west-1\n    delivery_stream logs\n',
  filters: '[FILTER]\n    Name grep\n    Match *\n    Exclude log healthz\n',
  parsers: '[PARSER]\n    Name json\n    Format json\n',
  fluentBitLogs: true,
}), { namespace: 'default' })));

test('and what the add-on delivers', async () => {
  await expectAccepted(delivered);

  const { body } = await plane().request('GET', '/api/v1/namespaces/aws-observability/configmaps/aws-logging');
  expect(Object.keys(body.data).sort()).toEqual(['filters.conf', 'flb_log_cw', 'output.conf']);
});
