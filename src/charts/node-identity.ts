import { checkText } from '../private/check-text';

/** A check of what nodes are in IAM: one of the two, by its plain name. */
export function checkNodeIdentity(props: { role?: string; instanceProfile?: string }) {
  if (!props.role && !props.instanceProfile) {
    throw new Error('"role" and "instanceProfile" are both missing: give the name of the nodes\' IAM role as "role"');
  }
  if (props.role !== undefined && props.instanceProfile !== undefined) {
    throw new Error(`"role" is "${props.role}" and "instanceProfile" is "${props.instanceProfile}": give only one of them`);
  }
  for (const prop of ['role', 'instanceProfile'] as const) {
    const name = props[prop];
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
    const most = prop === 'role' ? 64 : 128;
    checkText(prop, name, text => /^[\w+=,.@-]+$/.test(text) && text.length <= most, `the plain name, not an ARN and without a path, at most ${most} characters`);
  }
}
