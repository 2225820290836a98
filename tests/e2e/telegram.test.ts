// The whole program as people on Telegram meet it: real channel, real database, an emulated Bot API.

import { afterEach, describe, expect, test, vi } from 'vitest';
import type { ProgrammeDocument } from '../../src/store/import-schema.ts';
import type { Person, Read } from '../support/bot-api-emulator/person.ts';
import {
  allWell,
  daysFromToday,
  eventually,
  groupOf,
  openTelegramWorld,
  type TelegramWorld,
} from '../support/telegram-world.ts';

vi.setConfig({ testTimeout: 180_000 }); // bursts take long where tests of other files use all cores

const QUICK = { perSecond: 1_000, perAddressMs: 0 };

const NORA = 810_001;
const LIDIA = 810_002;
const CARMEN = 810_003;
const OFELIA = 810_004;
const DELIA = 810_005;
const consented = daysFromToday(-60);

/** Nora leads, Lidia keeps the box, Carmen and Ofelia save, Delia has not come to the chat yet. */
const brisa: ProgrammeDocument = {
  programme: { name: 'Marea', language: 'es', currency: 'MXN', notices: 'open' },
  groups: [
    {
      ...groupOf('Brisa del Istmo', [
        member(1, 'Nora Luis', NORA, { role: 'leader', savings: '200.00' }),
        member(2, 'Lidia Toledo', LIDIA, { role: 'treasurer', savings: '150.00' }),
        {
          ...member(3, 'Carmen Regalado', CARMEN, { savings: '120.00' }),
          opening: { savings: '120.00', loan: { principal: '1000.00', disbursed: daysFromToday(-21) } },
        },
        member(4, 'Ofelia Matus', OFELIA, { savings: '80.00' }),
        { number: 5, name: 'Delia Orozco', opening: { savings: '60.00' } },
      ]),
      countedBox: {
        loanFund: null,
        savingsPot: '610.00',
        socialFund: '0.00',
        signedBy: [1, 2],
        signed: 'paper',
      },
    },
  ],
};

function member(
  number: number,
  name: string,
  telegram: number,
  more: { readonly role?: 'leader' | 'treasurer'; readonly savings?: string } = {},
) {
  return {
    number,
    name,
    role: more.role ?? ('member' as const),
    addresses: { telegram: String(telegram) },
    consented,
    ...(more.savings === undefined ? {} : { opening: { savings: more.savings } }),
  };
}

let world: TelegramWorld | undefined;
afterEach(async () => {
  const open = world;
  world = undefined;
  expect(await open?.finish()).toEqual(allWell);
});

const opened = async (...given: Parameters<typeof openTelegramWorld>): Promise<TelegramWorld> => {
  world = await openTelegramWorld(given[0]);
  return world;
};

/** Her phone, with the chat open: a bot cannot write to who never pressed "start". */
const phone = async (id: number): Promise<Person> => {
  const person = world!.api.person(id, { language: 'es' });
  person.says('/start');
  await person.waitFor('¿Qué quieres hacer?');
  return person;
};

const labels = ({ buttons }: Read): string[] => buttons.map(({ label }) => label);

/** What she is answered after doing something: the messages that come, as soon as one fits. */
const answered = async (person: Person, act: () => void, wanted: string | RegExp): Promise<Read> => {
  const before = person.inbox().length;
  act();
  const fits = (text: string) => (typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text));
  await person.waitFor((message) => person.inbox().indexOf(message) >= before && fits(message.text), 15_000);
  return person
    .inbox()
    .slice(before)
    .find(({ text }) => fits(text))!;
};

