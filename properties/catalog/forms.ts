/** Guest forms other than the usual one. */
import { hvm64 } from '../../models/forms/hvm.ts';
import { because, type SearchExpectation, violated } from '../expectation.ts';
import { type CatalogRow, listIsEmpty, row } from './row.ts';

const onDemand = { form: hvm64 } as const;

const residue: SearchExpectation['verdicts'] = { 'T-1': violated(5, 'set-residue') };
const dry: SearchExpectation['verdicts'] = { ...residue, 'O-1': violated(3, 'pod-not-awaited') };
const nobodyOfflines = because(
  'nobody takes a block offline here, so no page comes onto the list with a frame',
  'populate.over',
);
const nobodyElse = because('nobody else takes address space in this scope', 'add.eexist');
const neverDry = because(
  'user space waits for the first shrink, after which no frame is owed',
  'touch.sweep',
  'touch.crash',
);

/** HVM, 64 bits, built with less memory than it may have. */
const podRows: readonly CatalogRow[] = [
  row(
    'v0',
    'on-demand',
    [96_366, 451_508, 68],
    'naive',
    {
      ...dry,
      'I-3': violated(6, 'W0b'),
      'I-5': violated(13, 'W0c'),
      'I-9': violated(22, 'W0-norollback'),
      'I-24': violated(12, 'W0-uncounted'),
      'I-27': violated(12, 'W0-norollback'),
    },
    {
      ...because(listIsEmpty, 'populate.over'),
      ...because(
        'the list never holds more than one page, so a call grants all or nothing',
        'populate.short',
      ),
      ...nobodyElse,
    },
    onDemand,
  ),
  row(
    'v1c',
    'on-demand',
    [91_659, 443_366, 52],
    'naive',
    { ...dry, 'P-2': violated(8, 'W1-retry') },
    {
      ...nobodyOfflines,
      ...nobodyElse,
      ...because('no target asks for more than the sections of the scope can hold', 'place.none'),
    },
    onDemand,
  ),
  row('v2-4.4', 'on-demand', [106_041, 531_016, 52], 'naive', dry, nobodyOfflines, onDemand),
  row('v2-4.11', 'on-demand', [110_793, 554_902, 53], 'naive', dry, nobodyOfflines, onDemand),
  row(
    'v3',
    'on-demand',
    [69_652, 358_515, 45],
    'naive',
    { ...residue, 'D-3': violated(9, 'lost-target') },
    { ...nobodyOfflines, ...neverDry },
    onDemand,
  ),
  row(
    'lifecycle',
    'on-demand',
    [18_152, 78_750, 44],
    'naive',
    {},
    {
      ...because(listIsEmpty, 'populate.over'),
      ...neverDry,
      ...because(
        'a run is reserved empty, and what a failed run was given goes back before release',
        'fill.over',
      ),
      ...because(
        'the driver brings what it adds online, and nobody takes it offline here',
        'online.begin',
        'online.page',
        'online.done',
        'online.veto',
      ),
    },
    onDemand,
  ),
];

export const formRows: readonly CatalogRow[] = podRows;
