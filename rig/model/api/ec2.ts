import { AwsModel } from '../aws-model';
import { INSTANCE, terminate } from '../instances';
import { RULES } from '../rules/rules';
import { Thing } from '../world';
import { Actions, ApiError, Query } from './query';

interface Collection {
  readonly type: string;
  /** The error of EC2 where there is none of an id. */
  readonly missing: string;
  readonly state: (thing: Thing) => string;
}

const INSTANCES: Collection = { type: INSTANCE, missing: 'InvalidInstanceID.NotFound', state: () => 'running' };
const INTERFACES: Collection = { type: 'AWS::EC2::NetworkInterface', missing: 'InvalidNetworkInterfaceID.NotFound', state: () => 'available' };
const GROUPS: Collection = { type: 'AWS::EC2::SecurityGroup', missing: 'InvalidGroup.NotFound', state: () => '' };
const TEMPLATES: Collection = { type: 'AWS::EC2::LaunchTemplate', missing: 'InvalidLaunchTemplateId.NotFound', state: () => '' };
const VOLUMES: Collection = { type: 'AWS::EC2::Volume', missing: 'InvalidVolume.NotFound', state: ({ properties }) => properties.State ?? 'available' };

/** As much of EC2 as a sweep needs. */
export function ec2(model: AwsModel): Actions {
  const { world } = model;
  const find = (query: Query, collection: Collection) => world.ofType(collection.type).filter(thing => query.filters().every(({ name, values }) => {
    if (name.startsWith('tag:')) { return tagsOf(thing).some(({ Key, Value }) => `tag:${Key}` === name && values.includes(Value)); }
    if (name === 'status' || name === 'instance-state-name') { return values.includes(collection.state(thing)); }
    return false;
  }));
  const set = (things: Thing[], item: (thing: Thing) => object) => ({ item: things.map(thing => ({ ...item(thing), tagSet: tagSet(thing) })) });
  const remove = (collection: Collection, id: string) => {
    const thing = world.get(collection.type, id);
    if (!thing) { throw new ApiError(collection.missing, `'${id}' does not exist`); }
    const problem = RULES[thing.type]?.refuseDelete?.(thing, model);
    if (problem) { throw new ApiError('DependencyViolation', problem); }
    world.remove(thing);
    return { return: 'true' };
  };
  return {
    DescribeInstances: query => ({
      reservationSet: { item: { instancesSet: set(find(query, INSTANCES), ({ id }) => ({ instanceId: id, instanceState: { name: 'running' } })) } },
    }),
    TerminateInstances: query => {
      for (const id of query.list('InstanceId')) {
        const instance = world.get(INSTANCE, id);
        if (!instance) { throw new ApiError(INSTANCES.missing, `'${id}' does not exist`); }
        void terminate(model, instance);
      }
      return { instancesSet: '' };
    },
    DescribeNetworkInterfaces: query => ({ networkInterfaceSet: set(find(query, INTERFACES), ({ id }) => ({ networkInterfaceId: id, status: 'available' })) }),
    DeleteNetworkInterface: query => remove(INTERFACES, query.get('NetworkInterfaceId')),
    DescribeSecurityGroups: query => ({ securityGroupInfo: set(find(query, GROUPS), ({ id }) => ({ groupId: id, ipPermissions: '', ipPermissionsEgress: '' })) }),
    DeleteSecurityGroup: query => remove(GROUPS, query.get('GroupId')),
    DescribeLaunchTemplates: query => ({ launchTemplates: set(find(query, TEMPLATES), ({ id }) => ({ launchTemplateId: id })) }),
    DeleteLaunchTemplate: query => remove(TEMPLATES, query.get('LaunchTemplateId')),
    DescribeVolumes: query => ({ volumeSet: set(find(query, VOLUMES), thing => ({ volumeId: thing.id, status: VOLUMES.state(thing) })) }),
    DeleteVolume: query => remove(VOLUMES, query.get('VolumeId')),
  };
}

export function tagsOf(thing: Thing): { Key: string; Value: string }[] {
  return Array.isArray(thing.properties.Tags) ? thing.properties.Tags : [];
}

function tagSet(thing: Thing): object | string {
  const tags = tagsOf(thing);
  return tags.length > 0 ? { item: tags.map(({ Key, Value }) => ({ key: Key, value: Value })) } : '';
}
