/** A log in which some probes were never set: it says so, and the guest is not blamed for what nobody recorded. */
import { describe, expect, it } from 'vitest';
import { v3 } from '../../models/variants/v3.ts';
import { properties } from '../../properties/all.ts';
import { expectOk } from '../../src/core/result.ts';
import { TRACED } from '../../src/logs/probes.ts';
import { type Validation, validate } from '../../src/validate/validate.ts';
import { store, storeOf, textOf } from '../logs/real-logs.ts';

const RUN = '04-offline-movable';
const names = (store.list(RUN) ?? []).filter((name) => name.startsWith('trace_'));
const lines = new Map(names.map((name) => [name, textOf(`${RUN}/${name}`).split('\n')]));

/** The same run without the records of these events; headers, which count them, left out. */
function without(events: RegExp): Validation | undefined {
  const files = [...lines].map(([name, text]) => {
    const kept = text.filter((line) => !line.startsWith('# entries') && !events.test(line));
    return [`run/${name.replace('.gz', '')}`, kept.join('\n')];
  });
  const found = validate(['run'], storeOf(Object.fromEntries(files)), { protocol: v3, properties });
  return expectOk(found, 'the log is readable')[0];
}

const isThere = (probe: string) =>
  [...lines.values()].some((text) => text.some((line) => line.includes(` ${probe}: (`)));
const recorded = TRACED.filter(({ probe, optional }) => !optional && isThere(probe));
const told = (found: Validation | undefined) =>
  [...(found?.doubts ?? []), ...(found?.warnings ?? [])].filter(({ code }) => code === 'LOG_PROBE_UNSET');

describe('a log without the probe', () => {
  it('is accepted where nothing is missing, and says nothing', () => {
    const found = without(/ never: \(/);
    expect(found).toMatchObject({ verdict: 'accepted', doubts: [] });
    expect(told(found)).toEqual([]);
  });

  it.each(recorded.map((traced) => [traced.probe, traced] as const))('%s', (probe, { traces, tells }) => {
    const found = without(new RegExp(` ${probe}(?:_ret)?: \\(`));
    const about = told(found).find(({ message }) => message.startsWith(`${traces} `));
    expect(about).toBeDefined();
    if (tells.length === 0) {
      expect(found).toMatchObject({ verdict: 'accepted', rejection: undefined });
      return;
    }
    expect(found?.rejection).toBeUndefined();
    expect(found?.verdict).toBe('ambiguous');
    expect(about?.message).toContain(`not observed: ${tells.join(' ')}`);
  });

  it.each(['memop_inc', 'online', 'notify', 'xen_notifier'])(
    '%s, but with the one of its return',
    (probe) => {
      const found = without(new RegExp(` ${probe}: \\(`));
      expect(found?.rejection).toBeUndefined();
      expect(told(found).length).toBeGreaterThan(0);
    },
  );
});
