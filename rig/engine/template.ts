/** A CloudFormation template, as JSON. */
export interface Template {
  readonly Parameters?: { [name: string]: Parameter };
  readonly Mappings?: { [name: string]: { [key: string]: { [key: string]: unknown } } };
  readonly Conditions?: { [name: string]: unknown };
  readonly Resources: { [logicalId: string]: TemplateResource };
  readonly Outputs?: { [name: string]: Output };
  readonly Transform?: unknown;
}

export interface Parameter {
  readonly Type: string;
  readonly Default?: unknown;
  readonly AllowedValues?: unknown[];
}

export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: { [name: string]: any };
  readonly DependsOn?: string | string[];
  readonly Condition?: string;
  readonly DeletionPolicy?: 'Delete' | 'Retain' | 'RetainExceptOnCreate' | 'Snapshot';
  readonly UpdateReplacePolicy?: 'Delete' | 'Retain' | 'Snapshot';
}

export interface Output {
  readonly Value: unknown;
  readonly Condition?: string;
  readonly Export?: { readonly Name: unknown };
}

/** Whether a function outside of CloudFormation deals with resources of this type. */
export function isCustom(type: string): boolean {
  return type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource';
}
