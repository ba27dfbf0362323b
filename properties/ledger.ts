/**
 * The page ledger: every counter of guest, driver and hypervisor on one sheet.
 * Orphaned frames are what Xen counts for the domain and no page has.
 */
import type { LedgerLine } from '../src/trace/trace.ts';

export const ledgerLines: readonly LedgerLine[] = [
  { name: 'tot', sum: { 'hypervisor.tot': 1 } },
  { name: 'max', sum: { 'hypervisor.max': 1 } },
  { name: 'host free', sum: { 'hypervisor.free': 1 } },
  { name: 'other domain', sum: { 'hypervisor.other': 1 } },
  { name: 'target', sum: { 'books.target': 1 } },
  { name: 'current', sum: { 'books.current': 1 } },
  { name: 'low', sum: { 'books.low': 1 } },
  { name: 'total', sum: { 'need.total': 1 } },
  { name: 'in use', sum: { 'section.inUse': 1 } },
  { name: 'in use·empty', sum: { 'section.inUseEmpty': 1 } },
  { name: 'ballooned', sum: { 'section.ballooned': 1 } },
  { name: 'ballooned·backed', sum: { 'section.balloonedBacked': 1 } },
  { name: 'lent', sum: { 'section.lent': 1 } },
  { name: 'lent·backed', sum: { 'section.lentBacked': 1 } },
  { name: 'offline·backed', sum: { 'section.offlineBacked': 1 } },
  { name: 'offline·empty', sum: { 'section.offlineEmpty': 1 } },
  { name: 'filled', sum: { 'section.filled': 1 } },
  {
    name: 'orphaned',
    sum: {
      'hypervisor.tot': 1,
      'section.inUse': -1,
      'section.balloonedBacked': -1,
      'section.lentBacked': -1,
      'section.offlineBacked': -1,
      'section.filled': -1,
      'pod.cache': -1,
      'adder.brought': 1,
    },
  },
];
