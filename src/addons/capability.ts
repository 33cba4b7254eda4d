import { Token } from 'aws-cdk-lib';
import { CfnCapability } from 'aws-cdk-lib/aws-eks';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { AckCapabilityOptions, ArgoCdCapabilityOptions, CapabilityOptions, CapabilityType } from './capability-options';
import { onePerCluster } from './conflicts';
import { Bootstrap, BootstrapStage } from '../delivery/bootstrap';
import { checkRegion } from '../private/aws-names';
import { checkText } from '../private/check-text';
import { knownItems } from '../private/known-items';
import { checkNamespace } from '../private/kubernetes-names';

/**
 * Properties of Capability.
 */
export interface CapabilityProps extends CapabilityOptions {
  /**
   * The cluster. It may be in another stack, or imported.
   */
  readonly cluster: eks.ICluster;
}

/**
 * An EKS capability: ACK, Argo CD or kro, run by AWS outside of the cluster. What it has made stays when it is removed.
 *
 * - **Auto Mode**: yes.
 * - **Fargate**: yes, nothing of it runs in the cluster.
 * - **Windows**: yes, nothing of it runs in the cluster.
 * - **arm64**: yes, nothing of it runs in the cluster.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/capabilities.html
 *
 * @example
 * const ack = new addons.Capability(stack, 'Ack', { cluster, type: addons.CapabilityType.ACK });
 * bucket.grantReadWrite(ack);
 */
export class Capability extends Construct implements iam.IGrantable {
  /** Its name in the cluster. */
  public readonly capabilityName: string;

  /** ARN of the capability. */
  public readonly capabilityArn: string;

  /** Its role. */
  public readonly role: iam.IRole;

  /** What grants apply to: the role. */
  public readonly grantPrincipal: iam.IPrincipal;

  constructor(scope: Construct, id: string, props: CapabilityProps) {
    super(scope, id);
    const { cluster, type, ack, argoCd } = props;
    if ((type === CapabilityType.ARGO_CD) !== (argoCd !== undefined)) {
      throw new Error(`"argoCd" is ${argoCd ? 'given' : 'missing'} but "type" is ${type}: ${argoCd ? 'leave it out' : 'give it'}, it goes with ${CapabilityType.ARGO_CD} and with nothing else`);
    }
    if (ack && type !== CapabilityType.ACK) {
      throw new Error(`"ack" is given but "type" is ${type}: leave it out, it goes with ${CapabilityType.ACK} and with nothing else`);
    }
    this.capabilityName = checkName(props.capabilityName ?? type.toLowerCase());
    this.role = props.role ?? new iam.Role(this, 'Role', {
      assumedBy: new iam.SessionTagsPrincipal(new iam.ServicePrincipal('capabilities.eks.amazonaws.com')),
      description: `EKS capability ${type}`,
    });
    this.grantPrincipal = this.role;

    const resource = new CfnCapability(this, 'Resource', {
      clusterName: cluster.clusterName,
      capabilityName: this.capabilityName,
      type,
      roleArn: this.role.roleArn,
      configuration: argoCd && { argoCd: configuration(argoCd) },
      deletePropagationPolicy: 'RETAIN', // EKS knows no other
    });
    if (ack) {
      resource.addPropertyOverride('Configuration.Ack', ackConfiguration(ack)); // newer than the oldest L1
    }
    this.node.defaultChild = resource;
    this.capabilityArn = resource.attrArn;
    // With the policies that are granted later.
    resource.node.addDependency(this.role);
    if (type === CapabilityType.ARGO_CD) {
      onePerCluster(this, cluster, 'ArgoCd');
    }

    const bootstrap = Bootstrap.of(cluster);
    bootstrap.require(BootstrapStage.CONTROL_PLANE, resource);
    bootstrap.add(BootstrapStage.CONTROLLERS, resource);
  }
}

function ackConfiguration({ disabledServices = [], crossNamespaceReferences }: AckCapabilityOptions) {
  const wrong = disabledServices.find(service => !Token.isUnresolved(service) && !/^[a-z][a-z0-9]{0,62}$/.test(service));
  if (wrong !== undefined) {
    throw new Error(`"ack.disabledServices" has "${wrong}": give names as ACK has them, lower-case letters and digits, such as "s3"`);
  }
  return { DisabledServices: disabledServices.length > 0 ? disabledServices : undefined, EnableCrossNamespace: crossNamespaceReferences };
}

function configuration(argoCd: ArgoCdCapabilityOptions): CfnCapability.ArgoCdProperty {
  const { idcInstanceArn, idcRegion, roleMappings = [], vpcEndpointIds } = argoCd;
  checkText('argoCd.idcInstanceArn', idcInstanceArn, /^arn:[^:]+:sso:::instance\/\S+$/, 'arn:PARTITION:sso:::instance/ID');
  knownItems(vpcEndpointIds).forEach(id => checkText('argoCd.vpcEndpointIds', id, /^vpce-[0-9a-z]+$/, 'ids of VPC endpoints, which begin with "vpce-"'));
  return {
    awsIdc: { idcInstanceArn, idcRegion: checkRegion('argoCd.idcRegion', idcRegion) },
    namespace: checkNamespace('argoCd.namespace', argoCd.namespace),
    networkAccess: vpcEndpointIds && { vpceIds: vpcEndpointIds },
    rbacRoleMappings: roleMappings.length === 0 ? undefined : roleMappings.map(({ role, users = [], groups = [] }, index) => {
      if (users.length + groups.length === 0) {
        throw new Error(`"argoCd.roleMappings[${index}]" gives ${role} to nobody: give "users" or "groups"`);
      }
      return { role, identities: [...users.map(id => ({ id, type: 'SSO_USER' })), ...groups.map(id => ({ id, type: 'SSO_GROUP' }))] };
    }),
  };
}

function checkName(name: string): string {
  return checkText('capabilityName', name, /^[a-zA-Z0-9][a-zA-Z0-9_-]{0,99}$/,
    'at most 100 letters, digits, "-" and "_", beginning with a letter or digit');
}
