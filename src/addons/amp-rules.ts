import { Duration } from 'aws-cdk-lib';

/**
 * A recording rule or an alerting rule.
 */
export interface AmpRule {
  /**
   * Name of the alert. Exactly one of `alert` and `record`.
   *
   * @default - a recording rule
   */
  readonly alert?: string;

  /**
   * Name of the metric that is recorded. Exactly one of `alert` and `record`.
   *
   * @default - an alerting rule
   */
  readonly record?: string;

  /**
   * The PromQL expression: what is recorded, or what an alert is raised for as long as it gives anything.
   */
  readonly expr: string;

  /**
   * How long the expression must hold before the alert is raised (`for`). Only with `alert`.
   *
   * @default - at once
   */
  readonly forDuration?: Duration;

  /**
   * Labels of the alert or the metric.
   *
   * @default - those of the expression
   */
  readonly labels?: { [key: string]: string };

  /**
   * What the alert's notification says. Only with `alert`.
   *
   * @default - none
   */
  readonly annotations?: { [key: string]: string };
}

/**
 * Rules that are evaluated together, in their order.
 */
export interface AmpRuleGroup {
  /**
   * Name of the group.
   */
  readonly name: string;

  /**
   * How often its rules are evaluated.
   *
   * @default Duration.minutes(1)
   */
  readonly interval?: Duration;

  /**
   * The rules; at least one.
   */
  readonly rules: AmpRule[];
}
