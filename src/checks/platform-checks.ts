import { IPolicyValidationContext, IPolicyValidationPlugin, PolicyValidationPluginReport, Stage, Validations } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { Platform } from './platform';
import { readTemplates } from './resource';
import { Acknowledgement, allChecks, CheckSettings, PLUGIN_NAME, Result, runChecks } from './run-checks';
import { libraryVersion } from '../private/library-version';

/**
 * What a finding does.
 */
export enum CheckSeverity {
  /** Synthesis fails. */
  ERROR = 'error',

  /** It is printed. */
  WARNING = 'warning',
}

/**
 * Which checks run, and what their findings do. CHECKS.md lists them all.
 */
export interface PlatformChecksProps {
  /**
   * Ids of checks that do not run.
   *
   * @default - none
   */
  readonly disable?: string[];

  /**
   * Ids of checks that run although they are off by default.
   *
   * @default - none
   */
  readonly enable?: string[];

  /**
   * What the findings of a check do, by its id.
   *
   * @default - what CHECKS.md says of each
   */
  readonly severities?: { [id: string]: CheckSeverity };
}

/**
 * Looks at synthesized templates together with every Kubernetes object and Helm release in them, for mistakes that otherwise show up in the
 * cluster. It works on any app with EKS in it, of this library, aws-eks-v2 or aws-eks.
 *
 * A finding is acknowledged, with a reason, for a construct and all below it.
 *
 * @see https://docs.aws.amazon.com/cdk/v2/guide/policy-validation-synthesis.html
 *
 * @example
 * Validations.of(app).addPlugins(new checks.PlatformChecks());
 * Validations.of(stack).acknowledge({ id: 'EksSlipway::public-endpoint-open', reason: 'a playground without data' });
 */
export class PlatformChecks implements IPolicyValidationPlugin {
  /**
   * Adds the checks, as they are by default, to the stage of a construct, unless it has some.
   *
   * @internal
   */
  public static _addUnlessThere(scope: IConstruct) {
    // Asked when all constructs are there: checks of the user's own may come later than ours.
    scope.node.addValidation({
      validate: () => {
        const plugins: IPolicyValidationPlugin[] = (Stage.of(scope) as any)?._validationPlugins ?? [];
        if (!plugins.some(plugin => plugin.name === PLUGIN_NAME)) {
          Validations.of(scope).addPlugins(new PlatformChecks());
        }
        return [];
      },
    });
  }

  /** What ids of acknowledgements begin with, before `::`. */
  public readonly name = PLUGIN_NAME;

  /** The version of this library. */
  public readonly version?: string = libraryVersion();

  /** Ids of the checks. */
  public readonly ruleIds?: string[] = allChecks().map(({ id }) => id);

  constructor(private readonly props: PlatformChecksProps = {}) {
    runChecks(new Platform([]), this.settings, []); // refuses ids that there are none of, here and now
  }

  /**
   * Called by CDK when the templates are written.
   *
   * @param context where they are
   */
  public validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    const templates = readTemplates(context.stackTemplates.map(({ stackConstructPath: path, templatePath }) => ({ path, templatePath })));
    const results = runChecks(new Platform(templates), this.settings, acknowledgements(context.appConstruct));
    return {
      success: !results.some(({ severity, acknowledged }) => severity === 'error' && !acknowledged),
      violations: results.map(result => violation(result)),
    };
  }

  private get settings(): CheckSettings {
    return this.props as CheckSettings;
  }
}

function violation({ check, finding: { resource, object, location, message }, severity, id, acknowledged }: Result) {
  return {
    // CDK takes an acknowledgement of a rule for the whole app: it sees the bare id only where the acknowledgement holds.
    ruleName: acknowledged ? acknowledged.id.replace(`${PLUGIN_NAME}::`, '') : id,
    description: [object, message].filter(Boolean).join(': '),
    fix: `${check.fix} (${check.link})`,
    severity,
    violatingResources: [{
      resourceLogicalId: resource.logicalId,
      templatePath: resource.template.templatePath,
      locations: [location || 'Properties'],
    }],
  };
}

function acknowledgements(root: IConstruct): Acknowledgement[] {
  return root.node.findAll().flatMap(({ node }) => node.metadata
    .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
    .flatMap(({ data }) => Object.entries<string>(data).map(([id, reason]) => ({ path: node.path, id, reason }))));
}
