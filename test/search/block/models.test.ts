/** On a shipped variant blocks say what the plain engine says: counts, violating states, and the very runs. */
import { it } from 'vitest';
import { v3 } from '../../../models/variants/v3.ts';
import { expectSameInBlocks } from '../../support/block-models.ts';

it('v3', () => expectSameInBlocks(v3));
