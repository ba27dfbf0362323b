/** A small case of coverage to render: v3 in scope single, with one run beside the exploration. */

import { pv64 } from '../../models/forms/pv.ts';
import { guestModel } from '../../models/guest.ts';
import { single } from '../../models/scopes.ts';
import { v3 } from '../../models/variants/v3.ts';
import { type CaseDone, coverCase, explainNever } from '../../src/cli/cover/case.ts';
import { expectOk } from '../../src/core/result.ts';
import { COVER_SCHEMA, type CoverReport } from '../../src/coverage/report.ts';
import { recordRuns } from '../../src/coverage/runs.ts';

const { charts } = guestModel(v3, pv64, single);
const run = [
  { type: 'max.set', pages: 2 },
  { type: 'target.set', pages: 2 },
  { type: 'hotplug.done' },
  { type: 'intrude', section: 0 },
  { type: 'reserve.nogap', count: 1 },
  { type: 'sleep' },
];
const trace = expectOk(recordRuns(charts, [run], { source: 'trace run.json', variant: 'v3' }), 'a run of v3');

export const sampleCase: CaseDone = expectOk(
  coverCase({
    protocol: v3,
    scope: single,
    logs: [trace],
    traces: [],
    wantsTours: false,
    options: { walks: 0, steps: 1, seed: 1, k: 3, until: undefined, format: 'text', statesMax: undefined },
    onProgress: () => {},
  }),
  'v3 obeys the rules',
);

export const sampleTrace = trace;

export const sampleReport: CoverReport = {
  schema: COVER_SCHEMA,
  cases: explainNever([sampleCase]),
  until: undefined,
  reproduce: 'ballast cover --variant v3 --scope single',
};
