import { Token } from 'aws-cdk-lib';

/** Annotations as they are, without the prefix that all of them have. */
interface Annotations {
  readonly prefix: string;
  /** Those that a user gave in so many words. */
  readonly given: Record<string, string>;
  /** With those that the props make. */
  readonly all: Record<string, string>;
}

/** Refuses annotations of an Ingress that the AWS Load Balancer Controller refuses, or that contradict each other. */
export function checkAlbAnnotations(prefix: string, given: Record<string, string> = {}, all: Record<string, string>) {
  const annotations = { prefix, given: within(prefix, given), all: within(prefix, all) };
  Object.entries(annotations.given).filter(([name]) => /^(listen-ports$|actions\.|conditions\.|transforms\.|auth-idp-)/.test(name)).forEach(([name, value]) => {
    if (!Token.isUnresolved(value) && parsed(value) === undefined) {
      throw new Error(`"annotations" has "${prefix}${name}" with the value "${value}", which is no JSON: give JSON`);
    }
  });
  checkOneOf(annotations, 'scheme', ['internal', 'internet-facing']);
  checkOneOf(annotations, 'target-type', ['instance', 'ip']);
  const ports = annotations.all['listen-ports'];
  // Another Ingress of the group may bring the listener.
  if (ports !== undefined && !Token.isUnresolved(ports) && !/"HTTPS"/.test(ports) && !('group.name' in annotations.all)) {
    const name = ['certificate-arn', 'ssl-policy', 'ssl-redirect'].find(key => key in annotations.all && ('listen-ports' in annotations.given || key in annotations.given));
    if (name) {
      throw new Error(`"annotations" has "${prefix}${name}", but "${prefix}listen-ports" is ${ports}, without HTTPS: give props instead, "certificateArns" among them`);
    }
  }
  for (const name of ['inbound-cidrs', 'security-group-prefix-lists']) {
    checkExclusive(annotations, 'security-groups', name);
  }
}

/** The same for a Service. */
export function checkNlbAnnotations(prefix: string, given: Record<string, string> = {}, all: Record<string, string>) {
  const annotations = { prefix, given: within(prefix, given), all: within(prefix, all) };
  checkOneOf(annotations, 'scheme', ['internal', 'internet-facing']);
  checkOneOf(annotations, 'nlb-target-type', ['instance', 'ip']);
  for (const name of ['ssl-ports', 'ssl-negotiation-policy', 'alpn-policy']) {
    if (name in annotations.given && !('ssl-cert' in annotations.all)) {
      throw new Error(`"annotations" has "${prefix}${name}", but there is no TLS: give "certificateArns"`);
    }
  }
  checkExclusive(annotations, 'security-groups', 'security-group-prefix-lists');
  checkExclusive(annotations, 'eip-allocations', 'private-ipv4-addresses');
}

function within(prefix: string, annotations: Record<string, string>): Record<string, string> {
  const ours = Object.entries(annotations).filter(([key]) => key.startsWith(prefix));
  return Object.fromEntries(ours.map(([key, value]) => [key.slice(prefix.length), value]));
}

function checkOneOf({ prefix, given }: Annotations, name: string, values: string[]) {
  const value = given[name];
  if (value !== undefined && !Token.isUnresolved(value) && !values.includes(value)) {
    throw new Error(`"annotations" has "${prefix}${name}" with the value "${value}": give ${values.map(one => `"${one}"`).join(' or ')}`);
  }
}

function checkExclusive({ prefix, given, all }: Annotations, one: string, other: string) {
  if (one in all && other in all && (one in given || other in given)) {
    const [mine, theirs] = one in given ? [one, other] : [other, one];
    throw new Error(`"annotations" has "${prefix}${mine}" beside "${prefix}${theirs}", of which only one counts: leave one of them out`);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
