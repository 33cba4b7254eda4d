import { checkText } from './check-text';

/** A check of a region's name, if there is one. A zone, "eu-west-1a", is none. */
export function checkRegion<T extends string | undefined>(prop: string, region: T): T {
  return checkText(prop, region, /^[a-z]{2,}(-[a-z]+)+-\d+$/, 'the name of a region, such as "eu-west-1"');
}

/** A check of a role's ARN, if there is one, in any partition. */
export function checkRoleArn<T extends string | undefined>(prop: string, arn: T): T {
  return checkText(prop, arn, /^arn:[^:]+:iam::\d{12}:role\/\S+$/, 'the ARN of an IAM role, like arn:PARTITION:iam::ACCOUNT:role/NAME');
}
