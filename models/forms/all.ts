/** Every guest form. A new one is an entry here and, where a chart has to know, a field of models/form.ts. */
import { fail, ok, type Result } from '../../src/core/result.ts';
import { absence, type Form } from '../form.ts';
import type { Protocol } from '../protocol.ts';
import { hvm32, hvm64 } from './hvm.ts';
import { pv32, pv64, pvDom0 } from './pv.ts';
import { pvh64, pvhDom0 } from './pvh.ts';

export const forms: readonly Form[] = [pv64, pv32, hvm64, hvm32, pvh64, pvDom0, pvhDom0];

const NEEDS_PAE = 'Xen support needs PAE on 32 bits: no kernel has a Xen balloon without it';

/** Forms that a person may name and nobody can run. */
const impossible: Readonly<Record<string, string>> = { 'pv-i386': NEEDS_PAE, 'hvm-i386': NEEDS_PAE };

/** `UNKNOWN_FORM`, or `FORM_IMPOSSIBLE` with the reason. */
export function findForm(id: string): Result<Form> {
  const form = forms.find((one) => one.id === id);
  if (form !== undefined) return ok(form);
  const why = impossible[id];
  const expected = forms.map((one) => one.id).join(' ');
  return why === undefined
    ? fail({ code: 'UNKNOWN_FORM', message: `there is no form ${id}`, expected })
    : fail({ code: 'FORM_IMPOSSIBLE', message: `${id}: ${why}`, expected });
}

/** The form of that id where the protocol exists in it; else `UNKNOWN_FORM`, `FORM_IMPOSSIBLE` or `FORM_ABSENT`. */
export function formOf(id: string, protocol: Protocol): Result<Form> {
  const found = findForm(id);
  if (!found.ok) return found;
  const why = absence(protocol, found.value);
  return why === undefined ? found : fail({ code: 'FORM_ABSENT', message: `${id} has no ${why}` });
}
