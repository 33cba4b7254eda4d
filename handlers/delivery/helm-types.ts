import { clusterAddress } from './cluster';
import { secretsIn } from './conceal';
import { parseJson, textOf } from './content';
import { HelmReleaseProperties } from './events';
import { Helm } from './helm';
import { HelmDelivery, Release } from './helm-release';
import { isTrue, Outcome, Request, seconds } from './request';
import { withSecrets } from './secret-values';
import { bearerToken } from './token';

/** `Custom::EKSSlipway-HelmRelease` */
export async function helmRelease(request: Request): Promise<Outcome> {
  const properties = request.event.ResourceProperties as unknown as HelmReleaseProperties;
  return dealWith(request, {
    name: properties.Release,
    namespace: properties.Namespace,
    createNamespace: isTrue(properties.CreateNamespace, true),
    source: {
      asset: properties.ChartAsset && { bucket: properties.ChartAsset.Bucket, key: properties.ChartAsset.Key },
      chart: properties.Chart,
      repository: properties.Repository,
      version: properties.Version,
    },
    skipCrds: isTrue(properties.SkipCrds, false),
    wait: isTrue(properties.Wait, true),
    adopt: properties.Conflict === 'Adopt',
    maxHistory: Number(properties.MaxHistory ?? 10),
    atomic: false,
    identities: properties.Identities,
  }, properties.Timeout, async () => properties.Content && textOf(properties.Content), properties.Removal === 'Retain');
}

/** `Custom::AWSCDK-EKS-HelmChart`, what `cluster.addHelmChart` emits. As with CDK's handler, a release that exists is upgraded. */
export async function cdkHelmChart(request: Request): Promise<Outcome> {
  const properties = request.event.ResourceProperties as Record<string, string | undefined>;
  const asset = properties.ChartAssetURL && /^s3:\/\/([^/]+)\/(.+)$/.exec(properties.ChartAssetURL);
  if (properties.ChartAssetURL && !asset) {
    throw new Error(`"ChartAssetURL" is "${properties.ChartAssetURL}": it must be an s3:// address`);
  }
  // For an OCI registry CDK's users give the whole reference as the repository.
  const oci = properties.Repository?.startsWith('oci://');
  return dealWith(request, {
    name: properties.Release!,
    namespace: properties.Namespace ?? 'default',
    createNamespace: isTrue(properties.CreateNamespace, false),
    source: {
      asset: asset ? { bucket: asset[1], key: asset[2] } : undefined,
      chart: oci ? properties.Repository : properties.Chart,
      repository: oci ? undefined : properties.Repository,
      version: properties.Version,
    },
    skipCrds: isTrue(properties.SkipCrds, false),
    wait: isTrue(properties.Wait, false),
    adopt: true,
    maxHistory: 10,
    atomic: isTrue(properties.Atomic, false),
  }, properties.Timeout, async () => properties.Values, false);
}

type Given = Omit<Release, 'timeout' | 'values' | 'secrets'>;

async function dealWith(
  request: Request, release: Given, timeout: string | undefined, values: () => Promise<string | undefined>, retain: boolean,
): Promise<Outcome> {
  const { event, owner } = request;
  const delivery = await HelmDelivery.open(request, async () => {
    const address = await clusterAddress(owner.cluster);
    return Helm.open(address!, () => bearerToken(owner.cluster));
  });
  if (event.RequestType === 'Delete') {
    return delivery.withdraw(release, retain);
  }
  if (!release.source.asset === !release.source.chart) {
    throw new Error('exactly one of "Chart" and "ChartAsset" must be given');
  }
  const text = await values();
  if (text) {
    parseJson(text, 'the values of the release');
  }
  const references = (event.ResourceProperties as unknown as HelmReleaseProperties).SecretValues;
  const whole = references ? await withSecrets(text, references) : undefined;
  return delivery.deliver({
    ...release,
    timeout: seconds(timeout, 600),
    values: whole?.values ?? text,
    secrets: [...secretsIn(text), ...whole?.secrets ?? []],
  });
}
