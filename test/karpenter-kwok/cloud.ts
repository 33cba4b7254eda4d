import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { DescribeImagesCommand, DescribeSecurityGroupsCommand, DescribeSubnetsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { CreateClusterCommand, EKSClient } from '@aws-sdk/client-eks';
import { CreateRoleCommand, GetInstanceProfileCommand, IAMClient, ListInstanceProfilesCommand } from '@aws-sdk/client-iam';
import { motoServer, startMoto } from '../cluster/moto';

const REGION = 'eu-central-1';
const CREDENTIALS = { accessKeyId: 'AKIAKARPENTER', secretAccessKey: 'not-a-real-key' };

/** What the tests find in the account. */
export interface Account {
  readonly subnetIds: string[];
  readonly securityGroupId: string;
  readonly imageId: string;
}

/** A stand-in for AWS: moto, with a network, a cluster, a role for nodes and a queue in it, and a price list. */
export class Cloud {
  static async start(names: { cluster: string; version: string; nodeRole: string; queue: string }): Promise<Cloud> {
    const program = await motoServer();
    if (!program) {
      throw new Error('there is no moto server, and no way to its Python packages: set MOTO_SERVER to one');
    }
    const moto = await startMoto(program);
    const prices = await startPriceList();
    const options = { region: REGION, endpoint: moto.url, credentials: CREDENTIALS };
    const ec2 = new EC2Client(options);
    const iam = new IAMClient(options);
    const queueUrl = await callSqs(moto.url, { Action: 'CreateQueue', QueueName: names.queue }).then(xml => xml.match(/<QueueUrl>(.*?)<\/QueueUrl>/)![1]);

    await iam.send(new CreateRoleCommand({ RoleName: names.nodeRole, AssumeRolePolicyDocument: '{}' }));
    const { Subnets } = await ec2.send(new DescribeSubnetsCommand({}));
    const { SecurityGroups } = await ec2.send(new DescribeSecurityGroupsCommand({ Filters: [{ Name: 'group-name', Values: ['default'] }] }));
    const isIntel = { Name: 'architecture', Values: ['x86_64'] };
    const { Images } = await ec2.send(new DescribeImagesCommand({ Filters: [isIntel, { Name: 'owner-alias', Values: ['amazon'] }] }));
    const subnetIds = Subnets!.map(({ SubnetId }) => SubnetId!);
    await new EKSClient(options).send(new CreateClusterCommand({
      name: names.cluster,
      version: names.version,
      roleArn: 'arn:aws:iam::123456789012:role/cluster',
      resourcesVpcConfig: { subnetIds },
    }));
    const image = Images!.find(({ Platform, RootDeviceType }) => Platform !== 'Windows' && RootDeviceType === 'ebs')!;
    return new Cloud(moto, prices, iam, queueUrl, { subnetIds, securityGroupId: SecurityGroups![0].GroupId!, imageId: image.ImageId! });
  }

  private constructor(
    private readonly moto: { url: string; stop: () => Promise<void> },
    private readonly prices: Server,
    private readonly iam: IAMClient,
    private readonly queueUrl: string,
    readonly account: Account,
  ) {}

  /** What a program needs to talk to it. */
  get environment(): Record<string, string> {
    return {
      AWS_REGION: REGION,
      AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
      AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
      AWS_ENDPOINT_URL: this.moto.url,
      AWS_ENDPOINT_URL_PRICING: `http://127.0.0.1:${(this.prices.address() as AddressInfo).port}`,
    };
  }

  /** The roles of all instance profiles, by the profiles' paths and names. */
  async instanceProfiles(): Promise<Record<string, string[]>> {
    const { InstanceProfiles = [] } = await this.iam.send(new ListInstanceProfilesCommand({}));
    const profiles = await Promise.all(InstanceProfiles
      .map(({ InstanceProfileName }) => this.iam.send(new GetInstanceProfileCommand({ InstanceProfileName }))));
    return Object.fromEntries(profiles.map(({ InstanceProfile: { Path, InstanceProfileName, Roles } = {} as any }) =>
      [`${Path}${InstanceProfileName}`, (Roles ?? []).map(({ RoleName }: any) => RoleName)]));
  }

  /** Puts an event into the queue of interruptions, as EventBridge does. */
  async interrupt(event: object): Promise<void> {
    await callSqs(this.moto.url, { Action: 'SendMessage', QueueUrl: this.queueUrl, MessageBody: JSON.stringify(event) });
  }

  async stop(): Promise<void> {
    this.prices.closeAllConnections();
    await new Promise(resolve => this.prices.close(resolve));
    await this.moto.stop();
  }
}

/** Without a client of its own, for two calls. */
async function callSqs(url: string, parameters: Record<string, string>): Promise<string> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'authorization': `AWS4-HMAC-SHA256 Credential=${CREDENTIALS.accessKeyId}/20260101/${REGION}/sqs/aws4_request, SignedHeaders=host, Signature=0`,
    },
    body: new URLSearchParams({ Version: '2012-11-05', ...parameters }),
  });
  if (!response.ok) {
    throw new Error(`${parameters.Action}: ${response.status} ${await response.text()}`);
  }
  return response.text();
}

/** The Price List API, as far as Karpenter asks it: one price for machines and one for metal; it has those of all other types itself. */
async function startPriceList(): Promise<Server> {
  const product = (instanceType: string) => JSON.stringify({
    product: { attributes: { instanceType } },
    terms: { OnDemand: { term: { priceDimensions: { dimension: { unit: 'Hrs', pricePerUnit: { USD: '0.1' } } } } } },
  });
  const server = createServer(async (request, response) => {
    const isMetal = (await text(request)).includes('bare metal');
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify({ PriceList: [product(isMetal ? 'm5.metal' : 'm5.large')] }));
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return server;
}
