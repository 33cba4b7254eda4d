import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { clusterScoped } from './cluster-scoped';

/** Properties of a `FargateLogConfiguration`. */
export interface FargateLogConfigurationProps {
  /**
   * Where logs go: `[OUTPUT]` sections. EKS knows the outputs es, firehose, kinesis_firehose, kinesis, cloudwatch and cloudwatch_logs.
   */
  readonly outputs: string;

  /**
   * What happens to logs on the way: `[FILTER]` sections. EKS knows the filters grep, parser, record_modifier, rewrite_tag, throttle, nest, modify
   * and kubernetes.
   *
   * @default - none
   */
  readonly filters?: string;

  /**
   * How logs are read: `[PARSER]` sections.
   *
   * @default - none
   */
  readonly parsers?: string;

  /**
   * Whether Fluent Bit's own logs go to CloudWatch Logs too, which helps to find out why others do not.
   *
   * @default false
   */
  readonly fluentBitLogs?: boolean;
}

const MOST_CHARACTERS = 5_300;
const OUTPUTS = ['es', 'firehose', 'kinesis_firehose', 'kinesis', 'cloudwatch', 'cloudwatch_logs'];
const FILTERS = ['grep', 'parser', 'record_modifier', 'rewrite_tag', 'throttle', 'nest', 'modify', 'kubernetes'];

/**
 * Logging of pods on Fargate: the namespace and the ConfigMap from which EKS configures the Fluent Bit that it runs beside them. Pods take it
 * when they start. A cluster has one.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/fargate-logging.html
 */
export class FargateLogConfiguration extends Construct {
  constructor(scope: Construct, id: string, props: FargateLogConfigurationProps) {
    super(scope, id);
    checkSections('outputs', props.outputs, 'OUTPUT', OUTPUTS);
    checkSections('filters', props.filters, 'FILTER', FILTERS);
    checkSections('parsers', props.parsers, 'PARSER');
    const data = {
      'flb_log_cw': `${props.fluentBitLogs ?? false}`,
      'output.conf': props.outputs,
      'filters.conf': props.filters,
      'parsers.conf': props.parsers,
    };
    const size = Object.values(data).reduce((sum, text) => sum + (text?.length ?? 0), 0);
    if (size > MOST_CHARACTERS) {
      throw new Error(`"outputs", "filters" and "parsers" have ${size} characters together: give at most ${MOST_CHARACTERS}, EKS takes no more`);
    }

    clusterScoped(new ApiObject(this, 'Namespace', {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'aws-observability', labels: { 'aws-observability': 'enabled' } },
    }));
    new ApiObject(this, 'Config', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'aws-logging', namespace: 'aws-observability' },
      data,
    });
  }
}

/** EKS refuses a configuration as a whole, in an event of the pod, and the pod runs without logs: say it before. */
function checkSections(prop: string, text: string | undefined, section: string, plugins?: string[]) {
  if (text === undefined) {
    return;
  }
  const lines = text.split('\n').map(line => line.trim()).filter(line => line !== '' && !line.startsWith('#'));
  if (lines[0] !== `[${section}]`) {
    throw new Error(`"${prop}" begins with "${lines[0] ?? ''}": give sections that begin with [${section}]`);
  }
  let keys: string[] = [];
  const complete = () => {
    const missing = ['name', section === 'PARSER' ? 'format' : 'match'].find(key => !keys.includes(key));
    if (missing) {
      throw new Error(`a [${section}] in "${prop}" has no "${missing[0].toUpperCase()}${missing.slice(1)}": give one, EKS takes no section without`);
    }
  };
  lines.forEach((line, index) => {
    const [key, ...rest] = line.split(/\s+/);
    if (line.startsWith('[')) {
      if (line !== `[${section}]`) {
        throw new Error(`"${prop}" has the section ${line}: leave it out, only [${section}] stands there`);
      }
      if (index > 0) {
        complete();
      }
      keys = [];
      return;
    }
    if (/\$\{(?!Token\[)[^}]*\}/.test(line)) {
      throw new Error(`"${prop}" has a variable in "${line}": EKS knows none, write the value`);
    }
    if (/^kube_(url|ca_file|ca_path|token_file|token_command)$/i.test(key)) {
      throw new Error(`"${prop}" has "${key}", which EKS sets itself: leave it out`);
    }
    if (key.toLowerCase() === 'name' && plugins && !plugins.includes(rest.join(' '))) {
      throw new Error(`"${prop}" names "${rest.join(' ')}": give one of those that EKS knows, ${plugins.join(', ')}`);
    }
    keys.push(key.toLowerCase());
  });
  complete();
}
