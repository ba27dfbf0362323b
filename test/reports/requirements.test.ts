/** The requirement matrix as people and machines read it, from a small report written by hand. */
import { describe, expect, it } from 'vitest';
import type { Requirement } from '../../properties/requirements/requirement.ts';
import {
  countsOf,
  pageRequirements,
  renderSpecJson,
  renderSpecMarkdown,
  renderSpecText,
  SPEC_SCHEMA,
  type SpecReport,
} from '../../reports/requirements.ts';
import { plain, widthOf } from '../../reports/style.ts';
import type { RequirementEvidence, VariantVerdict } from '../../src/spec/evidence.ts';

const source = { text: 'A mail', tree: 'mail', path: 'list 2010', symbol: 'step 1' } as const;

const populated: Requirement = {
  id: 'R-T1',
  status: 'modelled',
  source,
  sentence: 'Populate a | b.',
  charts: ['section', 'hypervisor'],
  families: ['target.set', ['populate.ok', 'fill.ok']],
  properties: ['I-9', 'I-27'],
  inLogs: ['populate.ok', 'populate.short'],
  note: 'A note.',
};
const open: Requirement = {
  id: 'R-T2',
  status: 'not modelled',
  source: { ...source, text: 'A header' },
  sentence: 'Claims are kept.',
  why: 'no claims',
};

const verdict = (variant: string, of: Partial<VariantVerdict>): VariantVerdict => ({
  variant,
  form: 'pv',
  verdict: 'verified',
  scopes: ['full'],
  because: [],
  ...of,
});

const requirements: readonly RequirementEvidence[] = [
  {
    requirement: populated,
    verdicts: [
      verdict('old', { verdict: 'refuted', because: [{ what: 'violated', id: 'I-9', why: 'W3d' }] }),
      verdict('new', {}),
      verdict('newer', {}),
      verdict('tiny', {
        verdict: 'vacuous',
        because: [{ what: 'never taken', id: 'fill.ok', why: 'empty' }],
      }),
    ],
    logs: ['02-run', '04-run'],
    notSeen: ['populate.short'],
  },
  { requirement: open, verdicts: [], logs: [], notSeen: [] },
];

const report: SpecReport = {
  schema: SPEC_SCHEMA,
  reproduce: 'ballast spec',
  searches: [{ variant: 'old', form: 'pv', scope: 'full', states: 12, limit: undefined }],
  logs: [{ name: '02-run', variant: 'new', verdict: 'accepted' }],
  requirements,
  beyondTheText: [{ what: 'chart', id: 'lock', why: 'inner matter' }],
  problems: [{ code: 'SPEC_NOT_SEEN', message: 'R-T1 wants populate.short seen in a real log' }],
};

it('as text', () => {
  expect(renderSpecText(report, plain, 70)).toMatchInlineSnapshot(`
    "── A mail ────────────────────────────────────────────────────────────
    R-T1  Populate a | b.
          refuted by W3d (I-9): old
          verified: new newer
          vacuous (never taken: fill.ok): tiny
          asks I-9 I-27 of target.set, populate.ok or fill.ok
          seen in 02-run 04-run
          not seen in any log: populate.short

    ── A header ──────────────────────────────────────────────────────────
    R-T2  Claims are kept.
          not modelled: no claims

    beyond the text: chart lock, inner matter
    Logs: 02-run (accepted by new).
    2 requirements: 1 verified by some variant, 1 refuted by some, 0
    neither, 1 not modelled.
    ✗ SPEC_NOT_SEEN R-T1 wants populate.short seen in a real log
    "
  `);
});

it('as Markdown', () => {
  expect(renderSpecMarkdown(report)).toMatchInlineSnapshot(`
    "# Ballast: requirements

    2 requirements: 1 verified by some variant, 1 refuted by some, 0 neither, 1 not modelled.

    Logs: 02-run (accepted by new).

    Again: \`ballast spec\`

    - ✗ SPEC_NOT_SEEN R-T1 wants populate.short seen in a real log

    ## A mail

    |  | requirement | old | new | newer | tiny | asks | charts | labels | logs |
    | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
    | R-T1 | Populate a \\| b. (mail list 2010, step 1) *A note.* | refuted by W3d (I-9) | verified | verified | vacuous (never taken: fill.ok) | I-9 I-27 | section hypervisor | \`target.set\`, \`populate.ok\` or \`fill.ok\` | 02-run 04-run ✗ \`populate.short\` in none |

    ## A header

    |  | requirement | old | new | newer | tiny | asks | charts | labels | logs |
    | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
    | R-T2 | Claims are kept. (mail list 2010, step 1) | not modelled |  |  |  | not modelled: no claims |  |  |  |

    ## Beyond the text

    - chart lock: inner matter
    "
  `);
});

