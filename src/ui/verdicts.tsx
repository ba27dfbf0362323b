/**
 * The verdict table: properties down, searches across. A verdict is a shape, a word and a colour.
 */
import { assumedBy, assumedText } from '../../reports/assumed.ts';
import { stampText } from '../../reports/confirmation.ts';
import type { PageCase, PageData } from '../../reports/page-data.ts';
import {
  isSameSearch,
  lengthOf,
  propertiesIn,
  type ReportedCase,
  searchName,
} from '../../reports/run-report.ts';
import { summaryText, verdictText } from '../../reports/verdict-text.ts';
import { Digest } from './digest.tsx';
import { linkTo } from './link.ts';
import { Empty, grouped, Scroll, Title } from './parts.tsx';

export function Verdicts({ data }: { readonly data: PageData }) {
  const { run } = data;
  if (run.cases.length === 0)
    return (
      <>
        <Title>Verdicts</Title>
        <Empty what="Nothing was checked. This checks the catalog:" command="ballast report" />
      </>
    );
  return (
    <>
      <Title>Verdicts</Title>
      <p class="lead">
        {summaryText(run.cases)}. A search is of a variant of the protocol, in a form of guest, within a
        scope.
      </p>
      {run.deviations.length === 0 ? null : (
        <ul class="deviations">
          {run.deviations.map((one) => (
            <li key={`${one.variant} ${one.scope} ${one.code}`}>
              <b>
                ✗ {one.variant}/{one.scope} {one.code}
              </b>{' '}
              {one.message}
            </li>
          ))}
        </ul>
      )}
      <Digest data={data} />
      <Table data={data} />
      <Legend />
      {assumedBy(run.cases).map((one) => (
        <p class="faint" key={one.properties.join()}>
          {assumedText(one)}.
        </p>
      ))}
      <Findings data={data} />
      <Searches data={data} />
    </>
  );
}

type Search = PageData['run']['searches'][number];

/** Searches of a variant side by side, and within it those of a form. */
function byVariantAndForm(searches: readonly Search[]): readonly Search[] {
  const first = (is: (one: Search) => boolean): number => searches.findIndex(is);
  const rank = ({ variant, form }: Search): readonly [number, number] => [
    first((one) => one.variant === variant),
    first((one) => one.variant === variant && one.form === form),
  ];
  return [...searches].sort((a, b) => {
    const [variantA, formA] = rank(a);
    const [variantB, formB] = rank(b);
    return variantA - variantB || formA - formB;
  });
}

interface HeadProps {
  readonly searches: readonly Search[];
  readonly nameOf: (search: Search) => string;
  /** Searches with the same key share a heading. */
  readonly keyOf: (search: Search) => string;
}

/** Headings over the columns they speak of. */
function Heads({ searches, nameOf, keyOf }: HeadProps) {
  return searches.map((search, at) => {
    const key = keyOf(search);
    if (at > 0 && searches.slice(at - 1, at).some((before) => keyOf(before) === key)) return null;
    const span = searches.filter((one) => keyOf(one) === key).length;
    return (
      <th key={key} scope={span > 1 ? 'colgroup' : 'col'} colSpan={span}>
        {nameOf(search)}
      </th>
    );
  });
}

