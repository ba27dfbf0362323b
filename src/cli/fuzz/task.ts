/**
 * Some runs of one variant as plain data, so that they can go to another thread, and how to run them.
 */
import type { HostSize } from '../../../models/hosts.ts';
import { type Tally, tally } from '../../fuzz/campaign.ts';
import type { Setup } from '../../fuzz/checked-run.ts';
import { protocolOf } from '../check/task.ts';
import { realSetup } from './setup.ts';

export interface FuzzTask {
  /** Id of a variant or of a mutant. */
  readonly variant: string;
  readonly size: HostSize;
  readonly seed: number;
  readonly steps: number;
  readonly runs: readonly number[];
}

/** Charts remember what they were asked, so a thread keeps them. */
const setups = new Map<string, Setup>();

export function setupFor(variant: string, size: HostSize): Setup {
  const key = JSON.stringify([variant, size]);
  const known = setups.get(key);
  if (known !== undefined) return known;
  const protocol = protocolOf(variant);
  if (protocol === undefined) throw new Error(`no variant or mutant ${variant}`);
  const fresh = realSetup(protocol, size);
  setups.set(key, fresh);
  return fresh;
}

export interface FuzzHooks {
  readonly clock: () => number;
  readonly stop: () => boolean;
}

export const runFuzzTask = ({ variant, size, ...rest }: FuzzTask, hooks: FuzzHooks): Tally =>
  tally(setupFor(variant, size), { ...rest, ...hooks });
