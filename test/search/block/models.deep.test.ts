/** On more shipped variants, as models.test.ts. */
import { it } from 'vitest';
import { lifecycle } from '../../../models/variants/lifecycle.ts';
import { v0 } from '../../../models/variants/v0.ts';
import { expectSameInBlocks } from '../../support/block-models.ts';

it.each([v0, lifecycle])('$id', (protocol) => expectSameInBlocks(protocol));
