/**
 * A scope in a JSON file: keys of `Scope`; those that are missing are as in `full`, the name is the file's.
 */
import type { Scope } from '../../../models/scope.ts';
import { full } from '../../../models/scopes.ts';
import { fail, type Result } from '../../core/result.ts';
import { scopeFrom } from './scope-input.ts';

export function scopeFromJson(text: string, file: string): Result<Scope> {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    const message = error instanceof Error ? error.message.replaceAll(/\s+/g, ' ') : String(error);
    const where = { file, line: brokenLine(text) };
    return fail({ code: 'SCOPE_NOT_JSON', message, where, expected: 'a JSON object with keys of a scope' });
  }
  const name = file.replace(/^.*[/\\]/, '').replace(/\.json$/i, '');
  return scopeFrom({ ...full, name }, data, {
    name: (key) => key,
    where: (key) => ({ file, line: lineOf(text, key) }),
  });
}

/** The first line after which the text can no longer become JSON. Node names an offset only for some errors. */
function brokenLine(text: string): number {
  const lines = text.split('\n');
  const at = lines.findIndex((_, last) => !mayContinue(lines.slice(0, last + 1).join('\n')));
  return at < 0 ? lines.length : at + 1;
}

/** Whether all that is wrong with it is that it ends. */
function mayContinue(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    const message = error instanceof Error ? error.message : '';
    const offset = /position (\d+)/.exec(message)?.[1];
    return /end of JSON/.test(message) || (offset !== undefined && Number(offset) >= text.trimEnd().length);
  }
}

function lineOf(text: string, key: string): number {
  const at = text.search(new RegExp(`"${key.replace(/\W/g, '.')}"\\s*:`));
  return at < 0 ? 1 : text.slice(0, at).split('\n').length;
}
