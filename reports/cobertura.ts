/**
 * Coverage as Cobertura XML (coverage-04.dtd). The time stamp is 0: same input, same bytes.
 */
import type { CoveredFile, CoveredLine } from '../src/coverage/lines.ts';
import { xmlAttribute } from './xml.ts';

export function renderCobertura(files: readonly CoveredFile[], version: string): string {
  const total = sizeOf(files.flatMap(({ lines }) => lines));
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<!DOCTYPE coverage SYSTEM "http://cobertura.sourceforge.net/xml/coverage-04.dtd">',
    `<coverage ${rates(total)} lines-covered="${total.linesHit}" lines-valid="${total.lines}" branches-covered="${total.branchesHit}" branches-valid="${total.branches}" complexity="0" version="ballast ${xmlAttribute(version)}" timestamp="0">`,
    '  <sources>',
    '    <source>.</source>',
    '  </sources>',
    '  <packages>',
    `    <package name="models" ${rates(total)} complexity="0">`,
    '      <classes>',
    ...files.flatMap(classOf),
    '      </classes>',
    '    </package>',
    '  </packages>',
    '</coverage>',
    '',
  ].join('\n');
}

function classOf({ file, lines, states }: CoveredFile): string[] {
  const name = file.replace(/^.*\//, '').replace(/\.ts$/, '');
  return [
    `        <class name="${xmlAttribute(name)}" filename="${xmlAttribute(file)}" ${rates(sizeOf(lines))} complexity="0">`,
    '          <methods>',
    ...states.flatMap((state) => [
      `            <method name="${xmlAttribute(state.name)}" signature="" line-rate="${state.hits > 0 ? 1 : 0}" branch-rate="0" complexity="0">`,
      '              <lines>',
      `                <line number="${state.line}" hits="${state.hits}"/>`,
      '              </lines>',
      '            </method>',
    ]),
    '          </methods>',
    '          <lines>',
    ...lines.map(lineOf),
    '          </lines>',
    '        </class>',
  ];
}

function lineOf({ line, hits, branches }: CoveredLine): string {
  const all = branches.flat();
  const head = `            <line number="${line}" hits="${hits}"`;
  if (all.length === 0) return `${head} branch="false"/>`;
  const hit = all.filter((branch) => branch.hits > 0).length;
  return `${head} branch="true" condition-coverage="${Math.floor((100 * hit) / all.length)}% (${hit}/${all.length})"/>`;
}

interface Size {
  readonly lines: number;
  readonly linesHit: number;
  readonly branches: number;
  readonly branchesHit: number;
}

function sizeOf(lines: readonly CoveredLine[]): Size {
  const branches = lines.flatMap((line) => line.branches.flat());
  return {
    lines: lines.length,
    linesHit: lines.filter(({ hits }) => hits > 0).length,
    branches: branches.length,
    branchesHit: branches.filter(({ hits }) => hits > 0).length,
  };
}

const rate = (hit: number, of: number): string => (of === 0 ? '0' : (hit / of).toFixed(4));
const rates = (size: Size): string =>
  `line-rate="${rate(size.linesHit, size.lines)}" branch-rate="${rate(size.branchesHit, size.branches)}"`;
