/**
 * The library: variants, mutants and properties from outside the tree, and the two questions asked of them.
 * Modules given with `--models` import this as `ballast`.
 */
export { admit } from './api/admit.ts';
export { type CheckRequest, check } from './api/check.ts';
export {
  type Definition,
  defineMutant,
  defineProperty,
  defineVariant,
  type MutantDefinition,
  type PropertyDefinition,
  type PropertySpec,
  type VariantDefinition,
} from './api/define.ts';
export { type ValidateRequest, validate } from './api/validate.ts';
