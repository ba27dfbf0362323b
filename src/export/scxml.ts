/**
 * A chart as SCXML (W3C): a state a local state, an event a family, the payload asked in `cond`.
 * One chart each: parallel regions of SCXML do not refuse for each other, so a product is no SCXML document.
 */
import type { LtsTable } from '../compile/table.ts';
import { type Label, PAYLOAD } from '../core/label.ts';

export function exportScxml(table: LtsTable, alphabet: readonly Label[]): string {
  table.enumerate();
  const ids = Array.from({ length: table.size }, (_, state) => `s${state}`);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<scxml xmlns="http://www.w3.org/2005/07/scxml" version="1.0" datamodel="ecmascript" name="${escaped(table.chart.id)}" initial="s0">`,
    ...ids.flatMap((id, state) => [
      `  <!-- ${escaped(table.local(state).key).replaceAll('--', '- -')} -->`,
      `  <state id="${id}">`,
      ...table.labels.flatMap((label, own) => {
        const to = table.successor(state, own);
        const event = alphabet[label];
        return to < 0 || event === undefined ? [] : [`    ${transition(event, ids[to] ?? '')}`];
      }),
      '  </state>',
    ]),
    '</scxml>',
    '',
  ].join('\n');
}

function transition(label: Label, target: string): string {
  const asked = PAYLOAD.flatMap((key) =>
    label[key] === undefined ? [] : [`_event.data.${key} === ${label[key]}`],
  );
  const cond = asked.length === 0 ? '' : ` cond="${escaped(asked.join(' && '))}"`;
  return `<transition event="${escaped(label.type)}"${cond} target="${target}"/>`;
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
