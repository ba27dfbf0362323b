/**
 * `ballast gen`: what is put on a real guest.
 */
import type { AddVerb } from '../run.ts';
import { addChecklistCommand } from './checklist-command.ts';
import { addProbesCommand } from './probes-command.ts';
import { addTestsCommand } from './tests-command.ts';

export const addGenCommand: AddVerb = (program, io, done) => {
  const gen = program.command('gen').description('write what runs on a real guest');
  addTestsCommand(gen, io, done);
  addProbesCommand(gen, io, done);
  addChecklistCommand(gen, io, done);
};
