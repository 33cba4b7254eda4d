import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { CloudFormationEvent } from '../../handlers/delivery/events';
import { handler } from '../../handlers/delivery/index';
import { ControlPlane } from '../../rig/control-plane/control-plane';
import { helmPath } from '../../rig/control-plane/helm';

export interface Answer {
  readonly Status: 'SUCCESS' | 'FAILED';
  readonly Reason?: string;
  readonly PhysicalResourceId: string;
  readonly Data?: Record<string, string>;
  readonly NoEcho?: boolean;
}

/** The secret half of the access key that the function runs with. */
const CREDENTIALS = { accessKeyId: 'AKIADELIVERY', secretAccessKey: 'not-a-real-key' };
const CLUSTER = 'rehearsal';
let requests = 0;

/** One cluster, the real handler code, and a place for its answers and assets: what stands around the function on AWS. */
export class DeliveryRig {
  static async start(options: { nodes?: number } = {}): Promise<DeliveryRig> {
    const plane = await ControlPlane.start({ nodes: options.nodes ?? 1 });
    plane.authenticate(CREDENTIALS.accessKeyId, { username: 'delivery', groups: ['system:masters'] }, { ...CREDENTIALS, clusterName: CLUSTER });
    const rig = new DeliveryRig(plane);
    await new Promise<void>(resolve => rig.server.listen(0, '127.0.0.1', resolve));
    Object.assign(process.env, rig.environment, { HELM_PATH: await helmPath() });
    return rig;
  }

  readonly answers: Answer[] = [];
  /** Files by path: what a bucket or a chart repository holds. */
  readonly files = new Map<string, Buffer | string>();
  /** What Secrets Manager holds, by the secrets' ARNs. */
  readonly secrets = new Map<string, string>();
  /** Statuses to give before the next answer of the function is taken. */
  readonly refusals: number[] = [];
  /** All that was logged. */
  readonly logs: string[] = [];
  private readonly server: Server;

  private constructor(readonly plane: ControlPlane) {
    this.server = createServer(async (request, response) => {
      const body = await text(request);
      if (request.method === 'PUT') {
        const refusal = this.refusals.shift();
        if (refusal === undefined) {
          this.answers.push(JSON.parse(body));
        }
        response.writeHead(refusal ?? 200).end();
        return;
      }
      if (request.headers['x-amz-target'] === 'secretsmanager.GetSecretValue') {
        const secret = this.secrets.get(JSON.parse(body).SecretId);
        response.writeHead(secret === undefined ? 400 : 200, { 'content-type': 'application/x-amz-json-1.1' })
          .end(JSON.stringify(secret === undefined ? { __type: 'ResourceNotFoundException', message: 'no such secret' } : { SecretString: secret }));
        return;
      }
      const file = this.files.get(decodeURIComponent(request.url!.split('?')[0]));
      response.writeHead(file === undefined ? 404 : 200).end(file ?? '<Error><Code>NoSuchKey</Code></Error>');
    });
    jest.spyOn(console, 'log').mockImplementation((...words: unknown[]) => {
      this.logs.push(words.join(' '));
      if (process.env.SHOW_LOG) {
        process.stderr.write(`${new Date().toISOString().slice(17, 23)} ${words.join(' ')}\n`);
      }
    });
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  get environment(): Record<string, string> {
    return {
      CLUSTER_NAME: CLUSTER,
      CLUSTER_ENDPOINT: this.plane.url,
      CLUSTER_CA: this.plane.caData,
      AWS_REGION: 'eu-central-1',
      AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
      AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
      AWS_ENDPOINT_URL_S3: this.url,
      AWS_ENDPOINT_URL_SECRETS_MANAGER: this.url,
      DELIVERY_PATIENCE_SECONDS: '10',
    };
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(resolve => this.server.close(resolve));
    await this.plane.stop();
  }

  /** A custom resource of a stack. */
  resource(type: string, logicalId: string, stack = 'shop'): Resource {
    return new Resource(this, type, logicalId, stack);
  }

  /** Runs the handler once, as Lambda would, and returns what CloudFormation is told. */
  async send(event: CloudFormationEvent, secondsLeft = 120): Promise<Answer> {
    const lambdaEnd = Date.now() + secondsLeft * 1000;
    await handler(event, { getRemainingTimeInMillis: () => lambdaEnd - Date.now() });
    return this.answers.at(-1)!;
  }

  /** An object as it is, undefined if there is none. */
  async get(path: string): Promise<any> {
    const { status, body } = await this.plane.request('GET', path);
    return status === 200 ? body : undefined;
  }

  async make(path: string, object: object): Promise<any> {
    const { status, body } = await this.plane.request('POST', path, object);
    if (status !== 201) {
      throw new Error(`POST ${path}: ${status} ${JSON.stringify(body)}`);
    }
    return body;
  }
}

/** One custom resource through its life. */
export class Resource {
  private properties?: Record<string, unknown>;
  private physicalId?: string;

