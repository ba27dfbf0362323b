/**
 * The requirement matrix: each sentence of a specification, what speaks of it, and the verdict per variant.
 */
import type { PageData } from '../../reports/page-data.ts';
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

export function Requirements({ data: { requirements, logs } }: { readonly data: PageData }) {
  const variants = [
    ...new Set(requirements.flatMap(({ verdicts }) => verdicts.map(({ variant }) => variant))),
  ];
  if (requirements.length === 0)
    return (
      <>
        <Title>Requirements</Title>
        <Empty what="No requirements are part of this page. This lists them:" command="ballast spec" />
      </>
    );
  return (
    <>
      <Title>Requirements</Title>
      <p class="lead">Every sentence, and the charts, properties, runs and real logs it is tied to.</p>
      <Scroll label="Requirements">
        <table class="requirements" style={{ '--variants': String(variants.length) }}>
          <colgroup>
            <col class="first" />
            {variants.map((variant) => (
              <col key={variant} class="variant" />
            ))}
            <col class="properties" />
            <col />
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
            {requirements.map((one) => (
              <tr key={one.id}>
                <th scope="row">
                  <b>{one.id}</b> <span class="faint">{one.source}</span>
                  <span class="sentence">{one.sentence}</span>
                  {one.why === undefined ? null : <span class="sentence faint">Not modelled: {one.why}</span>}
                </th>
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
                    <span key={id}>{id} </span>
                  ))}
                </td>
                <td>
                  {one.charts.join(', ')}
                  {one.labels.length === 0 ? null : <code class="labels">{one.labels.join(' ')}</code>}
                </td>
                <td>
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
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </>
  );
}
