import { Duration } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { addonConfiguration, newStack, referenceYaml, unknownKeys } from './fixtures';
import { SecretsStoreCsiDriver, SecretsStoreCsiDriverOptions } from '../../src/addons/secrets-store-csi-driver';
import { newCluster } from '../clusters';
import { describeWithReference } from '../reference';

const configuration = (options: SecretsStoreCsiDriverOptions = {}) => {
  const stack = newStack();
  new SecretsStoreCsiDriver(stack, 'Secrets', { cluster: newCluster(stack), ...options });
  return addonConfiguration(Template.fromStack(stack), 'aws-secrets-store-csi-driver-provider');
};

test('it neither writes Secrets nor rotates unless asked', () => {
  expect(configuration()).toEqual({
    'awsRegion': '${AWS::Region}',
    'secrets-store-csi-driver': { syncSecret: { enabled: false }, enableSecretRotation: false },
  });
});

test('it syncs and rotates when asked, next to what the user configures', () => {
  expect(configuration({ syncSecrets: true, rotationInterval: Duration.minutes(90), configurationValues: { 'secrets-store-csi-driver': { logVerbosity: 5 } } })).toEqual({
    'awsRegion': '${AWS::Region}',
    'secrets-store-csi-driver': { syncSecret: { enabled: true }, enableSecretRotation: true, rotationPollInterval: '1h30m', logVerbosity: 5 },
  });
});

describeWithReference('compared with the project', dir => {
  test('every value exists in the chart of the provider or in that of the driver', () => {
    const { 'secrets-store-csi-driver': driver, ...provider } = configuration({ rotationInterval: Duration.minutes(5) });
    expect(unknownKeys(provider, referenceYaml(dir, 'values/secrets-store-csi-driver-provider-aws-3.1.1.values.yaml'))).toEqual([]);
    expect(unknownKeys(driver, referenceYaml(dir, 'values/secrets-store-csi-driver-1.6.0.values.yaml'))).toEqual([]);
  });
});
