/** Runs of real guests from test/logs, validated. */
import type { Protocol } from '../../models/protocol.ts';
import { properties } from '../../properties/all.ts';
import { expectOk } from '../../src/core/result.ts';
import type { TraceItem } from '../../src/logs/records.ts';
import { findSegments, readSequence } from '../../src/logs/segments.ts';
import { geometryOf, type Validation, validate, validateItems } from '../../src/validate/validate.ts';
import { store } from '../logs/real-logs.ts';

export const ACCEPTED_RUNS = [
  '01-balloon',
  '02-hotplug',
  '03-auto-online',
  '04-offline-movable',
  '05-beyond-max',
  '07-target-mid',
];

export const validated = (run: string, protocol: Protocol): readonly Validation[] =>
  expectOk(validate([run], store, { protocol, properties }), 'the captured logs are readable');

/** All items of a run's dom0 traces. */
export function itemsOfRun(run: string): readonly TraceItem[] {
  const [sequence] = findSegments([run], store).sequences;
  if (sequence === undefined) throw new Error(`no traces in ${run}`);
  return [...readSequence(sequence, store)];
}

/** Judges items as if they were a run's log. */
export function verdictOfItems(items: readonly TraceItem[], protocol: Protocol): Validation['verdict'] {
  const options = { protocol, properties };
  const validator = validateItems(items, expectOk(geometryOf(items), 'the items are parsed'), options);
  if (validator.rejection !== undefined) return 'rejected';
  return validator.doubts.length > 0 || validator.breaches.disputed.length > 0 ? 'ambiguous' : 'accepted';
}
