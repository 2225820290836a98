// Whoever made her give a PIN sees the same with the second one as discreet mode shows with the first: the same words, to the letter.

import { afterEach, expect, test } from 'vitest';
import { setPin, typePin, writes } from '../support/pin.ts';
import { JACARANDAS } from '../support/scene.ts';
import { instantOf, programmeOf } from '../support/transcript-programme.ts';
import { openWorld, type World } from '../support/world.ts';

/** The one that is given. */
const GIVEN = '7351';
const OTHER = '4829';

let worlds: World[] = [];
afterEach(async () => {
  for (const world of worlds) await world.close();
  worlds = [];
});

/** Presses the newest button of this label. */
const press = async (world: World, address: string, label: string): Promise<void> => {
  const choices = world.channel.history(address).flatMap((message) => message.choices);
  const payload = choices.findLast((choice) => choice.label === label)?.payload ?? '';
  await world.channel.post({ address, body: { type: 'button', payload } });
  await world.app.settle();
};

const opened = async (header: string): Promise<{ world: World; ana: string }> => {
  const world = await openWorld(programmeOf(header.trim().split('\n')));
  worlds.push(world);
  return { world, ana: world.person('Ana').id };
};

/** Her PIN opens everything, and the one she gives away is the second. */
const withSecond = async (header: string) => {
  const { world, ana } = await opened(header);
  await setPin(world, ana, OTHER);
  await writes(world, ana, 'mi nip');
  await press(world, ana, 'NIP para que no vean');
  await typePin(world, ana, GIVEN);
  await typePin(world, ana, GIVEN);
  return { world, ana };
};

/** She has one PIN, and wants no amounts. */
const withDiscreet = async (header: string) => {
  const { world, ana } = await opened(header);
  await setPin(world, ana, GIVEN);
  await writes(world, ana, 'modo discreto');
  return { world, ana };
};

/** What the telephone shows from now on, but for the digits of a keypad, which are never in the same place. */
const shownBy = async ({ world, ana }: { world: World; ana: string }, lines: readonly string[]) => {
  world.now = instantOf('2026-11-24 20:00 America/Tijuana');
  const before = world.channel.history(ana).length;
  for (const line of lines) {
    if (line === '(NIP)') await typePin(world, ana, GIVEN);
    else if (line.startsWith('(')) await press(world, ana, line.slice(1, -1));
    else await writes(world, ana, line);
  }
  return world.channel
    .history(ana)
    .slice(before)
    .map(({ from, text, choices }) => ({
      from,
      text,
      choices: choices.map(({ label }) => label).filter((label) => !/^\d$/u.test(label)),
    }));
};

/** The leader notes a payment of hers, of the next meeting. */
const isPaid = async ({ world }: { readonly world: World }, amount: string): Promise<void> => {
  await writes(world, world.person('Rosa').id, `Ana ${amount}`);
  await writes(world, world.person('Rosa').id, 'sí');
};

const CLOSED = `${JACARANDAS}\navisos cerrados`;

test.each([
  ['money', ['saldo', '(NIP)', 'mi libreta', 'cuánto debo', 'mi grupo', 'saldo']],
  [
    'discreet mode itself',
    ['saldo', '(NIP)', 'quitar modo discreto', 'saldo', 'quitar modo discreto', 'modo discreto', 'saldo'],
  ],
  ['taking it off first', ['quitar modo discreto', '(NIP)', 'saldo', 'mi libreta']],
  ['her PIN', ['mi nip', '(NIP)', 'mi nip', 'poner nip', 'saldo']],
  ['what anybody may see', ['hola', 'cuándo es la reunión', 'ayuda', 'saldo', '(NIP)', 'hola']],
  ['notices', ['ver', '(NIP)', 'privacidad', '(Mis permisos)', '(Avisos abiertos)', 'hola']],
  ['hiding', ['saldo', '(NIP)', 'ocultar', '1', 'hola', 'saldo', '(NIP)', 'saldo']],
])('%s: the same from first to last', async (_what, lines) => {
  const second = await shownBy(await withSecond(CLOSED), lines);
  const discreet = await shownBy(await withDiscreet(CLOSED), lines);
  expect(second.length).toBeGreaterThan(lines.length);
  expect(second).toEqual(discreet);
});

