/** Every shipped variant, oldest first. A new one is one file in this folder and one line here. */
import type { Protocol } from '../protocol.ts';
import { lifecycle } from './lifecycle.ts';
import { lifecycleRemoving } from './lifecycle-removing.ts';
import { v0 } from './v0.ts';
import { v1a } from './v1a.ts';
import { v1b } from './v1b.ts';
import { v1c } from './v1c.ts';
import { v2 } from './v2-4.4.ts';
import { v2Later } from './v2-4.11.ts';
import { v3 } from './v3.ts';
import { v3Patched } from './v3-patched.ts';

const known: Protocol[] = [v0, v1a, v1b, v1c, v2, v2Later, v3, v3Patched, lifecycle, lifecycleRemoving];
export const variants: readonly Protocol[] = known;

/** One from outside the tree (`--models`); before anything is planned, never later. */
export const addVariant = (protocol: Protocol): void => void known.push(protocol);
