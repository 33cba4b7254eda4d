import type { IAMClient } from '@aws-sdk/client-iam';
import { isKarpenters, isOwned } from './cluster-tags';
import { Step } from './hand-over';
import { Leftover, sweepStep } from './leftover';
import { loadSdk } from './sdk';

interface Profile extends Leftover {
  readonly roles: string[];
}

/** Instance profiles that Karpenter makes for its node classes, under a path of their own. */
export function instanceProfiles(client: IAMClient, cluster: string, region: string): Step<Profile> {
  const sdk = loadSdk('@aws-sdk/client-iam') as typeof import('@aws-sdk/client-iam');
  return sweepStep('instance profiles', async () => {
    const found: Profile[] = [];
    let Marker: string | undefined;
    do {
      const page = await client.send(new sdk.ListInstanceProfilesCommand({ PathPrefix: `/karpenter/${region}/${cluster}/`, Marker }));
      for (const { InstanceProfileName: id, Roles } of page.InstanceProfiles ?? []) {
        // The list leaves the tags out.
        const { Tags } = (await client.send(new sdk.GetInstanceProfileCommand({ InstanceProfileName: id }))).InstanceProfile!;
        if (isOwned(cluster, Tags) && isKarpenters(Tags)) {
          found.push({ id: id!, roles: (Roles ?? []).map(({ RoleName }) => RoleName!) });
        }
      }
      Marker = page.Marker;
    } while (Marker);
    return found;
  }, async ({ id, roles }) => {
    for (const RoleName of roles) {
      await client.send(new sdk.RemoveRoleFromInstanceProfileCommand({ InstanceProfileName: id, RoleName }));
    }
    await client.send(new sdk.DeleteInstanceProfileCommand({ InstanceProfileName: id }));
  });
}