test('what waits closed is shown by neither', async () => {
  const seen = [];
  for (const one of [await withSecond(CLOSED), await withDiscreet(CLOSED)]) {
    await isPaid(one, '100');
    seen.push(await shownBy(one, ['hola', 'ver', '(NIP)', 'ver', 'hola']));
  }
  expect(seen[0]).toEqual(seen[1]);
  expect(JSON.stringify(seen[0])).not.toContain('100');
});

test('where notices are open both close what comes unasked, and her own PIN opens hers again', async () => {
  const seen = [];
  for (const one of [await withSecond(JACARANDAS), await withDiscreet(JACARANDAS)]) {
    const before = one.world.channel.history(one.ana).length;
    await shownBy(one, ['saldo', '(NIP)']);
    await isPaid(one, '100');
    await shownBy(one, ['hola', 'ver', 'privacidad', '(Mis permisos)']);
    seen.push(
      one.world.channel
        .history(one.ana)
        .slice(before)
        .map(({ text }) => text),
    );
  }
  expect(seen[0]).toEqual(seen[1]);
  expect(JSON.stringify(seen[0])).toContain('algo nuevo para ti');
  expect(JSON.stringify(seen[0])).not.toContain('100');
});

test('notices of hers that are open are so again when her own PIN opened', async () => {
  const one = await withSecond(JACARANDAS);
  const { world, ana } = one;
  await shownBy(one, ['saldo', '(NIP)', 'ocultar']);
  await writes(world, ana, 'saldo');
  await typePin(world, ana, OTHER);
  await isPaid(one, '100');
  expect(world.channel.history(ana).at(-1)?.text).toContain('$100.00');
});

test('a day after she took it back the first PIN shows amounts again, and the second never does', async () => {
  const one = await withDiscreet(JACARANDAS);
  const other = await withSecond(JACARANDAS);
  await shownBy(one, ['quitar modo discreto', '(NIP)']);
  await shownBy(other, ['quitar modo discreto', '(NIP)']);
  for (const { world, ana } of [one, other]) {
    world.now = instantOf('2026-11-25 20:01 America/Tijuana');
    await writes(world, ana, 'saldo');
    await typePin(world, ana, GIVEN);
  }
  const last = ({ world, ana }: typeof one) =>
    world.channel.history(ana).findLast(({ from }) => from === 'bot')?.text;
  expect(last(one)).toContain('$200.00');
  expect(last(other)).not.toContain('$');
});

test('written in a chat that keeps what is written, and set anew on a page: both say the same', async () => {
  const shown = [];
  for (const one of [await withSecond(JACARANDAS), await withDiscreet(JACARANDAS)]) {
    const { world, ana } = one;
    const before = world.channel.history(ana).length;
    world.now = instantOf('2026-11-24 20:00 America/Tijuana');
    await world.channel.post({ address: ana, body: { type: 'text', text: GIVEN }, onPage: true });
    await world.app.settle();
    for (const digits of ['604913', '604913']) {
      await typePin(world, ana, digits);
      await world.app.settle();
    }
    shown.push(
      world.channel
        .history(ana)
        .slice(before)
        .map(({ text }) => text.replace(/\/t\/[0-9a-f]+/u, '/t/')),
    );
  }
  expect(shown[0]?.at(-1)).toContain('ya tienes NIP');
  expect(shown[0]).toEqual(shown[1]);
});

test('what was said of the second PIN where nothing can be taken back is hers to delete', async () => {
  const { world, ana } = await opened(JACARANDAS);
  await setPin(world, ana, OTHER);
  await writes(world, ana, 'mi nip');
  const payload = world.channel
    .history(ana)
    .flatMap(({ choices }) => choices)
    .findLast((choice) => choice.label === 'NIP para que no vean')?.payload;
  await world.channel.post({
    address: ana,
    body: { type: 'button', payload: payload ?? '' },
    onPage: true,
  });
  await world.app.settle();
  for (const digits of [GIVEN, GIVEN]) {
    await typePin(world, ana, digits);
    await world.app.settle();
  }
  expect(world.channel.history(ana).at(-1)?.text).toContain('Borra ahora estos mensajes');
});
