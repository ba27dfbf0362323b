/** Guest forms other than the usual one. */
import { hvm64 } from '../../models/forms/hvm.ts';
import { found } from '../expectation.ts';
import { type CatalogRow, inTheEndAlone, row } from './row.ts';
import {
  dry,
  emptyList,
  enoughSections,
  lost,
  neverDry,
  neverOffline,
  noRival,
  onePage,
  ownBlocks,
  retried,
  setResidue,
} from './shared.ts';

const onDemand = { form: hvm64 } as const;

/** HVM, 64 bits, built with less memory than it may have. */
export const formRows: readonly CatalogRow[] = [
  row(
    'v0',
    'on-demand',
    [96_366, 451_508, 68],
    'naive',
    {
      ...dry,
      ...found('W0b', { 'I-3': 6 }),
      ...found('W0c', { 'I-5': 13 }),
      ...found('W0-norollback', { 'I-9': 22, 'I-27': 12 }),
      ...found('W0-uncounted', { 'I-24': 12 }),
    },
    {
      ...emptyList,
      ...onePage,
      ...noRival,
    },
    onDemand,
  ),
  row(
    'v1c',
    'on-demand',
    [91_659, 443_366, 52],
    'naive',
    { ...dry, ...retried(8) },
    {
      ...neverOffline,
      ...noRival,
      ...enoughSections,
    },
    onDemand,
  ),
  row('v2-4.4', 'on-demand', [106_041, 531_016, 52], 'naive', dry, neverOffline, onDemand),
  row('v2-4.11', 'on-demand', [110_793, 554_902, 53], 'naive', dry, neverOffline, onDemand),
  row(
    'v3',
    'on-demand',
    [69_652, 358_515, 45],
    'naive',
    { ...setResidue, ...lost(9) },
    { ...neverOffline, ...neverDry },
    onDemand,
  ),
  row(
    'lifecycle',
    'on-demand',
    [18_060, 76_163, 50],
    'naive',
    {},
    {
      ...ownBlocks,
      ...neverDry,
    },
    { ...onDemand, onRequest: inTheEndAlone },
  ),
];
