/** models/source-lines.ts is fresh, and each line is the place it claims to be. */

import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { pv64 } from '../../models/forms/pv.ts';
import { guestCharts } from '../../models/guest.ts';
import { ACTORS } from '../../models/scope.ts';
import { single } from '../../models/scopes.ts';
import { sourceOf, sourcePlaces } from '../../models/source.ts';
import { variants } from '../../models/variants/all.ts';
import { instrument } from './instrument.ts';
import { generateSourceLines } from './source-lines.ts';

const texts = new Map<string, readonly string[]>();
function lineOf({ file, line }: { readonly file: string; readonly line: number }): string {
  const lines = texts.get(file) ?? readFileSync(file, 'utf8').split('\n');
  texts.set(file, lines);
  return lines[line - 1] ?? '';
}

it('models/source-lines.ts is what the models say', async () => {
  await expect(await generateSourceLines()).toMatchFileSnapshot('../../models/source-lines.ts');
});

/** A manager stands where libxl does not. */
const MANAGED = ACTORS.filter((actor) => actor !== 'libxl');

it('knows every state and family of every chart', () => {
  for (const protocol of variants)
    for (const chart of [ACTORS, MANAGED].flatMap((actors) =>
      guestCharts(protocol, pv64, { ...single, onlining: 'both', actors }),
    )) {
      const kind = chart.index === -1 ? 'boot' : chart.kind;
      const { states } = chart.machine.config as {
        readonly states: Readonly<
          Record<string, { readonly on: Readonly<Record<string, readonly object[]>> }>
        >;
      };
      for (const [state, { on }] of Object.entries(states)) {
        expect(sourceOf(kind, state), `${kind} ${state}`).toBeDefined();
        for (const [family, moves] of Object.entries(on))
          for (const [nth] of moves.entries())
            expect(sourceOf(kind, state, family, nth), `${kind} ${state} ${family} ${nth}`).toBeDefined();
      }
    }
});

/** What a line says that puts in a family without naming it. */
const HELPER =
  /\beach\b|\breleased\(|\bgoes\(f|this\.idle|\[begin\]|\.\.\.busy|states\[holder\]|changedMoves\(|\bwriter\(/;

it('each line is the place', () => {
  const wrong = [...sourcePlaces()].flatMap(([name, [first, ...moves]]) => {
    const [, state = '', family] = name.split(' ');
    const text = lineOf(first);
    const verb = (family ?? state).split('.')[0] ?? '';
    const isNamed = text.includes(family ?? state) || text.includes(verb) || HELPER.test(text);
    const isMove = (at: (typeof moves)[number]) => /[{(]|\.\.\./.test(lineOf(at));
    return [
      ...(isNamed ? [] : [`${name} at ${first.file}:${first.line}: ${text}`]),
      ...moves.filter((at) => !isMove(at)).map((at) => `a move of ${name} at ${at.file}:${at.line}`),
    ];
  });
  expect(wrong).toEqual([]);
});

it('an edit that moves a line is noticed', () => {
  const before = instrument("export const a = { x: 1, ...each(['y'], {}) };\n", 'models/a.ts');
  const after = instrument("\nexport const a = { x: 1, ...each(['y'], {}) };\n", 'models/a.ts');
  expect(before).toContain('models/a.ts:1');
  expect(after).toContain('models/a.ts:2');
  expect(after).not.toContain('models/a.ts:1"');
});
