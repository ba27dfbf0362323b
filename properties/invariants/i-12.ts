import { everywhere, type Property } from '../property.ts';

export const wholeBlocks: Property = {
  id: 'I-12',
  title: 'whole blocks are added',
  statement: 'What is added begins and ends at a memory block; the kernel refuses anything else.',
  at: 'step',
  grounding: [{ tree: 'linux', path: 'mm/memory_hotplug.c', symbol: 'check_hotplug_memory_range' }],
  witness: ['add.ok', 'add.einval'],
  appliesTo: everywhere,
  watch: { kind: 'step', never: ['add.einval', 'useradd.einval'] },
};