describe('a member asks for her savings', () => {
  test('by word, by command, by number and by button, and each time she reads the same', async () => {
    await opened({ programme: brisa, limits: QUICK });
    const ofelia = await phone(OFELIA);
    const menu = ofelia.inbox().at(-1)!;
    expect(labels(menu)[0]).toBe('1. Mi ahorro');
    expect(labels(menu).every((label, at) => label.startsWith(`${at + 1}. `))).toBe(true);
    const saved = 'Llevas ahorrado $80.00 (ochenta pesos).';
    await answered(ofelia, () => ofelia.presses('1. Mi ahorro'), saved);
    await answered(ofelia, () => ofelia.says('hola'), '¿Qué quieres hacer?');
    await answered(ofelia, () => ofelia.says('1'), saved);
    await answered(ofelia, () => ofelia.says('/saldo'), saved);
    await answered(ofelia, () => ofelia.says('cuánto llevo ahorrado?'), saved);
  });
});

describe('a leader records her list', () => {
  test('reads it back, confirms by button, and the receipts reach the members', async () => {
    await opened({ programme: brisa });
    const [nora, carmen, ofelia] = [await phone(NORA), await phone(CARMEN), await phone(OFELIA)];
    const readBack = await answered(
      nora,
      () => nora.says('Carmen 69 préstamo 50 ahorro, Ofelia 40, Delia no vino'),
      '¿Está bien?',
    );
    expect(readBack.text).toContain('Total: $159.00 (ciento cincuenta y nueve pesos).');
    expect(labels(readBack)).toEqual(['1. Sí', '2. No']);
    expect(await world!.payments()).toEqual([]);

    const done = await answered(nora, () => nora.presses('1. Sí'), 'Listo. Anoté 2 pagos: $159.00');
    expect(done.text).toMatch(/recibo/);
    const hers = await carmen.waitFor(/Recibo nº \d+/, 15_000);
    expect(hers.text).toContain('$119.00');
    expect(hers.text).toContain('Llevas ahorrado $170.00.');
    expect(hers.text.slice(0, 40)).not.toMatch(/\$|ahorr|Brisa|pago/i);
    await ofelia.waitFor('Llevas ahorrado $120.00.', 15_000);

    await answered(nora, () => nora.presses('1. Sí'), 'No se anota dos veces.');
    expect(await world!.payments()).toHaveLength(2);
  });

  test('a receipt that is wrong is objected to with "no es correcto", and the leader hears of it', async () => {
    await opened({ programme: brisa, limits: QUICK });
    const [nora, ofelia] = [await phone(NORA), await phone(OFELIA)];
    await answered(nora, () => nora.says('Ofelia 40'), '¿Está bien?');
    nora.says('sí');
    await ofelia.waitFor(/Recibo nº \d+/);
    const sure = await answered(ofelia, () => ofelia.says('no es correcto'), '$40.00');
    expect(labels(sure)[0]).toBe('1. Sí, está mal');
    await answered(ofelia, () => ofelia.says('1'), 'Gracias por decirlo.');
    const told = await nora.waitFor('no es correcto');
    expect(labels(told)[0]).toBe('1. Corregir');
    expect(await world!.payments()).toHaveLength(1);
  });
});

describe('a member reports a payment', () => {
  test('one officer confirms it with one press; the other one reads that it was confirmed already', async () => {
    await opened({ programme: brisa, limits: QUICK });
    const [nora, lidia, ofelia] = [await phone(NORA), await phone(LIDIA), await phone(OFELIA)];
    await answered(ofelia, () => ofelia.says('ya pagué 70'), 'Ya le avisé');
    const asked = await nora.waitFor('¿Lo recibiste?');
    expect(labels(asked)).toEqual(['1. Sí, lo recibí', '2. No es así']);
    await lidia.waitFor('¿Lo recibiste?');
    await answered(nora, () => nora.presses('1. Sí, lo recibí'), 'Listo. Anoté $70.00');
    await ofelia.waitFor('Llevas ahorrado $150.00.');
    await answered(lidia, () => lidia.presses('1. Sí, lo recibí'), 'Ya estaba confirmado por Nora');
    expect(await world!.payments()).toEqual([expect.stringContaining('Ofelia 70.00')]);
  });

  test('an officer answers the question that reached her with its number', async () => {
    await opened({ programme: brisa, limits: QUICK });
    const [nora, ofelia] = [await phone(NORA), await phone(OFELIA)];
    await answered(ofelia, () => ofelia.says('ya pagué 70'), 'Ya le avisé');
    await nora.waitFor('¿Lo recibiste?');
    // Nobody reads and answers within the milliseconds before it is written down that it went out.
    await expect.poll(() => world!.unsent()).toBe(0);
    await answered(nora, () => nora.says('1'), 'Listo. Anoté $70.00');
    expect(await world!.payments()).toEqual([expect.stringContaining('Ofelia 70.00')]);
  });
});

