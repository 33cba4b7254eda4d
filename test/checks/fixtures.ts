import { App, CfnResource, Stack } from 'aws-cdk-lib';
import { ALL_CHECKS } from '../../src/checks/all-checks';
import { Platform } from '../../src/checks/platform';
import { readTemplates, Template } from '../../src/checks/resource';
import { Result, runChecks } from '../../src/checks/run-checks';

/** What a check must let pass, by a sentence that says what it is. */
export type Good = { [sentence: string]: (stack: Stack) => void };
/** What it must find, and a part of the message that it must give. */
export type Bad = { [sentence: string]: [make: (stack: Stack) => void, message: string | RegExp] };

/** A resource by its type and properties, as any CDK app may have it. */
export function resource(stack: Stack, id: string, type: string, properties: { [name: string]: any } = {}): CfnResource {
  return new CfnResource(stack, id, { type, properties });
}

/** A cluster with what CloudFormation demands of one; properties of `ResourcesVpcConfig` are given apart. */
export function cluster(stack: Stack, properties: { [name: string]: any } = {}, vpc: { [name: string]: any } = {}): CfnResource {
  return resource(stack, 'Cluster', 'AWS::EKS::Cluster', {
    Name: 'platform',
    Version: '1.36',
    RoleArn: stack.formatArn({ service: 'iam', region: '', resource: 'role', resourceName: 'cluster' }),
    ResourcesVpcConfig: { SubnetIds: ['subnet-1', 'subnet-2'], EndpointPrivateAccess: true, EndpointPublicAccess: false, ...vpc },
    ...properties,
  });
}

/** A managed node group with what CloudFormation demands of one. */
export function nodeGroup(stack: Stack, properties: { [name: string]: any } = {}): CfnResource {
  const NodeRole = stack.formatArn({ service: 'iam', region: '', resource: 'role', resourceName: 'nodes' });
  return resource(stack, 'Nodes', 'AWS::EKS::Nodegroup', { ClusterName: 'platform', NodeRole, Subnets: ['subnet-1'], ...properties });
}

/** A Fargate profile with these selectors. */
export function fargateProfile(stack: Stack, selectors: any[]): CfnResource {
  return resource(stack, 'Profile', 'AWS::EKS::FargateProfile', { ClusterName: 'platform', PodExecutionRoleArn: 'arn', Selectors: selectors });
}

/** The ARN of a role with a trust policy of one statement. */
export function roleFor(stack: Stack, statement: any): any {
  return resource(stack, 'Role', 'AWS::IAM::Role', { AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [statement] } }).getAtt('Arn');
}

/** The id of a launch template. */
export function template(stack: Stack, data: { [name: string]: any } = {}): string {
  return resource(stack, 'Template', 'AWS::EC2::LaunchTemplate', { LaunchTemplateData: data }).ref;
}

/** Kubernetes objects, as CDK's own handler delivers them; by name or by reference into a cluster. */
export function deliver(stack: Stack, objects: any[], to: CfnResource | string = 'platform', id = 'Manifest'): CfnResource {
  return resource(stack, id, 'Custom::AWSCDK-EKS-KubernetesResource', {
    ServiceToken: 'token', ClusterName: typeof to === 'string' ? to : to.ref, Manifest: stack.toJsonString(objects),
  });
}

/** A Helm release, as CDK's own handler delivers it. */
export function release(stack: Stack, chart: string, values: any = {}, to: CfnResource | string = 'platform', more: { [name: string]: any } = {}): CfnResource {
  return resource(stack, `Chart-${chart}`, 'Custom::AWSCDK-EKS-HelmChart', {
    ServiceToken: 'token', ClusterName: typeof to === 'string' ? to : to.ref, Release: chart, Chart: chart, Version: '1.0.0', Namespace: 'kube-system',
    Repository: 'https://charts.example.com', Values: stack.toJsonString(values), ...more,
  });
}

/** A Deployment that no check has anything against, with what is given in its pod spec, its container and itself. */
export function deployment(pod: any = {}, container: any = {}, spec: any = {}): any {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'shop' },
    spec: {
      replicas: 2,
      selector: { matchLabels: { app: 'web' } },
      template: {
        metadata: { labels: { app: 'web' } },
        spec: {
          automountServiceAccountToken: false,
          serviceAccountName: 'web',
          securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
          topologySpreadConstraints: [
            { maxSkew: 1, topologyKey: 'topology.kubernetes.io/zone', whenUnsatisfiable: 'ScheduleAnyway', labelSelector: { matchLabels: { app: 'web' } } },
          ],
          containers: [{
            name: 'web',
            image: 'registry.example.com/web:1.2.3',
            resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '128Mi' } },
            readinessProbe: { httpGet: { path: '/ready', port: 8080 } },
            livenessProbe: { httpGet: { path: '/live', port: 8080 } },
            securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
            ...container,
          }],
          ...pod,
        },
      },
      ...spec,
    },
  };
}

/** The templates of an app of one stack. */
export function templatesOf(make: (stack: Stack) => void): Template[] {
  const app = new App();
  make(new Stack(app, 'Stack'));
  return templatesIn(app);
}

/** What checks look at, by the content of the template of each stack. */
export function platformOf(...contents: Template['content'][]): Platform {
  return new Platform(contents.map((content, i) => ({ path: `Stack${i || ''}`, templatePath: `Stack${i || ''}.template.json`, content, size: 0 })));
}

/** What the checks find in an app of one stack, optional ones included. */
export function check(make: (stack: Stack) => void): Result[] {
  return resultsOf(templatesOf(make));
}

export function findingsOf(app: App): Result[] {
  return resultsOf(templatesIn(app));
}

function templatesIn(app: App): Template[] {
  return readTemplates(app.synth().stacksRecursively.map(stack => ({ path: stack.hierarchicalId, templatePath: stack.templateFullPath })));
}

function resultsOf(templates: Template[]): Result[] {
  return runChecks(new Platform(templates), { enable: ALL_CHECKS.filter(({ optional }) => optional).map(({ id }) => id) }, []);
}
