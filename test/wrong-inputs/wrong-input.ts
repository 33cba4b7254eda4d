import { App, Duration, Size, Stack, Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as cdk8s from 'cdk8s';
import { PlatformCluster } from '../../src/cluster/platform-cluster';
import { PlatformClusterProps } from '../../src/cluster/platform-cluster-props';
import { Delivery } from '../../src/delivery/delivery';
import { DeliveryNetwork } from '../../src/delivery/delivery-network';

/** What a user wrote, and what they read then. */
export interface WrongInput {
  /** The prop, as the message quotes it. */
  readonly prop: string;
  /** What it was given; undefined where it is missing. */
  readonly value: unknown;
  /** Writes it into an app. */
  readonly write: (stack: Stack, value: any) => unknown;
  /** The whole message. */
  readonly error: string;
  /** Why a token is refused there too. By default it passes. */
  readonly refusesTokens?: string;
}

/** A row of the catalogue. */
export function wrong<T>(prop: string, value: T, write: (stack: Stack, value: T) => unknown, error: string, refusesTokens?: string): WrongInput {
  return { prop, value, write, error, refusesTokens };
}

/** A PlatformCluster with only the props that matter, on an existing network, so that it is made quickly. */
export function platform(stack: Stack, props: Partial<PlatformClusterProps> = {}): PlatformCluster {
  return new PlatformCluster(stack, 'Cluster', {
    version: eks.KubernetesVersion.V1_36,
    clusterName: 'demo',
    vpc: network(stack),
    teardown: { enabled: false },
    ...props,
  });
}

/** An existing VPC with two zones. */
export function network(stack: Stack): ec2.IVpc {
  return (stack.node.tryFindChild('Network') as ec2.IVpc | undefined) ?? ec2.Vpc.fromVpcAttributes(stack, 'Network', {
    vpcId: 'vpc-0a1b2c3d',
    vpcCidrBlock: '10.0.0.0/16',
    availabilityZones: ['eu-west-1a', 'eu-west-1b'],
    publicSubnetIds: ['subnet-1', 'subnet-2'],
    privateSubnetIds: ['subnet-3', 'subnet-4'],
  });
}

/** An imported cluster that takes charts of Helm too. */
export function existing(stack: Stack): eks.ICluster {
  const cluster = eks.Cluster.fromClusterAttributes(stack, 'Existing', {
    clusterName: 'existing',
    clusterSecurityGroupId: 'sg-0a1b2c3d',
    vpc: network(stack),
    openIdConnectProvider: iam.OpenIdConnectProvider.fromOpenIdConnectProviderArn(stack, 'Oidc',
      stack.formatArn({ service: 'iam', region: '', resource: 'oidc-provider', resourceName: 'oidc.example/id/1' })),
  });
  Delivery.of(cluster, { network: DeliveryNetwork.publicEndpoint(), kubectlLayer: layer(stack) });
  return cluster;
}

/** Any layer with helm in it. */
export function layer(stack: Stack): lambda.ILayerVersion {
  return (stack.node.tryFindChild('Kubectl') as lambda.ILayerVersion | undefined) ?? lambda.LayerVersion.fromLayerVersionArn(stack, 'Kubectl', stack.formatArn({ service: 'lambda', account: '123456789012', resource: 'layer:kubectl:1' }));
}

/** A chart to write objects into. */
export function chart(id = 'chart'): cdk8s.Chart {
  return new cdk8s.Chart(new cdk8s.App(), id);
}

/** What is wrong with a row's input: the error it throws, or what its constructs say when the tree is complete. */
export function complaints({ write, value }: WrongInput, given: unknown = value): { errors: string[]; thrown?: Error } {
  const stack = new Stack(new App(), 'App');
  try {
    write(stack, given);
    return { errors: stack.node.root.node.findAll().flatMap(construct => construct.node.validate()) };
  } catch (thrown) {
    return { errors: [(thrown as Error).message], thrown: thrown as Error };
  }
}

/** Values known only at the deployment that a user could give instead; none where there is no such thing. */
export function tokensLike({ value, write }: WrongInput): unknown[] {
  const number = () => Token.asNumber({ Ref: 'Number' });
  if (write.length < 2) {
    return []; // it counts things, and is not given itself
  }
  if (typeof value === 'string') {
    return [Token.asString({ Ref: 'Text' })];
  }
  if (typeof value === 'number') {
    return [number()];
  }
  if (value instanceof Duration) {
    return [Duration.seconds(number()), Duration.minutes(number()), Duration.days(number())];
  }
  return value instanceof Size ? [Size.gibibytes(number()), Size.mebibytes(number())] : [];
}
