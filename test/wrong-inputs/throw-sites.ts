import { readdirSync, readFileSync, statSync } from 'fs';
import { join, relative, resolve } from 'path';
import { Node } from 'constructs';
import * as ts from 'typescript';

const SRC = resolve(__dirname, '..', '..', 'src');
const CHECK_TEXT = join(SRC, 'private', 'check-text.ts');
const ELSEWHERE = /^(checks|cli)\/|^private\/check-text/;

/** A place in src/ that complains: a `throw`, a check of a text by a rule of its own, or a validation that constructs run when the tree is complete. */
export interface Site {
  /** File and what it says there, the same when lines move. */
  readonly name: string;
  readonly file: string;
  readonly from: number;
  readonly to: number;
}

function files(dir: string): string[] {
  return readdirSync(dir).map(name => join(dir, name)).flatMap(path => statSync(path).isDirectory() ? files(path) : path.endsWith('.ts') ? [path] : []);
}

/** Every place that complains, but for the checks, which have examples of their own, and the command line. */
export function sites(): Site[] {
  return files(SRC).filter(path => !ELSEWHERE.test(relative(SRC, path))).flatMap(path => {
    const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
    const found: Site[] = [];
    const visit = (node: ts.Node) => {
      if (ts.isThrowStatement(node) || (ts.isCallExpression(node) && /\.addValidation$|^checkText$/.test(node.expression.getText()))) {
        found.push({
          name: `${relative(SRC, path)}: ${node.getText().replace(/\s+/g, ' ').slice(0, 100)}`,
          file: path,
          from: source.getLineAndCharacterOfPosition(node.getStart()).line + 1,
          to: source.getLineAndCharacterOfPosition(node.getEnd()).line + 1,
        });
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
    return found;
  });
}

/** Where in src/ an error was made, or the text was checked that it is about. */
export function placeOf({ stack = '' }: Error): { file: string; line: number } | undefined {
  const [, file, line] = stack.split('\n').map(frame => /\(?(\/[^():]+\.ts):(\d+):\d+\)?$/.exec(frame)).find(match => match?.[1].startsWith(`${SRC}/`) && match[1] !== CHECK_TEXT) ?? [];
  return file === undefined ? undefined : { file, line: Number(line) };
}

/** Notes from where the validations are that complain. */
export function watchValidations(note: (place: Error) => void): () => void {
  const original = Node.prototype.addValidation;
  Node.prototype.addValidation = function (validation) {
    const place = new Error();
    original.call(this, {
      validate: () => {
        const errors = validation.validate();
        if (errors.length > 0) {
          note(place);
        }
        return errors;
      },
    });
  };
  return () => {
    Node.prototype.addValidation = original;
  };
}
