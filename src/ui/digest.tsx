/**
 * How each search came out, in a line: what the wide table below says in many columns.
 */
import { outcomeOf } from '../../reports/digest.ts';
import type { PageData } from '../../reports/page-data.ts';
import { isSameSearch, lengthOf, type ReportedCase, searchName } from '../../reports/run-report.ts';
import { linkTo } from './link.ts';
import { Scroll } from './parts.tsx';

/** Nothing for a single search, which the table says as well. */
export function Digest({ data: { run, cases: drawn } }: { readonly data: PageData }) {
  if (run.searches.length < 2) return null;
  const linkOf = (found: ReportedCase): string | undefined => {
    const id = drawn.find((one) => one.property === found.property && isSameSearch(one, found))?.id;
    return id === undefined ? undefined : linkTo({ view: 'case', id, step: lengthOf(found) });
  };
  return (
    <Scroll label="In short">
      <table class="digest">
        <caption>In short</caption>
        <tbody>
          {run.searches.map((search) => {
            const { counts, broken } = outcomeOf(run.cases.filter((one) => isSameSearch(one, search)));
            return (
              <tr key={searchName(search)}>
                <th scope="row">{searchName(search)}</th>
                <td class={broken.length === 0 && counts.length === 1 ? 'verdict holds' : 'faint'}>
                  {counts.join(', ')}
                </td>
                <td>
                  {broken.map(({ name, cases }) => (
                    <span class="group" key={name}>
                      {name}{' '}
                      {cases.map((one) => (
                        <Broken key={one.property} found={one} link={linkOf(one)} />
                      ))}
                    </span>
                  ))}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Scroll>
  );
}

function Broken({ found, link }: { readonly found: ReportedCase; readonly link: string | undefined }) {
  const look = found.standing === 'expected' ? 'verdict known' : 'verdict unexpected';
  if (link === undefined) return <span class={look}>{found.property}</span>;
  return (
    <a class={look} href={link}>
      {found.property}
    </a>
  );
}
