/**
 * What a product or its charts can be written as. A new format is one entry of `FORMATS`.
 */
import type { Scope } from '../../../models/scope.ts';
import type { Property } from '../../../properties/property.ts';
import { controlOf } from '../../compile/control.ts';
import type { LtsTable } from '../../compile/table.ts';
import type { Product } from '../../compose/product.ts';
import { ok, type Result } from '../../core/result.ts';
import { productGraph } from '../../coverage/product-graph.ts';
import { chartLts, exportAldebaran } from '../../export/aldebaran.ts';
import { exportDot, exportMermaid } from '../../export/drawing.ts';
import { exportEvents, exportMonitor } from '../../export/monitor.ts';
import { exportPromela, TABLES } from '../../export/promela.ts';
import { exportScxml } from '../../export/scxml.ts';
import { exportTla, TLA_MODULE } from '../../export/tla.ts';
import { isExportable } from '../../export/watches.ts';
import { filledAlone } from '../../export/whole.ts';
import { probeOf } from '../../logs/probes.ts';
import { explored } from './explored.ts';
import { monitorRemarks, monitorsOf } from './monitors.ts';

export interface ExportTask {
  /** `variant/scope`. */
  readonly title: string;
  readonly variant: string;
  readonly form: string;
  readonly scope: Scope;
  readonly product: Product;
  /** The charts asked for, by id; empty for the whole product. */
  readonly charts: readonly LtsTable[];
  readonly properties: readonly Property[];
  /** Ids of properties that the catalog expects to be violated. */
  readonly expectedViolated: readonly string[];
}

/** A file in pieces, so that a large one is never one string. */
export interface ExportFile {
  readonly name: string;
  readonly pieces: Iterable<string>;
}

export interface ExportFormat {
  readonly summary: string;
  /** Fails where what was asked for cannot be written out whole. */
  readonly files: (task: ExportTask) => Result<readonly ExportFile[]>;
  /** What was found out about it: lines to print. */
  readonly remarks?: (task: ExportTask) => readonly string[];
  /** How to run what was written, in the folder it was written to. */
  readonly run?: string;
}

const whole = (name: string, text: string): ExportFile => ({ name, pieces: [text] });
const fileName = (table: LtsTable, ending: string): string =>
  `${table.chart.id.replace(/[^A-Za-z0-9]+/g, '-').replace(/-$/, '')}.${ending}`;

/** The charts asked for, or one of each kind. */
function chartsOf({ charts, product }: ExportTask): readonly LtsTable[] {
  if (charts.length > 0) return charts;
  const kinds = product.tables.map(({ chart }) => chart.kind);
  return product.tables.filter(({ chart }, at) => kinds.indexOf(chart.kind) === at);
}

/** One file a chart, of charts that can be written out whole. */
function eachAlone(
  charts: readonly LtsTable[],
  file: (table: LtsTable) => ExportFile,
): Result<readonly ExportFile[]> {
  const filled = filledAlone(charts);
  return filled.ok ? ok(filled.value.map(file)) : filled;
}

export const FORMATS: Readonly<Record<string, ExportFormat>> = {
  promela: {
    summary: 'the product for SPIN',
    files: ({ title, product, properties }) => {
      const asked = properties.filter(({ watch }) => isExportable(watch));
      const filled = explored(product);
      if (!filled.ok) return filled;
      const { model, tables } = exportPromela(filled.value, {
        title: `${title}; WATCH: ${asked.map(({ id }, at) => `${at} ${id}`).join(', ')}`,
        watches: asked.map(({ watch }) => watch),
        all: asked.map((_, at) => at),
      });
      return ok([whole('product.pml', model), whole(TABLES, tables)]);
    },
    run: 'spin -a product.pml && gcc -O2 -DSAFETY -DNOREDUCE -DWATCH_ALL -o pan pan.c && ./pan -m4000000 -w26',
  },
  tla: {
    summary: 'the product for TLC: a TLA+ module and its configuration',
    files: ({ title, product, properties, expectedViolated }) => {
      const filled = explored(product);
      if (!filled.ok) return filled;
      const { module, config } = exportTla(filled.value, {
        title,
        invariants: properties
          .filter(({ watch }) => isExportable(watch))
          .map(({ id, watch }) => ({ id, watch, isChecked: !expectedViolated.includes(id) })),
      });
      return ok([whole(`${TLA_MODULE}.tla`, module), whole(`${TLA_MODULE}.cfg`, config)]);
    },
    run: `java -cp tla2tools.jar tlc2.TLC -config ${TLA_MODULE}.cfg ${TLA_MODULE}.tla`,
  },
  aut: {
    summary: 'all transitions, in the format of Aldebaran (CADP, mCRL2): the product, or the charts named',
    files: ({ product, charts }) =>
      charts.length === 0
        ? ok([{ name: 'product.aut', pieces: exportAldebaran(productGraph(product), product.labels) }])
        : eachAlone(charts, (table) => ({
            name: fileName(table, 'aut'),
            pieces: exportAldebaran(chartLts(table), product.labels),
          })),
  },
  dot: {
    summary: 'charts as drawings for Graphviz',
    files: (task) =>
      eachAlone(chartsOf(task), (table) =>
        whole(fileName(table, 'dot'), exportDot(table.chart.id, controlOf(table, task.product.labels))),
      ),
    run: 'for f in *.dot; do dot -Tsvg -O "$f"; done',
  },
  mermaid: {
    summary: 'charts as state diagrams of Mermaid',
    files: (task) =>
      eachAlone(chartsOf(task), (table) =>
        whole(fileName(table, 'mmd'), exportMermaid(table.chart.id, controlOf(table, task.product.labels))),
      ),
  },
  rv: {
    summary: 'monitors for the kernel (Documentation/trace/rv): the balloon thread and one memory block',
    files: ({ product }) => {
      const monitors = monitorsOf(product);
      return ok([
        ...monitors.map((monitor) => whole(`${monitor.kind.name}.dot`, exportMonitor(monitor))),
        whole(
          'events.md',
          exportEvents(monitors, (probe) => probeOf(probe)?.of.traces ?? probe),
        ),
      ]);
    },
    remarks: ({ variant, form, scope }) => monitorRemarks(variant, form, scope),
    run: 'for f in *.dot; do PYTHONPATH=$LINUX/tools/verification python3 $LINUX/tools/verification/dot2/dot2c $f; done',
  },
  scxml: {
    summary: 'charts as SCXML documents, a state a local state',
    files: (task) =>
      eachAlone(chartsOf(task), (table) =>
        whole(fileName(table, 'scxml'), exportScxml(table, task.product.labels)),
      ),
  },
};
