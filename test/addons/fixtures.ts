import { readFileSync } from 'fs';
import { join } from 'path';
import { App, Stack, StackProps } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { parse } from 'yaml';
import { Delivery } from '../../src/delivery/delivery';
import { DeliveryNetwork } from '../../src/delivery/delivery-network';

export function newStack(props?: StackProps): Stack {
  return new Stack(new App(), 'Stack', props);
}

/** Lets charts be installed in a cluster. */
export function withHelm<T extends eks.ICluster>(cluster: T): T {
  const stack = Stack.of(cluster);
  const layerArn = stack.formatArn({ service: 'lambda', account: '123456789012', resource: 'layer:kubectl:1' });
  Delivery.of(cluster, { network: DeliveryNetwork.publicEndpoint(), kubectlLayer: lambda.LayerVersion.fromLayerVersionArn(stack, 'Kubectl', layerArn) });
  return cluster;
}

/** A value of a template as one text: intrinsics as Fn::Sub would write them. */
export function text(value: any): any {
  if (Array.isArray(value)) {
    return value.map(text);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  if (value.Ref) {
    return `\${${value.Ref}}`;
  }
  if (value['Fn::GetAtt']) {
    return `\${${value['Fn::GetAtt'].join('.')}}`;
  }
  if (value['Fn::Join']) {
    return value['Fn::Join'][1].map(text).join(value['Fn::Join'][0]);
  }
  if (value['Fn::Select'] || value['Fn::ImportValue']) {
    return `\${${JSON.stringify(value).replace(/[^\w]+/g, ' ').trim()}}`;
  }
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, text(item)]));
}

/** What a delivered thing delivers: values of a release, objects of a chart. */
export function content(resource: any): any {
  const { Parts, Values = [] } = resource.Properties.Content ?? { Parts: ['{}'] };
  return JSON.parse(Parts.map((part: string, i: number) => part + (Values[i] === undefined ? '' : JSON.stringify(text(Values[i])).slice(1, -1))).join(''));
}

/** Values of the release of a chart. */
export function releaseValues(template: Template, chart: string): any {
  const [release] = Object.values(template.findResources('Custom::EKSSlipway-HelmRelease', { Properties: { Chart: chart } }));
  return content(release);
}

/** Objects of the only attached chart, or of the one whose logical id begins so. */
export function chartObjects(template: Template, id = ''): any[] {
  const [[, chart]] = Object.entries(template.findResources('Custom::EKSSlipway-Chart')).filter(([name]) => name.startsWith(id));
  return content(chart);
}

/** The configuration of a managed add-on. */
export function addonConfiguration(template: Template, addonName: string): any {
  const [addon] = Object.values(template.findResources('AWS::EKS::Addon', { Properties: { AddonName: addonName } }));
  return JSON.parse(text(addon.Properties.ConfigurationValues) ?? '{}');
}

/** Every inline policy of the roles whose logical id begins so, by name. */
export function inlinePolicies(template: Template, role: string): Record<string, any> {
  return Object.fromEntries(Object.entries(template.findResources('AWS::IAM::Role'))
    .filter(([id]) => id.startsWith(role))
    .flatMap(([, resource]) => resource.Properties.Policies ?? [])
    .map(policy => [policy.PolicyName, text(policy.PolicyDocument)]));
}

/** A policy as the set of what it allows, each action on each resource under its conditions: how it is cut into statements does not matter. */
export function permissions(document: any): string[] {
  const list = (value: any) => [value].flat();
  return [...new Set<string>(document.Statement.flatMap((statement: any) =>
    list(statement.Action).flatMap(action => list(statement.Resource).map(resource =>
      `${statement.Effect} ${action} on ${resource} if ${JSON.stringify(sorted(statement.Condition ?? {}))}`))))].sort();
}

function sorted(value: any): any {
  if (Array.isArray(value)) {
    return [...value].sort();
  }
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.keys(value).sort().map(key => [key, sorted(value[key])])) : value;
}

export function referenceYaml(dir: string, ...path: string[]): any {
  return parse(readFileSync(join(dir, ...path), 'utf8'));
}

/** Paths of `values` that a chart's own values do not know. Where the chart has nothing or an empty map, anything goes. */
export function unknownKeys(values: any, chart: any, free: string[] = [], path = ''): string[] {
  if (typeof values !== 'object' || values === null || Array.isArray(values)) {
    return [];
  }
  return Object.entries(values).flatMap(([key, value]) => {
    const at = path ? `${path}.${key}` : key;
    if (!(key in chart)) {
      return [at];
    }
    const below = chart[key];
    const anything = free.includes(at) || typeof below !== 'object' || below === null || Object.keys(below).length === 0;
    return anything ? [] : unknownKeys(value, below, free, at);
  });
}
