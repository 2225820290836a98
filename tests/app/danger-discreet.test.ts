// A woman in danger whose chat tells no amounts: what is written to her is hers to read, and with the second PIN there is none.

import { afterEach, describe, expect, test } from 'vitest';
import { lastText, setPin, typePin, writes } from '../support/pin.ts';
import { JACARANDAS, label } from '../support/scene.ts';
import { programmeOf } from '../support/transcript-programme.ts';
import { openWorld, type World } from '../support/world.ts';

const GIVEN = '7351';
const OTHER = '4829';
const ANSWER = 'tejocote';
const HEADER = `${JACARANDAS}\nequipo Celia Ríos, resguardo`;

let worlds: World[] = [];
afterEach(async () => {
  for (const world of worlds) await world.close();
  worlds = [];
});

const opened = async (header = HEADER): Promise<World> => {
  const world = await openWorld(programmeOf(header.trim().split('\n')));
  worlds.push(world);
  return world;
};

/** @param what the label of a button, or how what it says begins: the newest one of these */
const press = async (world: World, name: string, what: string): Promise<void> => {
  const { id } = world.person(name);
  const choices = world.channel.history(id).flatMap((message) => message.choices);
  const payload =
    choices.findLast((one) => one.label === what || one.payload.startsWith(what))?.payload ?? '';
  await world.channel.post({ address: id, body: { type: 'button', payload } });
  await world.app.settle();
};

const say = (world: World, name: string, text: string) => writes(world, world.person(name).id, text);

/** She asks for a person, and is answered. */
const answered = async (world: World): Promise<void> => {
  await say(world, 'Ana', 'me pega mi esposo');
  await press(world, 'Ana', label('choice.yes'));
  await press(world, 'Ana', label('danger.now'));
  await say(world, 'Celia', 'peligro');
  await say(world, 'Celia', '1');
  await press(world, 'Celia', label('danger.say'));
  await say(world, 'Celia', `te espero con ${ANSWER}`);
};

const told = (world: World): string =>
  JSON.stringify(world.channel.history(world.person('Ana').id).map(({ text, choices }) => [text, choices]));

describe('in discreet mode', () => {
  test.each([false, true])(
    'she is shown that somebody wrote to her, and what; with a PIN: %s',
    async (has) => {
      const world = await opened();
      const ana = world.person('Ana').id;
      if (has) await setPin(world, ana, GIVEN);
      await say(world, 'Ana', 'modo discreto');
      await answered(world);
      world.now = world.now.add({ minutes: 10 });
      await say(world, 'Ana', 'ver');
      expect(told(world)).not.toContain(ANSWER);
      if (has) await typePin(world, ana, GIVEN);
      await press(world, 'Ana', 'danger:see');
      expect(lastText(world, ana)).toContain(ANSWER);
    },
  );
});

/** What her telephone shows from now on, but for the digits of a keypad. */
const shownBy = async (world: World, lines: readonly string[]) => {
  const ana = world.person('Ana').id;
  world.now = world.now.add({ minutes: 10 });
  const before = world.channel.history(ana).length;
  for (const line of lines) {
    if (line === '(NIP)') await typePin(world, ana, GIVEN);
    else if (line.startsWith('(')) await press(world, 'Ana', line.slice(1, -1));
    else await say(world, 'Ana', line);
  }
  return world.channel
    .history(ana)
    .slice(before)
    .filter(({ from }) => from === 'bot')
    .map(({ text, choices }) => [text, choices.map((one) => one.label).filter((one) => !/^\d$/u.test(one))]);
};

describe('with the second PIN', () => {
  test('there is nothing to read, as where nobody wrote to a woman in discreet mode', async () => {
    const world = await opened(`${HEADER}\navisos cerrados`);
    const ana = world.person('Ana').id;
    await setPin(world, ana, OTHER);
    await say(world, 'Ana', 'mi nip');
    await press(world, 'Ana', label('pin.other'));
    await typePin(world, ana, GIVEN);
    await typePin(world, ana, GIVEN);
    await answered(world);
    const second = await shownBy(world, ['ver', '(NIP)', '(danger:see)']);
    expect(JSON.stringify(second)).not.toMatch(/tejocote|Celia/u);
    expect(second.at(-2)).toEqual([label('discreet.answer'), []]);
    expect(second.at(-1)).toEqual([
      label('danger.no-words'),
      [label('talks.answer'), label('choice.not-now')],
    ]);
    // Her own PIN opens it.
    world.now = world.now.add({ minutes: 10 });
    await press(world, 'Ana', 'danger:see');
    await typePin(world, ana, OTHER);
    expect(lastText(world, ana)).toContain(ANSWER);
  });
});
