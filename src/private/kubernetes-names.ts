import { checkText } from './check-text';

/*
 * The name rules of the Kubernetes API, as checks that hand the value back, if there is one, or throw.
 * https://kubernetes.io/docs/concepts/overview/working-with-objects/names/
 */

const LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const DNS_LABEL = new RegExp(`^${LABEL}$`);
const DNS_SUBDOMAIN = new RegExp(`^${LABEL}(\\.${LABEL})*$`);
const LABEL_NAME = /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/;

/** RFC 1123 label: namespaces, services, container and port names. */
export function checkDnsLabel<T extends string | undefined>(prop: string, value: T, maxLength = 63): T {
  return checkText(prop, value, text => DNS_LABEL.test(text) && text.length <= maxLength,
    `lower-case letters, digits and "-", beginning and ending with a letter or digit, at most ${maxLength} characters`);
}

/** RFC 1123 subdomain: the names of most objects. */
export function checkDnsSubdomain<T extends string | undefined>(prop: string, value: T, maxLength = 253): T {
  return checkText(prop, value, text => DNS_SUBDOMAIN.test(text) && text.length <= maxLength,
    `lower-case letters, digits, "-" and ".", beginning and ending with a letter or digit, at most ${maxLength} characters`);
}

export function checkNamespace<T extends string | undefined>(prop: string, value: T): T {
  return checkDnsLabel(prop, value);
}

export function checkServiceAccount<T extends string | undefined>(prop: string, value: T): T {
  return checkDnsSubdomain(prop, value);
}

/** The key of a label, annotation or taint: `name` or `prefix/name`. */
export function checkLabelKey<T extends string | undefined>(prop: string, key: T): T {
  return checkText(prop, key, isLabelKey, 'NAME or PREFIX/NAME, where NAME has at most 63 letters, digits, "-", "_" and "." and PREFIX is a DNS name');
}

function isLabelKey(key: string): boolean {
  const [name, prefix, more] = key.split('/').reverse();
  return more === undefined && LABEL_NAME.test(name) && name.length <= 63
    && (prefix === undefined || (DNS_SUBDOMAIN.test(prefix) && prefix.length <= 253));
}

/** The value of a label or taint. */
export function checkLabelValue<T extends string | undefined>(prop: string, value: T): T {
  return checkText(prop, value, text => text === '' || (LABEL_NAME.test(text) && text.length <= 63),
    'at most 63 letters, digits, "-", "_" and ".", beginning and ending with a letter or digit');
}

/** Labels as a whole: every key and every value. */
export function checkLabels(prop: string, labels: Record<string, string> = {}): Record<string, string> {
  for (const [key, value] of Object.entries(labels)) {
    checkLabelKey(prop, key);
    checkLabelValue(`${prop}.${key}`, value);
  }
  return labels;
}
