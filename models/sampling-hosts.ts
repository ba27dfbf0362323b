/**
 * Families of what happens to a guest from outside, beside claims: it is saved, or migrated. None carries a payload.
 */
import { has, type Scope } from './scope.ts';

export function hostFamilies(scope: Scope): readonly string[] {
  return [
    ...(has(scope, 'suspender') ? ['suspend.ok'] : []),
    ...(has(scope, 'migrator') ? ['migrate.begin', 'migrate.round', 'migrate.moved', 'migrate.abort'] : []),
  ];
}
