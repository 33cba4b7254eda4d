/** One request to make, change or remove a resource. */
export interface ResourceRequest {
  readonly stackName: string;
  readonly stackId: string;
  readonly logicalId: string;
  readonly type: string;
  readonly properties: Properties;
}

export interface ExistingResourceRequest extends ResourceRequest {
  readonly physicalId: string;
}

export interface UpdateRequest extends ExistingResourceRequest {
  readonly oldProperties: Properties;
}

export type Properties = { [name: string]: any };

export interface ResourceResult {
  readonly physicalId: string;
  /** What `Fn::GetAtt` answers. */
  readonly attributes: { [name: string]: unknown };
  /** Called when the whole update has succeeded. */
  readonly commit?: () => Promise<void>;
  /** Called when the update is rolled back, in the place of an update to the old properties. */
  readonly revert?: () => Promise<void>;
}

/** Who deals with resources: CloudFormation itself only keeps the order and the books. */
export interface ResourceProvider {
  create(request: ResourceRequest): Promise<ResourceResult>;
  update(request: UpdateRequest): Promise<ResourceResult>;
  delete(request: ExistingResourceRequest): Promise<void>;
}

/** A create that failed and left something behind, which a rollback has to delete. */
export class CreateFailure extends Error {
  constructor(message: string, readonly physicalId: string) {
    super(message);
  }
}
