/** `validate` as a function: the logs of real guests judged by the charts of a variant. */
import { variants } from '../../models/variants/all.ts';
import { properties } from '../../properties/all.ts';
import { fail, type Result } from '../core/result.ts';
import type { LogStore } from '../logs/segments.ts';
import { validate as judge, type Validation } from '../validate/validate.ts';

export interface ValidateRequest {
  /** Files and folders, as the store names them. */
  readonly paths: readonly string[];
  readonly store: LogStore;
  /** Id of a shipped or admitted variant; mainline by default. */
  readonly variant?: string;
}

/** One validation a guest; UNKNOWN_VARIANT, or what keeps the input from being a log. */
export function validate({ paths, store, variant = 'v3' }: ValidateRequest): Result<readonly Validation[]> {
  const protocol = variants.find(({ id }) => id === variant);
  if (protocol === undefined)
    return fail({
      code: 'UNKNOWN_VARIANT',
      message: `there is no variant ${variant}`,
      expected: variants.map(({ id }) => id).join(' '),
    });
  return judge(paths, store, { protocol, properties });
}
