/**
 * The requirement matrix: each sentence of a specification, what speaks of it, and the verdict per variant.
 */
import { type ComponentChildren, Fragment } from 'preact';
import { useState } from 'preact/hooks';
import type { PageData, PageRequirement } from '../../reports/page-data.ts';
import { linkTo } from './link.ts';
import { Empty, Scroll, Title } from './parts.tsx';

/** Shape and look of a verdict, by its first word. */
const LOOKS: Readonly<Record<string, readonly [shape: string, look: string]>> = {
  verified: ['✓', 'holds'],
  refuted: ['◆', 'known'],
  vacuous: ['○', 'vacuous'],
  bounded: ['…', 'bounded'],
};

/** `refuted by W3d (I-10)`; a refutation that nobody knew says NEW. */
function Verdict({ verdict }: { readonly verdict: string }) {
  const [kind = ''] = verdict.split(' ');
  const [shape, look] = LOOKS[kind] ?? ['', 'bounded'];
  const isNew = /\bNEW\b/.test(verdict);
  return (
    <span class={`verdict words ${isNew ? 'unexpected' : look}`}>
      {isNew ? '✗' : shape} {verdict}
    </span>
  );
}

/** What a requirement can be asked for, in the order of the choice. */
const STANDINGS = [
  ['all', 'any verdict'],
  ['refuted', 'refuted somewhere'],
  ['verified', 'verified somewhere'],
  ['open', 'vacuous, bounded or without a row'],
  ['not modelled', 'not modelled'],
] as const;
export type Standing = (typeof STANDINGS)[number][0];

const isNotModelled = ({ verdicts }: PageRequirement): boolean =>
  verdicts.every(({ verdict }) => verdict === 'not modelled');

function hasStanding(one: PageRequirement, standing: Standing): boolean {
  if (standing === 'all') return true;
  if (standing === 'not modelled' || isNotModelled(one))
    return standing === 'not modelled' && isNotModelled(one);
  const has = (kind: string): boolean => one.verdicts.some(({ verdict }) => verdict.startsWith(kind));
  return standing === 'open' ? !has('refuted') && !has('verified') : has(standing);
}

/** `The proposal of July 2010`, without the place in it. */
const bookOf = ({ source }: PageRequirement): string => source.replace(/:.*$/, '');

export function Requirements({ data: { requirements, logs } }: { readonly data: PageData }) {
  const [standing, setStanding] = useState<Standing>('all');
  const [book, setBook] = useState('');
  if (requirements.length === 0)
    return (
      <>
        <Title>Requirements</Title>
        <Empty what="No requirements are part of this page. This lists them:" command="ballast spec" />
      </>
    );
  const books = [...new Set(requirements.map(bookOf))];
  const shown = requirements.filter(
    (one) => hasStanding(one, standing) && (book === '' || bookOf(one) === book),
  );
  return (
    <>
      <Title>Requirements</Title>
      <p class="lead">Every sentence, and the charts, properties, runs and real logs it is tied to.</p>
      <div class="choose">
        <label>
          Verdict{' '}
          <select value={standing} onChange={(event) => setStanding(event.currentTarget.value as Standing)}>
            {STANDINGS.map(([id, name]) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <label>
          Source{' '}
          <select value={book} onChange={(event) => setBook(event.currentTarget.value)}>
            <option value="">every source</option>
            {books.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
        <output>
          {shown.length} of {requirements.length}
        </output>
      </div>
      {shown.length === 0 ? <p class="empty">None is like that.</p> : <Matrix shown={shown} logs={logs} />}
    </>
  );
}

interface MatrixProps {
  readonly shown: readonly PageRequirement[];
  readonly logs: PageData['logs'];
}

function Matrix({ shown, logs }: MatrixProps) {
  const variants = [...new Set(shown.flatMap(({ verdicts }) => verdicts.map(({ variant }) => variant)))];
  return (
    <Scroll label="Requirements">
      <table class="requirements" style={{ '--variants': String(variants.length) }}>
        <colgroup>
          <col class="first" />
          {variants.map((variant) => (
            <col key={variant} class="variant" />
          ))}
          <col class="properties" />
          <col class="parts" />
          <col class="logs" />
        </colgroup>
        <thead>
          <tr>
            <th scope="col">requirement</th>
            {variants.map((variant) => (
              <th scope="col" key={variant}>
                {variant}
              </th>
            ))}
            <th scope="col">properties</th>
            <th scope="col">charts, labels</th>
            <th scope="col">seen in real logs</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((one) => (
            <Row key={one.id} one={one} variants={variants} logs={logs} />
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

interface RowProps {
  readonly one: PageRequirement;
  readonly variants: readonly string[];
  readonly logs: PageData['logs'];
}

function Row({ one, variants, logs }: RowProps) {
  const sentence = (
    <>
      <b>{one.id}</b> <span class="faint">{one.source}</span>
      <span class="sentence">{one.sentence}</span>
    </>
  );
  // Without a verdict there is nothing to compare: the row is its sentence, and why.
  if (isNotModelled(one))
    return (
      <tr class="not-modelled">
        <th scope="row" colSpan={variants.length + 4}>
          <div>
            {sentence}
            <span class="sentence faint">Not modelled{one.why === undefined ? '' : `: ${one.why}`}</span>
          </div>
        </th>
      </tr>
    );
  return (
    <tr>
      <th scope="row">{sentence}</th>
      {variants.map((variant) => {
        const verdict = one.verdicts.find((of) => of.variant === variant)?.verdict;
        return (
          <td key={variant}>
            {verdict === undefined ? <span class="faint">·</span> : <Verdict verdict={verdict} />}
          </td>
        );
      })}
      <td class="ids">
        {one.properties.length === 0 ? '·' : null}
        {one.properties.map((id) => (
          <Fragment key={id}>
            <span>{id}</span>{' '}
          </Fragment>
        ))}
      </td>
      <td>
        {one.charts.join(', ')}
        <Folded count={one.labels.length} what="labels">
          <code class="labels">{one.labels.join(' ')}</code>
        </Folded>
      </td>
      <td>
        <Folded count={one.logs.length} what="logs">
          {one.logs.map((name) =>
            logs.some((log) => log.name === name) ? (
              <a key={name} class="each" href={linkTo({ view: 'log', name, record: 0 })}>
                {name}
              </a>
            ) : (
              <span key={name} class="each">
                {name}
              </span>
            ),
          )}
        </Folded>
      </td>
    </tr>
  );
}

/** More would make its row longer than what it says. */
const SHOWN_MAX = 4;

interface FoldedProps {
  readonly count: number;
  readonly what: string;
  readonly children: ComponentChildren;
}

/** A long list opens when somebody asks. */
function Folded({ count, what, children }: FoldedProps) {
  if (count <= SHOWN_MAX) return <>{children}</>;
  return (
    <details>
      <summary>
        {count} {what}
      </summary>
      {children}
    </details>
  );
}
