import { readFileSync } from 'fs';
import { join } from 'path';
import { instanceTypeFacts, maxPods } from '../../src/catalogue/instance-types';
import { describeWithReference } from '../reference';

test('architecture, system, interfaces and pods of a type are known', () => {
  expect(instanceTypeFacts('m7g.large')).toEqual({ architecture: 'arm64', isNitro: true, vcpus: 2, memory: 8, interfaces: 3, addressesPerInterface: 10 });
  expect(instanceTypeFacts('m4.large')).toMatchObject({ architecture: 'amd64', isNitro: false });
  expect(maxPods(instanceTypeFacts('m5.large')!)).toBe(29);
});

test('a type that is not in the table is not known', () => {
  expect(instanceTypeFacts('m99.large')).toBeUndefined();
  expect(instanceTypeFacts('m5.huge')).toBeUndefined();
  expect(instanceTypeFacts('m5')).toBeUndefined();
  expect(instanceTypeFacts('.*.large')).toBeUndefined();
});

describeWithReference('the published table', dir => {
  test('says the same of every type', () => {
    const [head, ...rows] = readFileSync(join(dir, 'ec2', 'instance-types.csv'), 'utf8').trim().split(/\r?\n/).map(line => line.split(','));
    const types = rows.map(row => Object.fromEntries(head.map((name, i) => [name, row[i]]))).filter(({ instance_type: type }) => !/^(mac|bmn)/.test(type));
    expect(types.length).toBeGreaterThan(1000);
    for (const row of types) {
      const facts = instanceTypeFacts(row.instance_type)!;
      expect([row.instance_type, facts.architecture]).toEqual([row.instance_type, row.arch || facts.architecture]);
      expect([row.instance_type, facts.isNitro]).toEqual([row.instance_type, row.hypervisor === 'unknown' ? facts.isNitro : row.hypervisor === 'nitro']);
      expect([row.instance_type, facts.vcpus, maxPods(facts)])
        .toEqual([row.instance_type, row.vcpu ? Number(row.vcpu) : undefined, Number(row.max_pods_secondary_ip)]);
    }
  });
});
