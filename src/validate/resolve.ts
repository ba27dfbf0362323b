/**
 * How a label with more pages than one section tells of becomes labels of the charts: the payload is solved from what the
 * sections can give.
 */
import { BOOT } from '../core/label.ts';
import { type Belief, type Step, UNTOLD } from './belief.ts';

/** Pages of a section that are on the balloon list for sure, with and without a frame behind. */
const listed = (belief: Belief, section: number) => {
  const quantities = belief.section(section);
  return { empty: quantities['ballooned'] ?? 0, backed: quantities['balloonedBacked'] ?? 0 };
};

/**
 * A populate of `pages` that began in `section`: pages of that section first (given loose ones if it has too few), the rest
 * from sections untold. Where it has both empty and backed pages, either may come first: two beliefs.
 */
export function populate(belief: Belief, section: number, pages: number): readonly Step[] {
  const { empty, backed } = listed(belief, section);
  const orders: readonly (readonly ('populate.ok' | 'populate.over')[])[] =
    empty > 0 && backed > 0
      ? [
          ['populate.ok', 'populate.over'],
          ['populate.over', 'populate.ok'],
        ]
      : [['populate.ok', 'populate.over']];
  return orders.map((order) => populateInOrder(belief, section, pages, order));
}

function populateInOrder(
  start: Belief,
  section: number,
  pages: number,
  order: readonly ('populate.ok' | 'populate.over')[],
): Step {
  let belief = start;
  let left = pages;
  for (const type of order) {
    const here = listed(belief, section);
    const part = Math.min(left, type === 'populate.ok' ? here.empty : here.backed);
    if (part === 0) continue;
    const step = belief.take({ type, section, pages: part });
    if (!step.ok) return step;
    belief = step.belief;
    left -= part;
  }
  if (left === 0) return { ok: true, belief };
  const drawn = draw(belief, section, left);
  if (!drawn.step.ok) return drawn.step;
  belief = drawn.step.belief;
  if (drawn.pages > 0) {
    const step = belief.take({ type: 'populate.ok', section, pages: drawn.pages });
    if (!step.ok) return step;
    belief = step.belief;
    left -= drawn.pages;
  }
  if (left === 0) return { ok: true, belief };
  if (left === pages)
    return {
      ok: false,
      refused: [{ chart: nameOf(section), state: 'none of its pages is on the balloon list' }],
    };
  const step = belief.take({ type: 'populate.ok', section: UNTOLD, pages: left });
  return step.ok ? { ok: true, belief: step.belief.withLoose(step.belief.loose - left) } : step;
}

/** Gives a section as many loose pages as it can hold, up to `pages`. */
function draw(
  belief: Belief,
  section: number,
  pages: number,
): { readonly step: Step; readonly pages: number } {
  const inUse = belief.section(section)['inUse'] ?? 0;
  const part = Math.max(0, Math.min(pages, belief.loose, inUse));
  return { step: part === 0 ? { ok: true, belief } : belief.settle(section, part), pages: part };
}

/** A decrease: its pages come from sections untold, which must have that many in use. */
export function decrease(belief: Belief, pages: number): Step {
  if (belief.sum('section', 'inUse') < pages)
    return { ok: false, refused: [{ chart: 'section', state: 'no section has that many pages in use' }] };
  const step = belief.take({ type: 'decrease.ok', section: UNTOLD, pages });
  return step.ok ? { ok: true, belief: step.belief.withLoose(step.belief.loose + pages) } : step;
}

/** Before a block can be isolated none of its pages may be on the list: pages a batch took from sections untold were its. */
export function clearList(belief: Belief, section: number): Belief {
  const { empty } = listed(belief, section);
  const part = Math.min(empty, Math.max(0, -belief.loose));
  if (part === 0) return belief;
  const step = belief.settle(section, -part);
  return step.ok ? step.belief : belief;
}

const nameOf = (section: number): string => (section === BOOT ? 'section[boot]' : `section[${section}]`);
