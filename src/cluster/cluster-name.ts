import { createHash } from 'crypto';
import { Stack, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { checkText } from '../private/check-text';

const LONGEST = 100;

/** The name given to a cluster, checked. */
export function checkClusterName(name: string): string {
  if (Token.isUnresolved(name)) {
    throw new Error('"clusterName" is a token: give a name that is known at synth, or leave it out');
  }
  return checkText('clusterName', name, text => /^[0-9A-Za-z][0-9A-Za-z_-]*$/.test(text) && text.length <= LONGEST,
    `letters, digits, "-" and "_", beginning with a letter or digit, at most ${LONGEST} characters`);
}

/** The name of a cluster that got none: the stack's name and the ids below it. A nested stack's own name is not known at synth. */
export function nameFromPath(scope: Construct, id: string): string {
  let stack = Stack.of(scope);
  while (stack.nestedStackParent) {
    stack = stack.nestedStackParent;
  }
  const scopes = scope.node.scopes;
  const parts = [stackName(stack), ...scopes.slice(scopes.indexOf(stack) + 1).map(parent => parent.node.id), id];
  const name = parts.map(part => part.replace(/[^0-9A-Za-z_-]/g, '')).filter(part => part !== '').join('-');
  if (name.length <= LONGEST) {
    return name;
  }
  const hash = createHash('sha256').update(name).digest('hex').slice(0, 8);
  return `${name.slice(0, LONGEST - hash.length - 1)}-${hash}`;
}

function stackName(stack: Stack): string {
  if (!Token.isUnresolved(stack.stackName)) {
    return stack.stackName;
  }
  throw new Error(`"clusterName" is missing, and the name of stack ${stack.node.path} is a token: give the cluster a name`);
}
