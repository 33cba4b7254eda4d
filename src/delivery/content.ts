import { writeFileSync } from 'fs';
import { join } from 'path';
import { AspectPriority, Aspects, FileSystem, Fn, IAspect, IResolvable, Lazy, Token, Tokenization } from 'aws-cdk-lib';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { Construct, IConstruct } from 'constructs';
import { Delivery } from './delivery';
import { isPlainObject, sortKeys } from '../private/sort-keys';

/** Text with its deploy-time values taken out: parts[0] + values[0] + parts[1] + ... */
export interface SplitText {
  readonly parts: string[];
  readonly values: string[];
}

// Private-use characters: they stand in no manifest, and JSON.stringify leaves them alone.
const UNQUOTED = '\uE000';
const SPLIT = '\uE001';

/**
 * JSON of an object, split at its tokens. The values stay tokens, so that CDK sees the references in them, and the delivery
 * function puts them back in: escaped inside a JSON string, as they are outside one.
 */
export function splitJson(value: unknown): SplitText {
  const json = JSON.stringify(markTokens(sortKeys(value))) ?? 'null';
  return splitText(json.replaceAll(`"${UNQUOTED}`, '').replaceAll(`${UNQUOTED}"`, ''));
}

function splitText(text: string): SplitText {
  const fragments = Tokenization.reverseString(text);
  if (fragments.length === 0) {
    return { parts: [''], values: [] };
  }
  const joined: string = fragments.mapTokens({ mapToken: () => SPLIT as any }).join({ join: (left = '', right = '') => `${left}${right}` });
  return { parts: joined.split(SPLIT), values: fragments.tokens.map(token => Token.asString(token)) };
}

/** Encoded numbers and lists become text that splits like encoded strings do, but outside of quotes. */
function markTokens(value: any): unknown {
  if (typeof value === 'number' && Token.isUnresolved(value)) {
    return unquoted(Tokenization.reverseNumber(value)!);
  }
  if (Array.isArray(value)) {
    return Token.isUnresolved(value) ? unquotedList(value) : value.map(markTokens);
  }
  if (Tokenization.isResolvable(value)) {
    return Token.asString(value);
  }
  if (isPlainObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, markTokens(item)]));
  }
  return value;
}

function unquoted(token: IResolvable): string {
  return `${UNQUOTED}${token.toString()}${UNQUOTED}`;
}

function unquotedList(list: string[]): string {
  const text = Fn.join('', ['["', Fn.join('","', list), '"]']);
  return `${UNQUOTED}${text}${UNQUOTED}`;
}

/** Above this many characters content goes to a file: an Update event holds it twice, and a template has 1 MB for everything. */
const INLINE_LIMIT = 48 * 1024;

/** What is delivered, how, and what waits for the permission to read it. */
export interface ContentProps {
  readonly delivery: Delivery;
  /** The object to deliver; it is asked at synth, so that what is added later is not lost. */
  readonly produce: () => unknown;
}

/**
 * JSON on its way to the delivery function: in the template or, when it is long, as a file asset of the stack.
 */
export class Content extends Construct implements IAspect {
  /** The `Content` property of the custom resource. */
  public readonly rendered: IResolvable;

  private split?: SplitText;
  private asset?: Asset;

  constructor(scope: Construct, id: string, private readonly props: ContentProps) {
    super(scope, id);
    this.rendered = Lazy.any({ produce: () => this.render() });
    // Last of all aspects: whether there is an asset must be known before references are resolved.
    Aspects.of(this).add(this, { priority: AspectPriority.READONLY });
  }

  public visit(node: IConstruct): void {
    if (node !== this || this.split) {
      return;
    }
    this.split = splitJson(this.props.produce());
    const file = JSON.stringify(this.split.parts);
    if (file.length > INLINE_LIMIT) {
      const path = join(FileSystem.mkdtemp('eks-slipway-'), 'content.json');
      writeFileSync(path, file);
      this.asset = new Asset(this, 'File', { path });
      this.asset.grantRead(this.props.delivery);
      this.node.scope!.node.addDependency(this.props.delivery.role!);
    }
  }

  private render() {
    const { parts, values } = this.split ?? splitJson(this.props.produce());
    const where = this.asset ? { Bucket: this.asset.s3BucketName, Key: this.asset.s3ObjectKey } : { Parts: parts };
    return { ...where, Values: values.length > 0 ? values : undefined };
  }
}
