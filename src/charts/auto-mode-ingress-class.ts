import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { clusterScoped } from './cluster-scoped';
import { checkDnsSubdomain } from '../private/kubernetes-names';

/** Properties of an `AutoModeIngressClass`. */
export interface AutoModeIngressClassProps {
  /**
   * Name of the class.
   *
   * @default 'alb'
   */
  readonly name?: string;

  /**
   * Whether ingresses that name no class get this one.
   *
   * @default false
   */
  readonly isDefault?: boolean;
}

/**
 * The ingress class with which EKS Auto Mode makes Application Load Balancers. Auto Mode brings the controller and the definition
 * of `IngressClassParams`, but no class.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/auto-configure-alb.html
 */
export class AutoModeIngressClass extends Construct {
  /** Name of the class, for `AlbIngress`. */
  public readonly name: string;

  constructor(scope: Construct, id: string, props: AutoModeIngressClassProps = {}) {
    super(scope, id);
    this.name = checkDnsSubdomain('name', props.name ?? 'alb');
    clusterScoped(new ApiObject(this, 'Params', {
      apiVersion: 'eks.amazonaws.com/v1',
      kind: 'IngressClassParams',
      metadata: { name: this.name },
    }));
    clusterScoped(new ApiObject(this, 'Class', {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'IngressClass',
      metadata: {
        name: this.name,
        annotations: props.isDefault ? { 'ingressclass.kubernetes.io/is-default-class': 'true' } : undefined,
      },
      spec: {
        controller: 'eks.amazonaws.com/alb',
        parameters: { apiGroup: 'eks.amazonaws.com', kind: 'IngressClassParams', name: this.name },
      },
    }));
  }
}
