/**
 * `ballast gen`: what is put on a real guest.
 */
import type { AddVerb } from '../run.ts';
import { addProbesCommand } from './probes-command.ts';

export const addGenCommand: AddVerb = (program, io, done) => {
  const gen = program.command('gen').description('write what runs on a real guest');
  addProbesCommand(gen, io, done);
};
