/**
 * The reference model as somebody who knows SPIN would write it: one process, one d_step an action, one byte a variable, a section
 * as one byte. Nothing of ours is in it, so that SPIN is compared at its best.
 */
import type { ReferenceScope } from './reference-model.ts';

export function referencePromela({ sections, pages, host }: ReferenceScope): string {
  // A section's byte: free, taken, then a run of values per kind, one a number of pages.
  const reserved = 2;
  const added = reserved + pages + 1;
  const online = added + pages + 1;
  const undoing = online + pages + 1;
  const lines = [
    'mtype:driver = { idle, grow, pop, shrink, backoff };',
    `mtype:driver b = idle; byte t = 0, m = ${sections}, f = ${host}, tot = 0; byte s[${sections}];`,
    'active proctype all() { do',
  ];
  const step = (guard: string, ...effects: string[]) =>
    lines.push(`:: d_step { ${guard} -> ${effects.join('; ')} }`);
  const more = (n: number) => [`f = f - ${n}`, `tot = tot + ${n}`];
  const less = ['f++', 'tot--'];
  for (let v = 0; v <= sections; v++) {
    step(`t != ${v} && ${v} <= m`, `t = ${v}`);
    step(`m != ${v}`, `m = ${v}`);
  }
  step('f > 0', 'f--');
  step(`f + tot < ${host}`, 'f++');
  step(`b == idle && tot < t * ${pages}`, 'b = grow');
  step(`b == idle && tot > t * ${pages}`, 'b = shrink');
  step(`b == grow && tot >= t * ${pages}`, 'b = idle');
  step(`b == shrink && tot <= t * ${pages}`, 'b = idle');
  step('b == grow', 'b = backoff');
  step('b == backoff', 'b = idle');
  for (let i = 0; i < sections; i++) {
    const x = `s[${i}]`;
    const is = (first: number, from: number, to: number) =>
      `${x} >= ${first + from} && ${x} <= ${first + to}`;
    step(`${x} == 0`, `${x} = 1`);
    step(`${x} == 1`, `${x} = 0`);
    step(`b == grow && ${x} == 0`, `${x} = ${reserved}`, 'b = pop');
    for (let n = 1; n <= pages; n++) {
      const fits = `f >= ${n} && tot + ${n} <= m * ${pages}`;
      step(`b == pop && ${is(reserved, 0, pages - n)} && ${fits}`, `${x} = ${x} + ${n}`, ...more(n));
      step(`b == grow && ${is(online, 0, pages - n)} && ${fits}`, `${x} = ${x} + ${n}`, ...more(n));
    }
    step(`b == pop && ${is(reserved, 1, pages)}`, `${x} = ${x} + ${added - reserved}`, 'b = idle');
    step(`b == pop && ${x} == ${reserved}`, `${x} = 0`, 'b = backoff');
    step(`b == pop && ${is(reserved, 1, pages)}`, `${x} = ${x} + ${undoing - reserved}`, 'b = backoff');
    step(`${x} == ${undoing + 1}`, `${x} = 0`, ...less);
    step(`${x} > ${undoing + 1}`, `${x}--`, ...less);
    step(is(added, 1, pages), `${x} = ${x} + ${online - added}`);
    step(`b == shrink && ${is(added, 1, pages)}`, `${x} = ${x} + ${undoing - added}`);
    step(`${x} == ${online}`, `${x} = 0`);
    step(is(online, 1, pages), `${x} = ${x} - ${online - added}`);
    step(`b == shrink && ${is(online, 1, pages)} && tot > t * ${pages}`, `${x}--`, ...less);
  }
  return `${[...lines, 'od }'].join('\n')}\n`;
}
