/**
 * `--explain callback`: a field of a protocol, which is what a patch changes.
 */
import { choices, type Field, patchName, readPatch, type Value, valueText } from '../../../models/choices.ts';
import { fieldDocs } from '../../../models/field-docs.ts';
import { variants } from '../../../models/variants/all.ts';
import { v3 } from '../../../models/variants/v3.ts';
import { mutants } from '../../../properties/mutants/all.ts';
import { field, fields } from './labelled.ts';

/** A heading and its lines: what it says, who says what, which planted bugs change it, and a patch to begin with. */
export function explainField(name: Field): string[] {
  const [part, text] = fieldDocs[name] ?? ['', ''];
  const values = (choices[name] ?? []) as readonly Value[];
  const other = values.find((value) => value !== v3[name]);
  const patch = other === undefined ? undefined : readPatch(patchName(v3.id, name, other), [v3]);
  return [
    `${name}: a field of a protocol`,
    '',
    ...field('says', text),
    ...field('part', part),
    ...fields(
      'values',
      values.map((value) => {
        const ids = variants.filter((one) => one[name] === value).map(({ id }) => id);
        return `${valueText(value)}: ${ids.length === 0 ? 'no variant' : ids.join(' ')}`;
      }),
    ),
    ...field(
      'mutants',
      mutants
        .filter(({ field: changes }) => changes === name)
        .map(({ id }) => id)
        .join(' '),
    ),
    ...field('try', patch?.ok === true ? `ballast diff ${v3.id} ${patch.value.id}` : ''),
  ];
}