function Table({ data: { run, cases } }: { readonly data: PageData }) {
  const searches = byVariantAndForm(run.searches);
  return (
    <Scroll label="Verdicts by property and search">
      <table class="verdicts">
        <thead>
          <tr>
            <th scope="col" rowSpan={3}>
              property
            </th>
            <Heads searches={searches} nameOf={({ variant }) => variant} keyOf={({ variant }) => variant} />
          </tr>
          <tr class="under">
            <Heads
              searches={searches}
              nameOf={({ form }) => form}
              keyOf={({ variant, form }) => `${variant} ${form}`}
            />
          </tr>
          <tr class="under">
            <Heads searches={searches} nameOf={({ scope }) => scope} keyOf={keyOfSearch} />
          </tr>
        </thead>
        <tbody>
          {propertiesIn(run).map(({ id, title }) => (
            <tr key={id}>
              <th scope="row" title={run.cases.find(({ property }) => property === id)?.statement}>
                <b>{id}</b> <span>{title}</span>
              </th>
              {searches.map((search) => {
                const found = run.cases.find((one) => one.property === id && isSameSearch(one, search));
                const drawn = cases.find((one) => one.property === id && isSameSearch(one, search));
                return (
                  <td key={keyOfSearch(search)}>
                    {found === undefined ? (
                      <span class="faint" title="does not speak about this variant">
                        ·
                      </span>
                    ) : (
                      <Verdict found={found} link={drawn?.id} />
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

const keyOfSearch = ({ variant, form, scope }: Search): string => `${variant} ${form} ${scope}`;

const SHAPES = { holds: '✓', violated: '◆', vacuous: '○', bounded: '…' } as const;

/** Shape and class of one verdict: as known, or not. */
function lookOf({ standing, verdict }: ReportedCase): { readonly shape: string; readonly look: string } {
  if (standing === 'unexpected') return { shape: '', look: 'unexpected' };
  if (standing === 'inconclusive') return { shape: '', look: 'inconclusive' };
  return { shape: SHAPES[verdict.kind], look: verdict.kind === 'violated' ? 'known' : verdict.kind };
}

function Verdict({ found, link }: { readonly found: ReportedCase; readonly link: string | undefined }) {
  const { shape, look } = lookOf(found);
  const text = `${shape} ${verdictText(found)}`.trim();
  if (link === undefined) return <span class={`verdict ${look}`}>{text}</span>;
  return (
    <a class={`verdict ${look}`} href={linkTo({ view: 'case', id: link, step: lengthOf(found) })}>
      {text}
    </a>
  );
}

function Legend() {
  return (
    <ul class="legend words">
      <li>
        <span class="verdict holds">✓ holds</span> in every reachable state
      </li>
      <li>
        <span class="verdict known">◆ NAME in n</span> broken as known, shortest run of n steps
      </li>
      <li>
        <span class="verdict unexpected">✗</span> not as expected
      </li>
      <li>
        <span class="verdict vacuous">○ vacuous</span> its case never came up
      </li>
      <li>
        <span class="verdict inconclusive">? bounded</span> the search stopped early: no answer
      </li>
      <li>
        <span class="faint">·</span> says nothing about this variant
      </li>
    </ul>
  );
}

/** What stands behind each name. */
function Findings({ data: { stories, cases } }: { readonly data: PageData }) {
  const told = stories.filter(({ id }) => cases.some(({ finding }) => finding === id));
  if (told.length === 0) return null;
  const found = (id: string): readonly PageCase[] => cases.filter(({ finding }) => finding === id);
  return (
    <section>
      <h2>Findings</h2>
      <div class="stories">
        {told.map(({ id, title, story }) => (
          <article key={id}>
            <h3>
              {id}: {title}
            </h3>
            <p>{story}</p>
            <ul class="found">
              {[...new Set(found(id).map(searchName))].map((search) => (
                <li key={search}>
                  <span class="faint">{search}</span>{' '}
                  {found(id)
                    .filter((one) => searchName(one) === search)
                    .map((one) => (
                      <a key={one.id} href={linkTo({ view: 'case', id: one.id, step: one.steps.length })}>
                        {one.property}
                      </a>
                    ))}
                </li>
              ))}
            </ul>
          </article>
        ))}
      </div>
    </section>
  );
}

function Searches({ data: { run } }: { readonly data: PageData }) {
  const isConfirmed = run.searches.some(({ secondOpinion }) => secondOpinion !== undefined);
  return (
    <section>
      <h2>Searches</h2>
      <Scroll label="Searches">
        <table>
          <thead>
            <tr>
              <th scope="col">search</th>
              <th scope="col">form</th>
              <th scope="col" class="number">
                states
              </th>
              <th scope="col" class="number">
                transitions
              </th>
              <th scope="col" class="number">
                depth
              </th>
              <th scope="col">end</th>
              {isConfirmed ? <th scope="col">another checker</th> : null}
              <th scope="col">families never taken</th>
            </tr>
          </thead>
          <tbody>
            {run.searches.map((search) => (
              <tr key={keyOfSearch(search)}>
                <th scope="row">{searchName(search)}</th>
                <td>{search.form}</td>
                <td class="number">{grouped(search.states)}</td>
                <td class="number">{grouped(search.transitions)}</td>
                <td class="number">{search.depth}</td>
                <td>{search.limit === undefined ? 'exhaustive' : `bounded: ${search.limit}`}</td>
                {isConfirmed ? (
                  <td>{search.secondOpinion === undefined ? '·' : stampText(search.secondOpinion)}</td>
                ) : null}
                <td>
                  <Never families={search.neverTaken} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  );
}

type NeverTaken = PageData['run']['searches'][number]['neverTaken'];

function Never({ families }: { readonly families: NeverTaken }) {
  if (families.length === 0) return <>none</>;
  const reasons = new Map<string, string[]>();
  for (const { family, why = 'nobody says why' } of families)
    reasons.set(why, [...(reasons.get(why) ?? []), family]);
  return (
    <details>
      <summary>{families.length}</summary>
      <dl>
        {[...reasons].map(([why, names]) => (
          <div key={why}>
            <dt>{why}</dt>
            <dd>
              <code>{names.join(' ')}</code>
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
