/**
 * Every chart and its local state; what moved in this step stands out and says what it was.
 */
import type { PageChange } from '../../reports/page-data.ts';
import type { Locals } from './states.ts';

interface ChartListProps {
  readonly locals: Locals;
  readonly before: Locals | undefined;
  readonly changed: PageChange | undefined;
}

/** With more charts than this, numbered ones are listed only where they moved. */
const ALL_MAX = 40;

export function ChartList({ locals, before, changed }: ChartListProps) {
  const all = Object.entries(locals);
  const moved = (id: string): boolean => changed?.[id] !== undefined;
  const shown = all.filter(([id]) => all.length <= ALL_MAX || !id.includes('[') || moved(id));
  return (
    <section class="charts-now" aria-label="Charts">
      <h2>Charts</h2>
      <table>
        <tbody>
          {shown.map(([id, { show }]) => {
            const was = before?.[id]?.show;
            return (
              <tr key={id} class={moved(id) ? 'changed' : ''}>
                <th scope="row">
                  {moved(id) ? <span class="moved">moved</span> : null}
                  {id}
                </th>
                <td>
                  {show}
                  {moved(id) && was !== undefined && was !== show ? <span class="was">was {was}</span> : null}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {shown.length < all.length ? (
        <p class="faint">{all.length - shown.length} numbered charts that did not move are not listed.</p>
      ) : null}
    </section>
  );
}
