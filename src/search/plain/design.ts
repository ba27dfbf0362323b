/**
 * What generated code is made for: a product, how its states are packed, and where things stand.
 */
import type { Product } from '../../compose/product.ts';
import { type I32, type I64, i32 } from '../../wasm/expression.ts';
import type { Layout } from './fields.ts';
import { type Area, HEADER, type Regions } from './memory.ts';
import type { ChartRows } from './rows.ts';
import type { Rules } from './watches.ts';

/** Spreads the words of a state over 64 bits. Only speed depends on it: full keys are compared. */
export type Hash = (words: readonly I64[]) => I64;

export interface Design {
  readonly product: Product;
  readonly rows: readonly ChartRows[];
  readonly rules: Rules;
  readonly layout: Layout;
  readonly area: Area;
  readonly regions: Regions;
  readonly hash: Hash;
}

/** A shared number, read where it is used. */
export const header = (name: keyof typeof HEADER): I32 => i32.load(i32.const(0), HEADER[name]);
