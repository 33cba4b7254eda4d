import { Token } from 'aws-cdk-lib';
import { checkText } from '../private/check-text';
import { sortKeys } from '../private/sort-keys';

/** How a secret or parameter is mounted. */
export interface MountedSecretOptions {
  /**
   * The name of the file.
   *
   * @default - the name or ARN of the secret or parameter, with `_` for every `/`
   */
  readonly fileName?: string;

  /**
   * Fields of a secret that is a JSON object, each as a file of its own besides the whole: a JMESPath expression by the file's name.
   *
   * @default - none
   * @see https://jmespath.org/
   */
  readonly fields?: { [fileName: string]: string };

  /**
   * Permissions of the file, in octal.
   *
   * @default '0644'
   */
  readonly filePermission?: string;

  /**
   * The stage of a secret, or the label of a parameter.
   *
   * @default - the current one
   */
  readonly versionLabel?: string;
}

/**
 * A secret of Secrets Manager, or a parameter of Parameter Store, as a file in pods.
 *
 * @see https://github.com/aws/secrets-store-csi-driver-provider-aws#secretproviderclass-options
 */
export class MountedSecret {
  /**
   * A secret of Secrets Manager.
   *
   * @param secret its name or ARN
   */
  public static fromSecretsManager(secret: string, options?: MountedSecretOptions): MountedSecret {
    return new MountedSecret('secretsmanager', secret, options);
  }

  /**
   * A parameter of Systems Manager.
   *
   * @param parameter its name
   */
  public static fromParameterStore(parameter: string, options?: MountedSecretOptions): MountedSecret {
    return new MountedSecret('ssmparameter', parameter, options);
  }

  private constructor(private readonly type: string, private readonly name: string, private readonly options: MountedSecretOptions = {}) {
    const { fileName, filePermission, fields = {} } = options;
    for (const file of [...fileName === undefined ? [] : [fileName], ...Object.keys(fields)]) {
      if (!Token.isUnresolved(file) && (file === '' || file.includes('/'))) {
        throw new Error(`"${file === fileName ? 'fileName' : 'fields'}" has the file "${file}": give a name without "/"`);
      }
    }
    checkText('filePermission', filePermission, /^[0-7]{4}$/, 'four octal digits, such as "0400"');
  }

  /** Names of the files, as a synced Secret refers to them. @internal */
  public _fileNames(): string[] {
    return [this.options.fileName ?? this.name.replace(/\//g, '_'), ...Object.keys(this.options.fields ?? {}).sort()];
  }

  /** As the provider reads it. @internal */
  public _toObject(): Record<string, any> {
    const { fileName, filePermission, versionLabel, fields } = this.options;
    return {
      objectName: this.name,
      objectType: this.type,
      objectAlias: fileName,
      filePermission,
      objectVersionLabel: versionLabel,
      jmesPath: fields && Object.entries(sortKeys(fields)).map(([objectAlias, path]) => ({ path, objectAlias })),
    };
  }
}
