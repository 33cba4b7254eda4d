import { Rule } from '../rule';
import { accessEntry } from './access-entry';
import { addon } from './addon';
import { cluster } from './cluster';
import { fargateProfile } from './fargate-profile';
import { gatewayAttachment, internetGateway, role, securityGroup, subnet, vpc } from './network';
import { nodegroup } from './nodegroup';
import { podIdentityAssociation } from './pod-identity-association';

/** What the model knows besides ids and attributes. */
export const RULES: { [type: string]: Rule } = {
  'AWS::EC2::InternetGateway': internetGateway,
  'AWS::EC2::SecurityGroup': securityGroup,
  'AWS::EC2::Subnet': subnet,
  'AWS::EC2::VPC': vpc,
  'AWS::EC2::VPCGatewayAttachment': gatewayAttachment,
  'AWS::EKS::AccessEntry': accessEntry,
  'AWS::EKS::Addon': addon,
  'AWS::EKS::Cluster': cluster,
  'AWS::EKS::FargateProfile': fargateProfile,
  'AWS::EKS::Nodegroup': nodegroup,
  'AWS::EKS::PodIdentityAssociation': podIdentityAssociation,
  'AWS::IAM::Role': role,
};
