import { Check, Finding, Severity } from './check';
import { Platform } from './platform';
import { TOKEN } from './values';

/** What CDK calls the plugin, and what ids of its rules begin with. */
export const PLUGIN_NAME = 'EksSlipway';

/** Which checks run, and how much they weigh. */
export interface CheckSettings {
  readonly disable?: string[];
  readonly enable?: string[];
  readonly severities?: { readonly [id: string]: Severity };
}

/** Somebody's word that a finding is as it should be. */
export interface Acknowledgement {
  /** The construct that it was given at: it holds for that and all below it. */
  readonly path: string;
  /** `EksSlipway::` and the id of a check or of one finding. */
  readonly id: string;
  readonly reason: string;
}

/** A finding, and what becomes of it. */
export interface Result {
  readonly check: Check;
  readonly finding: Finding;
  readonly severity: Severity;
  /** The id of this finding alone. */
  readonly id: string;
  readonly acknowledged?: Acknowledgement;
}

/** Every check there is, loaded when it is needed: most apps that load the library have no use for them at that moment. */
export function allChecks(): Check[] {
  return (require('./all-checks') as typeof import('./all-checks')).ALL_CHECKS; // eslint-disable-line @typescript-eslint/no-require-imports
}

export function runChecks(platform: Platform, settings: CheckSettings, acknowledgements: Acknowledgement[]): Result[] {
  refuseUnknown(settings);
  const { disable = [], enable = [], severities = {} } = settings;
  return allChecks()
    .filter(({ id, optional }) => !disable.includes(id) && (!optional || enable.includes(id)))
    .flatMap(check => [...check.find(platform)].map(found => {
      // What only the deployment knows cannot be printed.
      const finding = { ...found, message: found.message.replaceAll(TOKEN, '?') };
      const id = findingId(check, finding);
      const ids = [check.id, id].map(own => `${PLUGIN_NAME}::${own}`);
      return {
        check,
        finding,
        id,
        severity: severities[check.id] ?? check.severity,
        acknowledged: acknowledgements.find(word => ids.includes(word.id) && isWithin(finding.resource.path, word.path)),
      };
    }));
}

/** Construct and object, so that one finding can be acknowledged and no other. */
function findingId(check: Check, { resource, object }: Finding): string {
  const where = [resource.path, ...object ? [object.replace(/"/g, '').replace(/ /g, '/')] : []].join('/');
  return `${check.id}[${where.replace(/::/g, '--')}]`;
}

function isWithin(path: string, ancestor: string): boolean {
  const above = ancestor.replace(/(\/(Resource|Default))+$/, '');
  return above === '' || path === above || path.startsWith(`${above}/`);
}

function refuseUnknown({ disable, enable, severities }: CheckSettings) {
  const ids = allChecks().map(({ id }) => id);
  for (const [prop, given] of Object.entries({ disable, enable, severities: Object.keys(severities ?? {}) })) {
    const unknown = given?.find(id => !ids.includes(id));
    if (unknown !== undefined) {
      throw new Error(`"${prop}" names "${unknown}", which is no check: give one of ${ids.join(', ')}`);
    }
  }
}
