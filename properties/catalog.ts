/**
 * The catalog: every variant × form × scope that is checked, and what must come out. Rows stand in `catalog/`, a file per variant.
 * A changed count is reviewed like changed code. An expected violation carries the name of the finding behind it.
 */
import { actorRows } from './catalog/actors.ts';
import { adderRows } from './catalog/adder.ts';
import { entryRows } from './catalog/entries.ts';
import { matrixRows } from './catalog/form-matrix.ts';
import { formRows } from './catalog/forms.ts';
import { hostRows } from './catalog/hosts.ts';
import { lifecycleRows } from './catalog/lifecycle.ts';
import { presetRows } from './catalog/presets.ts';
import { reachRows } from './catalog/reach.ts';
import { removingRows } from './catalog/removing.ts';
import type { CatalogRow } from './catalog/row.ts';
import { specialRows } from './catalog/special.ts';
import { v0Rows } from './catalog/v0.ts';
import { v1abRows } from './catalog/v1ab.ts';
import { v1cRows } from './catalog/v1c.ts';
import { v2Rows } from './catalog/v2.ts';
import { v3Rows } from './catalog/v3.ts';

/** Oldest variant first; then what further actors bring; then other guest forms. */
export const catalog: readonly CatalogRow[] = [
  ...[...v0Rows, ...v1abRows, ...v1cRows, ...v2Rows, ...v3Rows, ...lifecycleRows, ...removingRows],
  ...actorRows,
  ...adderRows,
  ...presetRows,
  ...hostRows,
  ...entryRows,
  ...specialRows,
  ...reachRows,
  ...formRows,
  ...matrixRows,
];
