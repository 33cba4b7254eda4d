import { readFileSync } from 'fs';
import { join } from 'path';
import { Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { instanceFacts } from '../../src/nodes/instance-facts';
import { NodeAmi } from '../../src/nodes/node-ami';
import { describeWithReference } from '../reference';

test('a type that is known only at deploy time tells nothing', () => {
  expect(instanceFacts(new ec2.InstanceType(Token.asString({ Ref: 'Type' })))).toBeUndefined();
});

describeWithReference('EC2\'s own table', dir => {
  const rows = readFileSync(join(dir, 'ec2', 'instance-types.csv'), 'utf8').trim().split('\n').slice(1).map(line => line.split(','));

  test('has the architecture that the name of every type tells', () => {
    const wrong = rows.filter(([, arch]) => arch !== '').filter(([name, arch]) =>
      instanceFacts(new ec2.InstanceType(name))?.architecture !== (arch === 'arm64' ? 'arm64' : 'x86_64'));
    expect(rows.length).toBeGreaterThan(1000);
    expect(wrong.map(([name]) => name)).toEqual([]);
  });

  test('has NVIDIA\'s and AWS\'s accelerators where the name tells so', () => {
    const wrong = rows.filter(([name, , , , gpu, , accelerator]) => {
      const nvidia = gpu !== '' && gpu !== 'radeon-pro-v520';
      const neuron = /inferentia|trainium/.test(accelerator);
      const told = instanceFacts(new ec2.InstanceType(name))?.accelerator;
      return (nvidia && told !== 'nvidia') || (neuron && told !== 'neuron');
    });
    expect(wrong.map(([name]) => name)).toEqual([]);
  });
});

describeWithReference('the EKS API\'s list of image types', dir => {
  test('is the list of images, those of Amazon Linux 2 aside', () => {
    const known: string[] = JSON.parse(readFileSync(join(dir, 'aws', 'eks-api-enums.json'), 'utf8')).AMITypes;
    const ours = Object.values(NodeAmi).filter((value): value is NodeAmi => value instanceof NodeAmi).map(ami => ami.amiType);
    expect(ours.sort()).toEqual(known.filter(type => type !== 'CUSTOM' && !type.startsWith('AL2_')).sort());
  });
});
