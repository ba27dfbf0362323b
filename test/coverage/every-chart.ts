/** Builds every chart of every variant and mutant, for those who watch `chart` being called (see instrument.ts). */
import { pv32, pv64 } from '../../models/forms/pv.ts';
import { pvh64 } from '../../models/forms/pvh.ts';
import { guestCharts } from '../../models/guest.ts';
import { ACTORS } from '../../models/scope.ts';
import { single } from '../../models/scopes.ts';
import { variants } from '../../models/variants/all.ts';
import { mutants } from '../../properties/mutants/all.ts';

/** `building` is told the id of the protocol whose charts come next; shipped variants first. */
export function everyChart(building: (id: string) => void): void {
  const usual = ACTORS.filter((actor) => actor !== 'p2m');
  const managed = ACTORS.filter((actor) => actor !== 'p2m' && actor !== 'libxl');
  for (const protocol of [...variants, ...mutants.map((mutant) => mutant.protocol)]) {
    building(protocol.id);
    for (const onlining of ['hand', 'both', 'any'] as const)
      for (const writer of ['libxl', 'any'] as const)
        guestCharts(protocol, pv64, { ...single, onlining, writer, actors: usual });
    guestCharts(protocol, pv64, { ...single, onlining: 'both', actors: managed });
    // Entries of the P2M come last: most of what they change is written elsewhere.
    for (const form of [pv64, pv32, pvh64])
      guestCharts(protocol, form, { ...single, onlining: 'both', actors: ACTORS });
  }
}
