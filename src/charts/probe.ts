import { Duration, Token } from 'aws-cdk-lib';
import { checkInteger, checkSeconds } from '../private/check-number';

/** How often a probe asks, and what it makes of the answers. */
export interface ProbeOptions {
  /**
   * The port it asks.
   *
   * @default - the port of the container
   */
  readonly port?: number;

  /**
   * The time from one question to the next.
   *
   * @default Duration.seconds(10)
   */
  readonly period?: Duration;

  /**
   * How long an answer may take; at most `period`.
   *
   * @default Duration.seconds(1)
   */
  readonly timeout?: Duration;

  /**
   * How many failures in a row count.
   *
   * @default 3
   */
  readonly failureThreshold?: number;

  /**
   * How many successes in a row count; 1 for liveness and startup.
   *
   * @default 1
   */
  readonly successThreshold?: number;

  /**
   * How long it waits before the first question.
   *
   * @default Duration.seconds(0)
   */
  readonly initialDelay?: Duration;
}

/**
 * A way to ask a container how it is.
 *
 * @see https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/
 */
export class Probe {
  /** No probe. */
  public static none(): Probe {
    return new Probe();
  }

  /**
   * A GET request that has to be answered with a status from 200 to 399.
   *
   * @param path with a leading slash
   */
  public static httpGet(path: string, options: ProbeOptions = {}): Probe {
    if (!Token.isUnresolved(path) && !path.startsWith('/')) {
      throw new Error(`"path" of a probe is "${path}": give a path that begins with "/"`);
    }
    return new Probe(port => ({ httpGet: { path, port } }), options);
  }

  /** A connection that has to be accepted. */
  public static tcpSocket(options: ProbeOptions = {}): Probe {
    return new Probe(port => ({ tcpSocket: { port } }), options);
  }

  /** A call of the gRPC health checking protocol. */
  public static grpc(options: ProbeOptions = {}): Probe {
    return new Probe(port => ({ grpc: { port } }), options);
  }

  /**
   * A command in the container that has to end with status 0.
   *
   * @param command the program and its arguments; no shell is involved
   */
  public static exec(command: string[], options: ProbeOptions = {}): Probe {
    if (command.length === 0) {
      throw new Error('"command" of a probe is empty: give the program and its arguments');
    }
    return new Probe(() => ({ exec: { command } }), options);
  }

  private constructor(private readonly action?: (port: number) => Record<string, unknown>, private readonly options: ProbeOptions = {}) {
    const { period, timeout, failureThreshold, successThreshold, initialDelay, port } = options;
    checkSeconds('timeout', timeout ?? Duration.seconds(1), 1);
    checkSeconds('period', period ?? Duration.seconds(10), (timeout ?? Duration.seconds(1)).toSeconds());
    checkSeconds('initialDelay', initialDelay ?? Duration.seconds(0), 0);
    checkInteger('failureThreshold', failureThreshold ?? 3, 1);
    checkInteger('successThreshold', successThreshold ?? 1, 1);
    checkInteger('port', port ?? 1, 1, 65535);
  }

  /**
   * As the API wants it.
   *
   * @internal
   */
  public _render(containerPort: number): Record<string, unknown> | undefined {
    const { port, period, timeout, failureThreshold, successThreshold, initialDelay } = this.options;
    return this.action && {
      ...this.action(port ?? containerPort),
      periodSeconds: period?.toSeconds() ?? 10,
      timeoutSeconds: timeout?.toSeconds() ?? 1,
      failureThreshold: failureThreshold ?? 3,
      successThreshold,
      initialDelaySeconds: initialDelay?.toSeconds(),
    };
  }
}