describe('somebody new opens the link with her code', () => {
  test('reads the privacy notice, agrees, and is in', async () => {
    await opened({ programme: brisa, limits: QUICK });
    const delia = world!.api.person(DELIA, { language: 'es' });
    delia.says(`/start ${world!.codes.get('Delia Orozco')}`);
    const notice = await delia.waitFor('¿Estás de acuerdo');
    expect(labels(notice)).toEqual(['1. Sí, acepto', '2. No, gracias']);
    expect(notice.text).not.toMatch(/Delia|Brisa|60/);
    await answered(delia, () => delia.presses('1. Sí, acepto'), 'Ya estás en Brisa del Istmo');
    await answered(delia, () => delia.says('saldo'), '$60.00');
  });

  test('a stranger and a wrong code learn nothing', async () => {
    await opened({ programme: brisa, limits: QUICK });
    const stranger = world!.api.person(899_999, { language: 'es' });
    await answered(stranger, () => stranger.says('saldo'), 'UNIRME y tu código');
    await answered(stranger, () => stranger.says('/start K7P4QXM3TR'), 'Ese código no abrió');
    for (const { text } of stranger.inbox()) expect(text).not.toMatch(/Brisa|Nora|\$/);
  });
});

/** So many groups, each with a leader on Telegram and five members on paper. */
const manyGroups = (count: number): ProgrammeDocument => ({
  programme: { name: 'Marea', language: 'es', currency: 'MXN', notices: 'open' },
  groups: Array.from({ length: count }, (_, at) =>
    groupOf(`Grupo ${at + 1}`, [
      member(1, 'Nora Luis', 820_000 + at, { role: 'leader' }),
      ...PAYERS.map((name, n) => ({ number: n + 2, name: `${name} Matus` })),
    ]),
  ),
});

const PAYERS = ['Carmen', 'Ofelia', 'Delia', 'Blanca', 'Irene'];

describe('Telegram delivers more than once and all at once', () => {
  test('a hundred updates that each arrive twice are answered a hundred times', async () => {
    await opened({ programme: manyGroups(10), limits: QUICK });
    const leaders = Array.from({ length: 10 }, (_, at) =>
      world!.api.person(820_000 + at, { language: 'es' }),
    );
    const updates: (number | undefined)[] = [];
    for (let turn = 0; turn < 10; turn += 1) for (const leader of leaders) updates.push(leader.says('saldo'));
    for (const [at, id] of updates.entries()) world!.api.redeliver(id ?? 0, { newId: at % 2 === 0 });
    const sent = () => world!.api.calls.filter(({ method }) => method === 'sendMessage').length;
    await eventually(
      () => world!.api.unconfirmed().length,
      (open) => open === 0,
    );
    await eventually(
      () => world!.unsent(),
      (unsent) => unsent === 0,
    );
    expect(sent()).toBe(100);
    for (const leader of leaders) expect(leader.inbox()).toHaveLength(10);
  });

  test('twenty leaders with five payments each at once: all are booked once, in the order written', async () => {
    await opened({ programme: manyGroups(20), limits: QUICK });
    const leaders = Array.from({ length: 20 }, (_, at) =>
      world!.api.person(820_000 + at, { language: 'es' }),
    );
    const sent: (number | undefined)[] = [];
    for (const [n, name] of PAYERS.entries()) {
      for (const leader of leaders) sent.push(leader.says(`${name} ${(n + 1) * 10}`), leader.says('sí'));
    }
    await eventually(
      () => world!.payments(),
      (booked) => booked.length >= 100,
    );
    await eventually(
      () => world!.unsent(),
      (unsent) => unsent === 0,
    );
    for (const id of sent) world!.api.redeliver(id ?? 0);
    await eventually(
      () => world!.api.unconfirmed().length,
      (open) => open === 0,
    );
    const each = PAYERS.map((name, n) => `${name} ${(n + 1) * 10}.00`);
    for (let at = 0; at < 20; at += 1) {
      const booked = await world!.payments(`Grupo ${at + 1}`);
      expect(booked.map((line) => line.replace(/^nº \d+ /, ''))).toEqual(each);
    }
    for (const leader of leaders) {
      expect(leader.inbox().filter(({ text }) => text.startsWith('Listo. Anoté 1 pago'))).toHaveLength(5);
    }
  });
});

