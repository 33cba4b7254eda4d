import { KubectlV36Layer } from '@aws-cdk/lambda-layer-kubectl-v36';
import { App, Aws } from 'aws-cdk-lib';
import { blueprints } from 'eks-slipway';

const app = new App();

const platform = new blueprints.PlatformBlueprint(app, 'Platform', {
  adminRoleArns: [`arn:${Aws.PARTITION}:iam::${Aws.ACCOUNT_ID}:role/PlatformAdmins`],
});
platform.cluster.useKubectlLayer(new KubectlV36Layer(platform, 'Kubectl'));
