import { AwsModel } from './aws-model';
import { Thing } from './world';
import { Properties } from '../engine/provider';

/** What is special about one resource type. All else is generic: a resource is there at once, with its id and attributes. */
export interface Rule {
  /** Why a create or an update is refused before it has any effect. */
  refuse?(properties: Properties, model: AwsModel, before?: Thing): string | undefined;
  /** What happens when it is there; an error leaves it there, failed. */
  created?(thing: Thing, model: AwsModel): Promise<void>;
  updated?(thing: Thing, before: Properties, model: AwsModel): Promise<void>;
  refuseDelete?(thing: Thing, model: AwsModel): string | undefined;
  deleted?(thing: Thing, model: AwsModel): Promise<void>;
}
