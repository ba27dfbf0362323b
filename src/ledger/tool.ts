/**
 * The toolstack's operations step by step, and the store between it and the guest.
 */
import { type Carried, type Effects, unless } from './effects.ts';
import type { Guest } from './guest.ts';

export class Tool {
  /** memory/target and memory/static-max in the store; whether the guest has yet to read the first. */
  target: number;
  most: number;
  unread = false;
  /** The guest has looked for the first time; what it takes from every target since. */
  looked = false;
  offset = 0;
  /** Limit after the last operation that went well. */
  limit: number;
  /** Operation in hand: nothing · limit set, target next · to begin anew · limit set, static-max next · to set the limit back. */
  doing: 'nothing' | 'setting' | 'anew' | 'raising' | 'back' = 'nothing';
  pages = 0;

  constructor(target: number, most: number) {
    this.target = target;
    this.limit = target;
    this.most = most;
  }
}

export function toolEffects(guest: Guest): Effects {
  const { tool, facts } = guest;
  const ends = (doing: Tool['doing'] = 'nothing'): void => {
    tool.doing = doing;
  };
  const fails = (while_: Tool['doing']) => () => {
    const wrong = unless(tool.doing === while_, 'no such operation is in hand');
    ends(facts.failedOrderIsUndone ? 'back' : 'nothing');
    return wrong;
  };
  return {
    'max.set': ({ pages }: Carried) => {
      const { doing } = tool;
      guest.max = pages;
      if (doing === 'back') {
        ends();
        return unless(pages === tool.limit, 'that is not the limit of before');
      }
      ends('setting');
      const wrong =
        doing === 'anew'
          ? unless(pages === tool.pages, 'the operation is about another target')
          : unless(doing === 'nothing' && pages <= tool.most, 'the target is above static-max');
      tool.pages = pages;
      return wrong;
    },
    'store.set': ({ pages }: Carried) => {
      const wrong = unless(tool.doing === 'setting' && pages === tool.pages, 'no such target is ordered');
      ends();
      tool.target = pages;
      tool.limit = pages;
      tool.unread = true;
      return wrong;
    },
    'store.again': () => {
      const wrong = unless(tool.doing === 'setting', 'there is no transaction');
      ends('anew');
      return wrong;
    },
    'store.fail': fails('setting'),
    'memmax.set': ({ pages }: Carried) => {
      const wrong = unless(
        tool.doing === 'nothing' && pages >= tool.target,
        'the limit is below the target that stands',
      );
      guest.max = pages;
      tool.pages = pages;
      ends('raising');
      return wrong;
    },
    'memmax.write': () => {
      const wrong = unless(tool.doing === 'raising', 'no limit was set');
      ends();
      tool.most = tool.pages;
      tool.limit = tool.pages;
      return wrong;
    },
    'memmax.fail': fails('raising'),
    'look.first': ({ pages }: Carried) => {
      const wrong = unless(!tool.looked && pages === tool.most, 'that is not static-max, or was seen before');
      tool.looked = true;
      tool.unread = true;
      if (facts.looksTakeOffset) tool.offset = pages - guest.thread.target;
      return wrong;
    },
    'target.set': ({ pages }: Carried) => {
      const wrong = unless(
        tool.unread && pages === tool.target,
        'the store says another target, or nothing new',
      );
      tool.unread = false;
      guest.lastTarget = pages;
      guest.thread.order(pages - tool.offset);
      return wrong;
    },
  };
}
