/**
 * What is known of a variant before it is fuzzed: expected violations, and families that nothing can take.
 */

import type { Protocol } from '../../../models/protocol.ts';
import { catalog } from '../../../properties/catalog.ts';
import { mutants } from '../../../properties/mutants/all.ts';
import { LEDGER_DIFFERS } from '../../fuzz/checked-run.ts';
import { protocolOf } from '../check/task.ts';

/** The finding behind a violation, in any scope of the catalog; of a mutant, its base's or the planted bug. */
export function knownAs(variant: string, property: string): string | undefined {
  if (property === LEDGER_DIFFERS) return undefined;
  const mutant = mutants.find(({ id }) => id === variant);
  if (mutant !== undefined) return knownAs(mutant.base.id, property) ?? mutant.id;
  for (const row of catalog) {
    const finding = row.variant === variant ? row.expectation.verdicts[property]?.finding : undefined;
    if (finding !== undefined) return finding;
  }
  return undefined;
}

/** Why a family is never taken, as far as the catalog or the protocol says. */
export function whyNever(variant: string, family: string, taken: ReadonlySet<string>): string | undefined {
  const protocol = protocolOf(variant);
  return (
    (protocol === undefined ? undefined : whyNot(protocol, family)) ?? fromCatalog(variant, family, taken)
  );
}

function fromCatalog(variant: string, family: string, taken: ReadonlySet<string>): string | undefined {
  const base = mutants.find(({ id }) => id === variant)?.base.id ?? variant;
  // A scope of its own, such as one in which nobody onlines a block, is no reason here.
  const row = catalog.find((one) => one.variant === base && one.scope === 'full');
  const why = row?.expectation.neverTaken[family];
  // A reason that covers a family which was taken here does not hold here.
  const refuted = Object.entries(row?.expectation.neverTaken ?? {}).some(
    ([other, reason]) => reason === why && taken.has(other),
  );
  return refuted ? undefined : why;
}

/** Reasons that only show where the kernel and people both online blocks, as they do here. */
function whyNot(protocol: Protocol, family: string): string | undefined {
  if (family === 'autoonline.kept' && !protocol.populateFirst)
    return 'the kernel onlines a run inside the add that made it: none of its pages has a frame yet';
  if (family === 'populate.over' && protocol.callback === 'allocator')
    return 'every page on the balloon list was put there by a decrease: none has a frame';
  return undefined;
}
