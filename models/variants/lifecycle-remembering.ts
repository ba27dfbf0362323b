/**
 * The order made safe, and a range that add has refused is left alone: a base for mutants, named as the patch that it is
 * (`check --variant lifecycle+refusedRange=leftAlone`). No shipped driver is like that.
 */
import { changed } from '../protocol.ts';
import { lifecycle } from './lifecycle.ts';

export const lifecycleRemembering = changed(
  lifecycle,
  'lifecycle+refusedRange=leftAlone',
  `${lifecycle.summary}, with refusedRange=leftAlone`,
  { refusedRange: 'leftAlone' },
);
