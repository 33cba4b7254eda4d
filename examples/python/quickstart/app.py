from aws_cdk import App, Aws
from aws_cdk.lambda_layer_kubectl_v36 import KubectlV36Layer
from eks_slipway import blueprints

app = App()

platform = blueprints.PlatformBlueprint(
    app,
    "Platform",
    admin_role_arns=[f"arn:{Aws.PARTITION}:iam::{Aws.ACCOUNT_ID}:role/PlatformAdmins"],
)
platform.cluster.use_kubectl_layer(KubectlV36Layer(platform, "Kubectl"))

app.synth()
