import { exampleNames, SynthesizedStack, synthesizeExample } from './cluster/examples-synth';
import { dependencies, findCycle } from '../src/private/template-graph';

function ofType(app: SynthesizedStack[], type: RegExp): any[] {
  return app.flatMap(({ template }) => Object.values(template.Resources ?? {})).filter(resource => type.test(resource.Type));
}

test('there are the examples that the README names', () => {
  expect(exampleNames()).toEqual(expect.arrayContaining(['existing-cluster', 'quickstart', 'two-stacks']));
});

describe.each(exampleNames())('the example %s', name => {
  const app = synthesizeExample(name);

  test.each(app.map(stack => [stack.name, stack] as const))('has a stack %s that CloudFormation takes: within its limits, without a cycle', (_, { template, bytes }) => {
    expect(Object.keys(template.Resources ?? {}).length).toBeLessThanOrEqual(500);
    expect(bytes).toBeLessThanOrEqual(1_000_000);
    expect(findCycle(dependencies(template))).toBeUndefined();
  });

  test('has one Lambda function for its one cluster, and nothing else that calls one', () => {
    expect(ofType(app, /^AWS::EKS::Cluster$/).length).toBeLessThanOrEqual(1);
    expect(ofType(app, /^AWS::Lambda::Function$/).map(({ Properties }) => Properties.Description)).toEqual(['Delivers Kubernetes objects and Helm charts']);
  });

  test('has custom resources of that function only', () => {
    const custom = ofType(app, /^Custom::|^AWS::CloudFormation::CustomResource$/);
    expect(custom.length).toBeGreaterThan(0);
    for (const { Type, Properties } of custom) {
      expect(Type).toMatch(/^Custom::EKSSlipway-(Chart|HelmRelease|Drain|Sweep)$/);
      expect(JSON.stringify(Properties.ServiceToken)).toMatch(/^\{"Fn::(GetAtt|ImportValue)":.*ClusterDeliveryHandler[0-9A-F]{8}/);
    }
  });

  test('asks nothing of an account while it is synthesized', () => {
    expect(app.flatMap(({ missing }) => missing)).toEqual([]);
  });
});