  constructor(private readonly rig: DeliveryRig, readonly type: string, readonly logicalId: string, readonly stack: string) {}

  event(requestType: CloudFormationEvent['RequestType'], properties: Record<string, unknown>): CloudFormationEvent {
    return {
      RequestType: requestType,
      ResponseURL: `${this.rig.url}/response`,
      StackId: `arn:aws:cloudformation:eu-central-1:123456789012:stack/${this.stack}/5a1d0f70`,
      RequestId: `request-${++requests}`,
      LogicalResourceId: this.logicalId,
      PhysicalResourceId: this.physicalId,
      ResourceType: this.type,
      ResourceProperties: stringified({ ServiceToken: 'token', ClusterName: CLUSTER, ...properties }),
      OldResourceProperties: requestType === 'Update' ? this.properties : undefined,
    };
  }

  async create(properties: Record<string, unknown>, secondsLeft?: number): Promise<Answer> {
    return this.take(this.event('Create', properties), secondsLeft);
  }

  async update(properties: Record<string, unknown>, secondsLeft?: number): Promise<Answer> {
    return this.take(this.event('Update', properties), secondsLeft);
  }

  async delete(secondsLeft?: number): Promise<Answer> {
    return this.rig.send(this.event('Delete', this.properties ?? {}), secondsLeft);
  }

  private async take(event: CloudFormationEvent, secondsLeft?: number): Promise<Answer> {
    const answer = await this.rig.send(event, secondsLeft);
    this.physicalId = answer.PhysicalResourceId;
    if (answer.Status === 'SUCCESS' || !this.properties) {
      this.properties = event.ResourceProperties;
    }
    return answer;
  }
}

/** Properties of our Chart type for these objects. */
export function chart(objects: object[], more: Record<string, unknown> = {}): Record<string, unknown> {
  return { Content: { Parts: [JSON.stringify(objects)] }, ...more };
}

/** CloudFormation hands every scalar on as a string. */
function stringified(value: any): any {
  if (Array.isArray(value)) {
    return value.map(stringified);
  }
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined).map(([k, v]) => [k, stringified(v)]));
  }
  return String(value);
}

// ---- objects that several tests use

export function configMap(name: string, data: Record<string, string> = {}, ns?: string): any {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, ...ns ? { namespace: ns } : {} }, data };
}

export function namespace(name: string): any {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
}

export function deployment(name: string, ns: string, spec: Record<string, unknown> = {}): any {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: ns },
    spec: {
      selector: { matchLabels: { app: name } },
      template: { metadata: { labels: { app: name } }, spec: { containers: [{ name: 'main', image: 'web:1' }] } },
      ...spec,
    },
  };
}

/** A definition of a kind in the group `example.com`. */
export function crd(kind: string, plural = `${kind.toLowerCase()}s`, scope = 'Namespaced'): any {
  const anything = { 'type': 'object', 'x-kubernetes-preserve-unknown-fields': true };
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.example.com` },
    spec: {
      group: 'example.com',
      scope,
      names: { kind, plural, singular: kind.toLowerCase() },
      versions: [{
        name: 'v1',
        served: true,
        storage: true,
        schema: { openAPIV3Schema: { type: 'object', properties: { spec: anything, status: anything } } },
      }],
    },
  };
}

export function custom(kind: string, name: string, ns = 'default'): any {
  return { apiVersion: 'example.com/v1', kind, metadata: { name, namespace: ns }, spec: { size: 1 } };
}
