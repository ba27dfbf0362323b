/** A product as another checker is given it. */
import type { Product } from '../../compose/product.ts';
import type { Result } from '../../core/result.ts';
import { type FilledProduct, filledTogether } from '../../export/whole.ts';
import { explore } from '../../search/search.ts';

/** Charts too large alone go as far as the plain search takes them. Fails where that does not end (CHART_TOO_LARGE). */
export const explored = (product: Product): Result<FilledProduct> =>
  filledTogether(product, (whole) => explore(whole, []).complete);
