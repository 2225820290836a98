import { Command, CommanderError } from 'commander';
import { expect, test } from 'vitest';
import { guardCommands } from '../../src/cli/gate.ts';

const programWith = (ran: string[]): Command => {
  const program = new Command('comadre').exitOverride();
  const note = (name: string) => () => void ran.push(name);
  program.command('doctor').action(note('doctor'));
  program.command('spy').action(note('spy'));
  program.command('toString').action(note('toString'));
  program.command('keys').command('print').action(note('keys print'));
  guardCommands(program);
  return program;
};

test('a command that is in the table of permissions runs', async () => {
  const ran: string[] = [];
  await programWith(ran).parseAsync(['doctor'], { from: 'user' });
  expect(ran).toEqual(['doctor']);
});

test.each([['spy'], ['toString'], ['keys', 'print']])(
  'a command of which nobody has said who may run it is not run: %s %s',
  async (...words) => {
    const ran: string[] = [];
    await expect(programWith(ran).parseAsync(words, { from: 'user' })).rejects.toThrow(CommanderError);
    expect(ran).toEqual([]);
  },
);