describe('as JSON', () => {
  it('has its schema, every verdict with what is behind it, and no undefined log', () => {
    const shape = JSON.parse(renderSpecJson(report));
    expect(shape).toMatchObject({
      schema: 'ballast.spec/1',
      reproduce: 'ballast spec',
      counts: { requirements: 2, verified: 1, refuted: 1, notModelled: 1, open: 0 },
      logs: [{ name: '02-run', verdict: 'accepted' }],
      problems: [{ code: 'SPEC_NOT_SEEN' }],
    });
    expect(shape.requirements[0]).toMatchInlineSnapshot(`
      {
        "charts": [
          "section",
          "hypervisor",
        ],
        "families": [
          "target.set",
          [
            "populate.ok",
            "fill.ok",
          ],
        ],
        "id": "R-T1",
        "inLogs": [
          "populate.ok",
          "populate.short",
        ],
        "logs": [
          "02-run",
          "04-run",
        ],
        "notSeen": [
          "populate.short",
        ],
        "note": "A note.",
        "properties": [
          "I-9",
          "I-27",
        ],
        "sentence": "Populate a | b.",
        "source": {
          "path": "list 2010",
          "symbol": "step 1",
          "text": "A mail",
          "tree": "mail",
        },
        "status": "modelled",
        "verdicts": [
          {
            "because": [
              {
                "id": "I-9",
                "what": "violated",
                "why": "W3d",
              },
            ],
            "form": "pv",
            "scopes": [
              "full",
            ],
            "variant": "old",
            "verdict": "refuted",
          },
          {
            "because": [],
            "form": "pv",
            "scopes": [
              "full",
            ],
            "variant": "new",
            "verdict": "verified",
          },
          {
            "because": [],
            "form": "pv",
            "scopes": [
              "full",
            ],
            "variant": "newer",
            "verdict": "verified",
          },
          {
            "because": [
              {
                "id": "fill.ok",
                "what": "never taken",
                "why": "empty",
              },
            ],
            "form": "pv",
            "scopes": [
              "full",
            ],
            "variant": "tiny",
            "verdict": "vacuous",
          },
        ],
      }
    `);
    expect(shape.requirements[1]).toMatchObject({
      id: 'R-T2',
      status: 'not modelled',
      why: 'no claims',
      verdicts: [],
    });
    expect(JSON.parse(renderSpecJson({ ...report, logs: undefined })).logs).toBeNull();
  });

  it('is the same bytes for the same report', () => {
    expect(renderSpecJson(structuredClone(report))).toBe(renderSpecJson(report));
  });
});

it('as rows of the report page: what is not modelled says so in every column', () => {
  expect(pageRequirements(requirements)).toMatchInlineSnapshot(`
    [
      {
        "charts": [
          "section",
          "hypervisor",
        ],
        "id": "R-T1",
        "labels": [
          "target.set",
          "populate.ok",
          "fill.ok",
        ],
        "logs": [
          "02-run",
          "04-run",
        ],
        "properties": [
          "I-9",
          "I-27",
        ],
        "sentence": "Populate a | b.",
        "source": "A mail: step 1",
        "verdicts": [
          {
            "variant": "old",
            "verdict": "refuted by W3d (I-9)",
          },
          {
            "variant": "new",
            "verdict": "verified",
          },
          {
            "variant": "newer",
            "verdict": "verified",
          },
          {
            "variant": "tiny",
            "verdict": "vacuous (never taken: fill.ok)",
          },
        ],
      },
      {
        "charts": [],
        "id": "R-T2",
        "labels": [],
        "logs": [],
        "properties": [],
        "sentence": "Claims are kept.",
        "source": "A header: step 1",
        "verdicts": [
          {
            "variant": "old",
            "verdict": "not modelled",
          },
          {
            "variant": "new",
            "verdict": "not modelled",
          },
          {
            "variant": "newer",
            "verdict": "not modelled",
          },
          {
            "variant": "tiny",
            "verdict": "not modelled",
          },
        ],
        "why": "no claims",
      },
    ]
  `);
});

it('counts a requirement as open only if no variant verifies or refutes it', () => {
  const [first] = requirements;
  if (first === undefined) throw new Error('empty');
  const none = { ...first, verdicts: first.verdicts.filter(({ verdict: kind }) => kind === 'vacuous') };
  expect(countsOf([none])).toEqual({ requirements: 1, verified: 0, refuted: 0, notModelled: 0, open: 1 });
});

it.each([60, 80, 120])('text keeps to %i columns', (width) => {
  const lines = renderSpecText(report, plain, width).split('\n');
  expect(Math.max(...lines.map(widthOf))).toBeLessThanOrEqual(width);
});

it('tells guest forms apart where there are several', () => {
  const [first] = requirements;
  if (first === undefined) throw new Error('empty');
  const two = {
    ...first,
    verdicts: [verdict('old', {}), verdict('old', { form: 'hvm', verdict: 'no row' })],
  };
  const text = renderSpecText({ ...report, requirements: [two] }, plain, 70);
  expect(text).toContain('verified: old pv');
  expect(text).toContain('old hvm');
});
