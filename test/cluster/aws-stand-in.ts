import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** What the teardown asks AWS about itself, before it touches anything: the state of the stack and the protection of the cluster. */
export class AwsStandIn {
  static async start(): Promise<AwsStandIn> {
    const standIn = new AwsStandIn();
    await new Promise<void>(resolve => standIn.server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(standIn.server.address() as AddressInfo).port}`;
    Object.assign(process.env, {
      AWS_ENDPOINT_URL_CLOUDFORMATION: url, AWS_ENDPOINT_URL_EKS: url, AWS_ENDPOINT_URL_LAMBDA: url, AWS_LAMBDA_FUNCTION_NAME: 'delivery',
      AWS_REGION: 'eu-central-1', AWS_ACCESS_KEY_ID: process.env.AWS_ACCESS_KEY_ID ?? 'AKIA', AWS_SECRET_ACCESS_KEY: process.env.AWS_SECRET_ACCESS_KEY ?? 'not-a-real-key',
    });
    return standIn;
  }

  stackStatus = 'DELETE_IN_PROGRESS';
  deletionProtection = false;
  clusterExists = true;
  clusterSecurityGroupId?: string;
  /** Whether CloudFormation refuses to tell. */
  isDenied = false;
  /** Whether EKS does. */
  isClusterDenied = false;
  /** Events that the function handed on to itself. */
  readonly handedOn: any[] = [];
  /** The stacks that were asked about. */
  readonly asked: string[] = [];

  private readonly server: Server = createServer(async (request, response) => {
    const body = await text(request);
    if (request.url!.startsWith('/clusters/') && this.isClusterDenied) {
      response.writeHead(403, { 'x-amzn-errortype': 'AccessDeniedException' }).end(JSON.stringify({ message: 'not allowed' }));
    } else if (request.url!.startsWith('/clusters/')) {
      const cluster = { name: 'rehearsal', deletionProtection: this.deletionProtection, resourcesVpcConfig: { clusterSecurityGroupId: this.clusterSecurityGroupId } };
      response.writeHead(this.clusterExists ? 200 : 404, this.clusterExists ? {} : { 'x-amzn-errortype': 'ResourceNotFoundException' });
      response.end(JSON.stringify(this.clusterExists ? { cluster } : { message: 'No cluster found' }));
    } else if (request.url === '/2015-03-31/functions/delivery/invocations' && request.headers['x-amz-invocation-type'] === 'Event') {
      this.handedOn.push(JSON.parse(body));
      response.writeHead(202).end();
    } else if (new URLSearchParams(body).get('Action') === 'DescribeStacks' && !this.isDenied) {
      const name = new URLSearchParams(body).get('StackName')!;
      this.asked.push(name);
      response.writeHead(200, { 'content-type': 'text/xml' }).end('<DescribeStacksResponse><DescribeStacksResult><Stacks><member>'
        + `<StackName>${name}</StackName><CreationTime>2026-01-01T00:00:00Z</CreationTime><StackStatus>${this.stackStatus}</StackStatus>`
        + '</member></Stacks></DescribeStacksResult></DescribeStacksResponse>');
    } else {
      response.writeHead(403, { 'content-type': 'text/xml' }).end('<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code>'
        + '<Message>not allowed</Message></Error></ErrorResponse>');
    }
  });

  /** A stack that is being deleted, with a cluster that nothing protects. */
  reset(): void {
    Object.assign(this, { stackStatus: 'DELETE_IN_PROGRESS', deletionProtection: false, clusterExists: true, clusterSecurityGroupId: undefined, isDenied: false, isClusterDenied: false });
    this.handedOn.length = 0;
    this.asked.length = 0;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(resolve => this.server.close(resolve));
  }
}
