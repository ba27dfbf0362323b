/**
 * What a run leaves behind: <folder>/<run>/ with verdict.json, report.md, junit.xml, results.sarif and two files per violation, and `latest` pointing to it.
 */
import { renderJson, renderTraceJson } from '../../../reports/json.ts';
import { renderJunit } from '../../../reports/junit.ts';
import { renderMarkdown } from '../../../reports/markdown.ts';
import { isSameSearch, type RunReport, searchName } from '../../../reports/run-report.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import type { Io } from '../io.ts';
import { sarifOf } from './format-report.ts';
import { itfOf } from './format-world.ts';
import { stories } from './task.ts';

/** Makes the folder of this run, before anything is searched: a place that cannot be written to is found at once. */
export function openFolder(io: Io, out: string): Result<string> {
  const stamp = new Date(io.now()).toISOString().replace(/[-:]/g, '').replace(/\.\d+/, '');
  const name = (n: number): string => `${out}/check-${stamp}${n === 1 ? '' : `-${n}`}`;
  let n = 1;
  try {
    while (io.files.exists(name(n))) n++;
    io.files.makeFolder(name(n));
    return ok(name(n));
  } catch (error) {
    const message = `cannot make ${name(n)}: ${error instanceof Error ? error.message : String(error)}`;
    return fail({
      code: 'OUT_NOT_WRITABLE',
      message,
      expected: 'a folder that can be written to, or --no-out',
    });
  }
}

/** Names of the files, relative to the folder. */
export function writeReport(io: Io, folder: string, report: RunReport): readonly string[] {
  const names = writeFiles(io, folder, report);
  const at = folder.lastIndexOf('/');
  io.files.point(`${folder.slice(0, at)}/latest`, folder.slice(at + 1));
  return names;
}

/** The same for a folder that is there already. */
export function writeFiles(io: Io, folder: string, report: RunReport): readonly string[] {
  const texts = new Map([
    ['verdict.json', renderJson(report)],
    ['report.md', renderMarkdown(report, stories())],
    ['junit.xml', renderJunit(report, stories())],
    ['results.sarif', sarifOf(report, io.version)],
  ]);
  for (const found of report.cases) {
    if (found.trace === undefined) continue;
    const bounds = report.searches.find((search) => isSameSearch(search, found))?.bounds ?? {};
    const name = `${searchName(found)}/${found.property}`
      .replaceAll('/', '-')
      .replace(/[^A-Za-z0-9.-]+/g, '_');
    texts.set(`traces/${name}.json`, renderTraceJson(found, bounds));
    const itf = itfOf(report, found);
    if (itf !== undefined) texts.set(`traces/${name}.itf.json`, itf);
  }
  if ([...texts.keys()].some((name) => name.startsWith('traces/'))) io.files.makeFolder(`${folder}/traces`);
  for (const [name, text] of texts) io.files.write(`${folder}/${name}`, text);
  return [...texts.keys()];
}
