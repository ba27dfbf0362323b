/** Further actors at real size: the ledger never differs from the charts, and no quantity of theirs escapes it. */
import { describe, expect, it } from 'vitest';
import type { Form } from '../../models/form.ts';
import { pv64 } from '../../models/forms/pv.ts';
import { pvh64 } from '../../models/forms/pvh.ts';
import { realScope } from '../../models/hosts.ts';
import type { Actor } from '../../models/scope.ts';
import { lifecycle } from '../../models/variants/lifecycle.ts';
import { v0 } from '../../models/variants/v0.ts';
import { v1a } from '../../models/variants/v1a.ts';
import { v1c } from '../../models/variants/v1c.ts';
import { v2 } from '../../models/variants/v2-4.4.ts';
import { v3 } from '../../models/variants/v3.ts';
import { setupOf } from '../../src/cli/fuzz/setup.ts';
import { REAL } from '../fuzz/fuzzed.ts';
import { isNoticed, unnoticed } from './falsified.ts';

/** Each with a variant on which it can do all that it does. */
const ACTORS: readonly (readonly [Actor, typeof v3, Form?])[] = [
  ['pageUser', v1a],
  ['pageUser', v1c],
  ['pageUser', lifecycle],
  ['hotplugUser', v2],
  ['hotplugUser', v3],
  ['newcomer', v3],
  ['backend', v3],
  ['special', v3, pvh64],
  ['special', lifecycle, pvh64],
  ['p2m', v0],
  ['p2m', v1c],
  ['p2m', v3],
  ['p2m', lifecycle],
  ['migrator', v3],
  ['migrator', v1c],
  ['secondBorrower', v3],
  ['firstLook', v3, pvh64],
  ['tables', v3],
  ['tables', lifecycle],
  ['scratch', v3],
  ['scratch', lifecycle],
  ['zones', v3],
  ['zones', lifecycle],
  ['builder', v3],
  ['builder', lifecycle],
  ['dimm', v1c],
  ['dimm', v3],
  ['dimm', lifecycle],
  ['qmemman', v3],
  ['qmemman', lifecycle],
  ['libxl', v3],
  ['libxl', lifecycle],
];

/** Those who do nothing alone. */
const WITH: Readonly<Partial<Record<Actor, readonly Actor[]>>> = {
  special: ['special', 'pageUser'],
  firstLook: ['libxl', 'firstLook'],
  builder: ['squeezed', 'builder'],
  qmemman: ['qmemman', 'builder'],
  secondBorrower: ['pageUser', 'secondBorrower'],
};

describe.each(ACTORS.map(([actor, protocol, form = pv64]) => [actor, protocol, form] as const))(
  '%s beside $id',
  (actor, protocol, form) => {
    const actors: readonly Actor[] = WITH[actor] ?? [actor];
    const scope = { ...realScope(protocol, form, REAL), actors };
    const pages = ['p2m', 'special', 'scratch'].includes(actor)
      ? ['section[0]', 'section[boot]', 'balloon']
      : [];

    it('is followed by the ledger', () => {
      expect(isNoticed(setupOf(protocol, form, scope), 3, 2000)).toBe(false);
    });

    it('has no quantity that may be off by one', () => {
      expect(
        unnoticed(protocol, {
          scope,
          form,
          ids: [
            'pageUser',
            'need',
            'toolstack',
            'xenstore',
            'newcomer',
            'migrator',
            'zones',
            'adder',
            'neighbour',
            'builder',
            'secondBorrower',
            'scratch',
            'hypervisor',
            ...pages,
          ],
        }),
      ).toEqual([]);
    });
  },
);