describe('things go wrong', () => {
  test('a member who blocked the bot does not keep the receipt from the others; when she is back she is written to', async () => {
    await opened({ programme: brisa, limits: QUICK });
    const [nora, carmen, ofelia] = [await phone(NORA), await phone(CARMEN), await phone(OFELIA)];
    carmen.blocks();
    await answered(nora, () => nora.says('Carmen 30 ahorro, Ofelia 40'), '¿Está bien?');
    nora.presses('1. Sí');
    await ofelia.waitFor('Llevas ahorrado $120.00.');
    await eventually(
      () => world!.unsent(),
      (unsent) => unsent === 0,
    );
    expect(carmen.inbox().filter(({ text }) => text.includes('Recibo'))).toEqual([]);
    carmen.unblocks();
    await answered(carmen, () => carmen.says('saldo'), '$150.00');
    await answered(nora, () => nora.says('Carmen 20 ahorro'), 'ya tiene el recibo');
    nora.says('sí');
    await carmen.waitFor('Llevas ahorrado $170.00.');
  });

  test('"too many requests" is waited for, and then everything arrives, once', async () => {
    await opened({ programme: brisa, limits: QUICK });
    const [nora, ofelia] = [await phone(NORA), await phone(OFELIA)];
    await answered(nora, () => nora.says('Ofelia 40'), '¿Está bien?');
    const before = world!.api.calls.length;
    world!.api.fault.next({ method: 'sendMessage', status: 429, retryAfter: 2 });
    nora.presses('1. Sí');
    await nora.waitFor('Listo. Anoté 1 pago', 15_000);
    await ofelia.waitFor('Llevas ahorrado $120.00.', 15_000);
    const sends = world!.api.calls.slice(before).filter(({ method }) => method === 'sendMessage');
    expect(sends.length).toBe(3);
    const [refused, ...later] = sends.map(({ at }) => at).toSorted((a, b) => a - b);
    // What was on the wire beside it may have gone out at once; what was refused came two seconds later.
    expect(Math.max(...later) - (refused ?? 0)).toBeGreaterThanOrEqual(1_900);
  });

  test('stopped in the middle and started again on the same database: nothing is lost, nothing is double', async () => {
    await opened({ programme: brisa });
    const [nora, carmen, ofelia] = [await phone(NORA), await phone(CARMEN), await phone(OFELIA)];
    await answered(nora, () => nora.says('Carmen 30 ahorro, Ofelia 40'), '¿Está bien?');
    nora.says('sí');
    await eventually(
      () => world!.payments(),
      (booked) => booked.length === 2,
    );
    await world!.stop();
    ofelia.says('saldo');
    nora.says('Lidia 25');
    nora.says('sí');
    expect(world!.api.unconfirmed()).toHaveLength(3);

    await world!.start();
    await carmen.waitFor(/Recibo nº \d+/, 15_000);
    await ofelia.waitFor('Llevas ahorrado $120.00 (', 15_000);
    await eventually(
      () => world!.payments(),
      (booked) => booked.length === 3,
    );
    await eventually(
      () => world!.unsent(),
      (unsent) => unsent === 0,
    );
    for (const person of [carmen, ofelia]) {
      expect(person.inbox().filter(({ text }) => /Recibo nº/.test(text))).toHaveLength(1);
    }
    expect(nora.inbox().filter(({ text }) => text.startsWith('Listo. Anoté'))).toHaveLength(2);
  });
});
