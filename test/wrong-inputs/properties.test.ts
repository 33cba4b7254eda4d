import { readFileSync } from 'fs';
import { BlockList, isIPv6 } from 'net';
import { join } from 'path';
import { App, Duration, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as fc from 'fast-check';
import { parse } from 'yaml';
import { chart, network, platform } from './wrong-input';
import { KarpenterDuration } from '../../src/charts/karpenter-duration';
import { NodePool, NodePoolOptions } from '../../src/charts/node-pool';
import { NodeTaintEffect } from '../../src/charts/node-taint';
import { Tenant, TenantProps } from '../../src/charts/tenant';
import { checkServiceCidr } from '../../src/cluster/cluster-checks';
import { checkClusterName } from '../../src/cluster/cluster-name';
import { checkCidr } from '../../src/private/cidr';
import { checkLabelKey, checkLabelValue, checkNamespace, checkServiceAccount } from '../../src/private/kubernetes-names';
import { describeWithReference } from '../reference';

const RUNS = { numRuns: 500 };

/** What comes of an input: our error, or what it makes. Any other error is a third outcome, and fails. */
function outcome<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch (error) {
    expect((error as Error).message).toMatch(/^["a-z][^\n]*"[^\n]*: [^\n]*[^.\s]$/);
    return undefined;
  }
}

/** Text that is nearly right: of the characters that matter, some of others, of lengths around the limits. */
const nearly = (alphabet: string, longest: number) => fc.oneof(
  fc.string({ unit: fc.constantFrom(...alphabet), maxLength: 8 }),
  fc.string({ unit: fc.constantFrom(...alphabet), minLength: longest - 2, maxLength: longest + 2 }),
  fc.string({ maxLength: 8 }),
);
const name = nearly('abz09-.', 63);
const label = nearly('aZ9-_.', 63);
const labelKey = fc.oneof(label, fc.tuple(name, label).map(parts => parts.join('/')), fc.tuple(name, name, label).map(parts => parts.join('/')));

const pool = (options: NodePoolOptions) => {
  const into = chart();
  new NodePool(into, 'Pool', { nodeClassRef: { name: 'default' }, ...options });
  return into.toJson()[0].spec;
};
const tenant = (props: Partial<TenantProps>) => {
  const into = chart();
  new Tenant(into, 'Tenant', { name: 'shop', ...props });
  return into.toJson();
};

describeWithReference('what others say of the same texts', dir => {
  const schema = (...path: string[]) => parse(readFileSync(join(dir, 'crds', ...path), 'utf8')).spec.versions.find((v: any) => v.name !== 'v1alpha2').schema.openAPIV3Schema.properties;
  const karpenter = schema('karpenter-v1.14.1', 'karpenter.sh_nodepools.yaml').spec.properties;
  const budget = karpenter.disruption.properties.budgets.items.properties;
  const { metadata, spec } = karpenter.template.properties;
  const gateway = schema('gateway-api-v1.6.1-standard', 'gateway.networking.k8s.io_referencegrants.yaml').spec.properties;
  const accepts = ({ pattern, minLength = 0, maxLength = Infinity }: any, text: string) =>
    new RegExp(pattern).test(text) && text.length >= minLength && text.length <= maxLength;

  test('a namespace is refused by us exactly where the Gateway API refuses it', () => {
    fc.assert(fc.property(name, text => {
      expect(outcome(() => checkNamespace('namespace', text)) !== undefined).toBe(accepts(gateway.from.items.properties.namespace, text));
    }), RUNS);
  });

  test('the key of a label is refused by us, or Karpenter takes it', () => {
    fc.assert(fc.property(labelKey, key => {
      const made = outcome(() => pool({ taints: [{ key, effect: NodeTaintEffect.NO_SCHEDULE }] }));
      expect(made?.template.spec.taints.every((taint: any) => accepts(spec.properties.taints.items.properties.key, taint.key)) ?? true).toBe(true);
      expect(outcome(() => checkLabelKey('labels', key)) !== undefined).toBe(made !== undefined);
    }), RUNS);
  });

  test('the value of a label is refused by us exactly where Karpenter refuses it', () => {
    fc.assert(fc.property(label, value => {
      expect(outcome(() => checkLabelValue('labels', value)) !== undefined).toBe(accepts(metadata.properties.labels.additionalProperties, value));
    }), RUNS);
  });

  test('a quantity is refused by us, or Kubernetes can read it', () => {
    const quantity = fc.oneof(nearly('0123456789.+-eEmkMGi', 6), fc.tuple(fc.double({ noNaN: true }), fc.constantFrom('', 'm', 'Ki', 'Gi', 'k', 'E', 'Pi', 'X')).map(parts => parts.join('')));
    fc.assert(fc.property(quantity, cpu => {
      const made = outcome(() => pool({ limits: { cpu } }));
      expect(made === undefined || accepts(karpenter.limits.additionalProperties, `${made.limits.cpu}`)).toBe(true);
    }), RUNS);
  });

  test('a schedule is refused by us, or Karpenter takes it and its fields are in range', () => {
    const field = fc.oneof(fc.integer({ min: -1, max: 70 }).map(String), fc.constantFrom('*', '*/2', '1-5', '5-1', '1,2', 'mon', 'JAN', '?', '', '@daily', '1/0', 'x'));
    const schedule = fc.oneof(fc.array(field, { minLength: 4, maxLength: 6 }).map(fields => fields.join(' ')), fc.constantFrom('@daily', '@reboot', '@every 1h'), fc.string());
    fc.assert(fc.property(schedule, text => {
      const made = outcome(() => pool({ disruptionBudgets: [{ nodes: '0', schedule: text, duration: Duration.hours(1) }] }));
      if (made !== undefined) {
        expect(accepts(budget.schedule, text)).toBe(true);
        const [minutes, hours] = text.startsWith('@') ? [] : text.trim().split(/\s+/);
        expect([...minutes?.match(/\d+/g) ?? []].every(minute => Number(minute) < 60)).toBe(true);
        expect([...hours?.match(/\d+/g) ?? []].every(hour => Number(hour) < 24)).toBe(true);
      }
    }), RUNS);
  });

  test('a duration is refused by us, or Karpenter takes it as long as it was', () => {
    const upTo = (max: number) => fc.integer({ min: 0, max });
    const duration = fc.oneof(upTo(400_000).map(Duration.seconds), upTo(5000).map(Duration.millis), upTo(9000).map(Duration.minutes));
    const seconds = (text: string) => [...text.matchAll(/(\d+)(h|m|s)/g)].reduce((sum, [, count, unit]) => sum + Number(count) * { h: 3600, m: 60, s: 1 }[unit]!, 0);
    fc.assert(fc.property(duration, given => {
      const wait = outcome(() => pool({ consolidateAfter: KarpenterDuration.of(given) }))?.disruption.consolidateAfter;
      const budgets = [{ nodes: '0', schedule: '@daily', duration: given }];
      const window = outcome(() => pool({ disruptionBudgets: budgets }))?.disruption.budgets[0].duration;
      const { consolidateAfter } = karpenter.disruption.properties;
      expect(wait === undefined || (accepts(consolidateAfter, wait) && seconds(wait) === given.toSeconds())).toBe(true);
      expect(window === undefined || (accepts(budget.duration, window) && seconds(window) === given.toSeconds())).toBe(true);
    }), RUNS);
  });
});

const ipv4 = fc.tuple(fc.ipV4(), fc.integer({ min: 0, max: 34 })).map(parts => parts.join('/'));
const ipv6 = fc.tuple(fc.ipV6(), fc.integer({ min: 0, max: 130 })).map(parts => parts.join('/'));
const cidr = fc.oneof(ipv4, fc.ipV4(), ipv6, nearly('0123456789./:', 14),
  fc.constantFrom('0.0.0.0/0', '10.0.0.0/8', '::/0', '2001:db8::/32', '10.0.0.0/08', '10.0.0.0/1e1', '10.0.0/8'));

test('a block of addresses is refused by us, or CDK and Node.js take it', () => {
  fc.assert(fc.property(cidr, text => {
    if (outcome(() => checkCidr('cidr', text)) !== undefined) {
      const [address, length] = text.split('/');
      // CDK does not know all ways in which IPv6 addresses are written, Node.js does.
      expect(() => isIPv6(address) ? new BlockList().addSubnet(address, Number(length), 'ipv6') : ec2.Peer.ipv4(text)).not.toThrow();
      expect(JSON.stringify(tenant({ egressCidrs: [text] }))).toContain(`"cidr":"${text}"`);
    }
  }), RUNS);
});

test('a block for services is refused by us, or it is private, of a size that EKS takes, and apart from the VPC', () => {
  const vpc = network(new Stack(new App(), 'Stack')); // 10.0.0.0/16
  const block = fc.tuple(fc.constantFrom('10', '172', '192.168', '11'), fc.integer({ min: 0, max: 255 }), fc.integer({ min: 8, max: 28 }))
    .map(([first, second, length]) => `${[...`${first}.${second}`.split('.'), 0, 0, 0].slice(0, 4).join('.')}/${length}`);
  fc.assert(fc.property(fc.oneof(block, cidr), serviceIpv4Cidr => {
    if (outcome(() => [checkServiceCidr({ serviceIpv4Cidr } as any, vpc)]) !== undefined) {
      const [first, second, third] = serviceIpv4Cidr.split('.').map(Number);
      const length = Number(serviceIpv4Cidr.split('/')[1]);
      expect(first === 10 || (first === 172 && second >= 16 && second <= 31) || (first === 192 && second === 168)).toBe(true);
      expect(length >= 12 && length <= 24).toBe(true);
      expect(first === 10 && (second === 0 || Math.floor((second * 256 + third) / 2 ** (24 - length)) === 0)).toBe(false);
    }
  }), RUNS);
});

test('the name of a service account is refused by us, or it names a path of the API by itself', () => {
  fc.assert(fc.property(name, text => {
    const made = outcome(() => checkServiceAccount('serviceAccount', text));
    expect(made === undefined || (encodeURIComponent(made) === made.toLowerCase() && made.length > 0 && made.length <= 253)).toBe(true);
  }), RUNS);
});

test('the name of a cluster is refused by us, or EKS has a pattern for it that it fits, as has CDK', () => {
  // "pattern" of CreateCluster in the API of EKS
  const pattern = /^[0-9A-Za-z][A-Za-z0-9\-_]*$/;
  fc.assert(fc.property(nearly('aZ9-_', 100), text => {
    expect(outcome(() => checkClusterName(text)) !== undefined).toBe(pattern.test(text) && text.length <= 100);
  }), RUNS);
  fc.assert(fc.property(nearly('aZ9-_', 100), clusterName => {
    const made = outcome(() => platform(new Stack(new App(), 'Stack'), { clusterName }));
    expect(made === undefined || (made.node.defaultChild as any).name === clusterName).toBe(true);
  }), { numRuns: 20 });
});
