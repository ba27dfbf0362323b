/**
 * A real guest's time line as the report page draws it.
 */
import type { Timeline, TimelineRecord } from '../src/validate/timeline.ts';
import type { PageChange, PageGeometry, PageLog } from './page-data.ts';

/** `name` is the run's; a run with several guests gives each its own. */
export function pageLog(name: string, timeline: Timeline): PageLog {
  const { validation, start, records, breaches } = timeline;
  const { verdict, matched, records: all, rejection } = validation;
  const told = {
    accepted: `accepted: all ${all} records`,
    ambiguous: `ambiguous: ${matched} of ${all} records match`,
    rejected: `rejected after ${matched} records: ${rejection?.message ?? ''}`,
  };
  return {
    name,
    variant: validation.variant,
    verdict: told[verdict],
    geometry: geometryOf(timeline),
    start,
    records: records.map(({ seconds, task, text, meaning, changed }) => ({
      seconds,
      task,
      text,
      labels: meaning,
      changed,
    })),
    breaches,
  };
}

/** A log does not tell how many frames its host has: 0. A block is one section, as the validator reads it. */
function geometryOf({ validation, records }: Timeline): PageGeometry {
  const { pagesPerSection, total } = validation.geometry;
  return {
    sections: sectionsIn(records),
    pagesPerSection,
    sectionsPerBlock: 1,
    bootPages: total,
    hostPages: 0,
  };
}

const sectionsIn = (records: readonly TimelineRecord[]): number =>
  new Set(records.flatMap(({ changed }) => hotAdded(changed))).size;

const hotAdded = (changed: PageChange): readonly string[] =>
  Object.keys(changed).filter((id) => /^section\[\d+\]$/.test(id));
