import { Platform } from './platform';
import { Resource } from './resource';

/** How bad it is. */
export type Severity =
  /** It cannot work, or is surely unsafe. */
  | 'error'
  /** A platform team would want to know. */
  | 'warning';

/** What a check found. */
export interface Finding {
  /** The resource of the template: itself, or what delivers the object. */
  readonly resource: Resource;
  /** The object or release in it, such as `Deployment "shop/web"`. */
  readonly object?: string;
  /** Where in the resource or object. */
  readonly location?: string;
  /** What is wrong, with the value. It begins in lower case and has no full stop. */
  readonly message: string;
}

/** One rule. */
export interface Check {
  /** The name of its file. */
  readonly id: string;
  /** What holds where nothing is found, in a sentence. */
  readonly title: string;
  readonly severity: Severity;
  /** What to do. */
  readonly fix: string;
  /** Why a finding deserves to be read. */
  readonly reason: string;
  /** Where it is explained. */
  readonly link: string;
  /** Off unless asked for: right for some platforms only. */
  readonly optional?: boolean;
  readonly find: (platform: Platform) => Iterable<Finding>;
}
