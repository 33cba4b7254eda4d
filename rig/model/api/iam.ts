import { Thing, World } from '../world';
import { tagsOf } from './ec2';
import { Actions, ApiError } from './query';

const PROFILE = 'AWS::IAM::InstanceProfile';

/** As much of IAM as a sweep needs: instance profiles. */
export function iam(world: World): Actions {
  const get = (name: string) => {
    const profile = world.get(PROFILE, name);
    if (!profile) { throw new ApiError('NoSuchEntity', `instance profile ${name} cannot be found`); }
    return profile;
  };
  const described = (profile: Thing) => ({
    InstanceProfileName: profile.id,
    InstanceProfileId: profile.id,
    Path: profile.properties.Path ?? '/',
    Arn: `arn:aws:iam:::instance-profile/${profile.id}`,
    CreateDate: '2026-01-01T00:00:00Z',
    Roles: { member: (profile.properties.Roles ?? []).map((RoleName: string) => ({ RoleName })) },
  });
  return {
    ListInstanceProfiles: query => ({
      InstanceProfiles: { member: world.ofType(PROFILE).filter(({ properties }) => (properties.Path ?? '/').startsWith(query.get('PathPrefix'))).map(described) },
      IsTruncated: false,
    }),
    GetInstanceProfile: query => {
      const profile = get(query.get('InstanceProfileName'));
      return { InstanceProfile: { ...described(profile), Tags: { member: tagsOf(profile) } } };
    },
    RemoveRoleFromInstanceProfile: query => {
      const profile = get(query.get('InstanceProfileName'));
      profile.properties = { ...profile.properties, Roles: profile.properties.Roles.filter((role: string) => role !== query.get('RoleName')) };
      return {};
    },
    DeleteInstanceProfile: query => {
      const profile = get(query.get('InstanceProfileName'));
      if (profile.properties.Roles?.length > 0) { throw new ApiError('DeleteConflict', 'cannot delete entity, must remove roles from instance profile first'); }
      world.remove(profile);
      return {};
    },
  };
}
