/** The guest form in which the actors of a scope can do what they do. */
import type { Form } from '../../models/form.ts';
import { hvm64 } from '../../models/forms/hvm.ts';
import { pv64 } from '../../models/forms/pv.ts';
import { has, type Scope } from '../../models/scope.ts';

export const formFor = (scope: Scope): Form => (scope.bootPod > 0 || has(scope, 'special') ? hvm64 : pv64);
