import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { IncomingBody } from '../../../src/conversation/message.ts';
import { files } from './file-cases.ts';
import { passedOn } from './forward-case.ts';
import type { ChannelFacts, StartRig } from './rig.ts';
import { until } from './rig.ts';
import {
  ana,
  answer,
  app,
  begin,
  heard,
  idOf,
  inbox,
  missing,
  next,
  offer,
  rig,
  said,
  say,
  seen,
  textsFrom,
  withoutMenu,
} from './stage.ts';

/** What every channel must do, whatever its platform: these cases run unchanged against each of them. */
export function contract(facts: ChannelFacts, start: StartRig): void {
  describe(`the contract of a channel: ${facts.name}`, () => {
    beforeEach(() => begin(start));
    afterEach(() => rig.finish());

    test('is what its facts say', () => {
      const channel = rig.channel();
      expect(channel.name).toBe(facts.name);
      expect(channel.windowHours).toBe(facts.windowHours);
      expect(channel.erase !== undefined).toBe(facts.erases);
      expect(channel.edit !== undefined).toBe(facts.editsOurs);
      expect(channel.fetch !== undefined).toBe(facts.filesIn.length > 0);
      expect(app.received).toMatchObject([
        { channel: facts.name, address: ana.address, body: { type: 'text', text: 'hola' } },
      ]);
    });
    whatSheSends(facts);
    passedOn(facts);
    whatSheGets(facts);
    choices(facts);
    files(facts);
    failures(facts);
    nothingIsLost(facts);
  });
}

/** More than one message of any platform that has a limit. */
const LONG = Array.from({ length: 500 }, (_, at) => `Semana ${at + 1}: Ana ahorró $${at + 1}00.00.`).join(
  ' ',
);

function whatSheSends(facts: ChannelFacts): void {
  test('her words arrive as she wrote them', async () => {
    const words = '  Pagué $1,250.50 – ¿está bien? *sí* <b>_no_</b> 👩🏽‍🌾\nsegunda línea';
    await ana.says(words);
    const { body } = await next();
    expect(body.type === 'text' && body.text.trim()).toBe(words.trim());
  });

  test('a burst arrives in order, each message once', async () => {
    const people = [rig.person(1), rig.person(2), rig.person(3)];
    const words = Array.from({ length: 20 }, (_, at) => `mensaje ${at + 1}`);
    for (const text of words) for (const person of people) await person.says(text);
    await until('all of them', () => app.received.length >= 1 + people.length * words.length);
    for (const { address } of people) expect(textsFrom(address).filter((t) => t !== 'hola')).toEqual(words);
    expect(new Set(app.received.map(({ messageId }) => messageId)).size).toBe(app.received.length);
  });

  test('the same delivery twice has one id', async () => {
    await ana.says('pagué 200');
    await heard('pagué 200');
    await rig.platform.deliverAgain();
    await ana.says('fin');
    await heard('fin');
    const ids = app.received.filter((m) => m.body.type === 'text' && m.body.text === 'pagué 200');
    expect(new Set(ids.map(({ messageId }) => messageId)).size).toBe(1);
  });

  test(`an edit is never taken for an order (${facts.edits})`, async () => {
    if (facts.edits === 'none') return await missing(ana.edits('pagué 900'));
    await ana.says('pagué 200');
    await heard('pagué 200');
    await ana.edits('pagué 900');
    await ana.says('fin');
    await heard('fin');
    expect(said()).not.toContain('900');
    const edits = app.received.filter(({ body }) => body.type === 'unread' && body.kind === 'edited');
    expect(edits).toHaveLength(facts.edits === 'unread' ? 1 : 0);
  });

  test(`words in a chat of several people are not read (${facts.groups})`, async () => {
    if (facts.groups === 'none') return await missing(ana.saysInGroup('saldo'));
    await ana.saysInGroup('cuánto debo, secreto');
    await ana.says('fin');
    await heard('fin');
    expect(said()).not.toContain('secreto');
    const told = app.received.filter(({ body }) => body.type === 'group-chat');
    expect(told).toHaveLength(facts.groups === 'group-chat' ? 1 : 0);
  });

  test(`a number she shares is hers only if the platform says so (${facts.contacts})`, async () => {
    if (facts.contacts === 'none') return await missing(ana.sharesContact({ own: true, forwarded: false }));
    const cards = [true, false].flatMap((own) => [false, true].map((forwarded) => ({ own, forwarded })));
    for (const [at, card] of cards.entries()) {
      await ana.sharesContact(card);
      const hers = card.own && !card.forwarded && facts.contacts === 'tells-own';
      expect([card, (await next(at + 1)).body]).toMatchObject([card, { type: 'contact', own: hers }]);
    }
  });

  test(`a place is not read (${facts.locations ? 'told' : 'none'})`, async () => {
    if (!facts.locations) return await missing(ana.sharesLocation());
    await ana.sharesLocation();
    expect((await next()).body).toEqual({ type: 'unread', kind: 'location' });
  });

  test(`the message she answers is named (${facts.replies ? 'told' : 'none'})`, async () => {
    if (!facts.replies) return await missing(ana.repliesTo('1', 'sí'));
    const sentId = idOf(await say('¿Está bien?'));
    await ana.repliesTo(sentId, 'sí, está bien');
    expect(await next()).toMatchObject({ repliesTo: sentId, body: { text: 'sí, está bien' } });
  });

  test(`a block and a return are ${facts.tellsBlock ? 'told' : 'not told'}`, async () => {
    if (facts.blocked.when === 'none') return await missing(ana.blocks());
    await ana.blocks();
    await ana.unblocks();
    await ana.says('fin');
    await heard('fin');
    const bodies = app.received.map(({ body }) => body).filter(({ type }) => type === 'reachable');
    const told: IncomingBody[] = [true, false].map((gone) => ({ type: 'reachable', reachable: !gone }));
    expect(bodies).toEqual(facts.tellsBlock ? told : []);
  });
}

function whatSheGets(facts: ChannelFacts): void {
  test('words arrive as they were written, one message for one', async () => {
    const texts = [
      'Listo. Anoté $200.00 de Ana.',
      '*Rosa* _Pérez_ <b>&</b> [x](http://x.example) `y` ~z~',
      '3',
    ];
    for (const text of texts) idOf(await say(text));
    expect((await inbox()).map(({ text }) => text)).toEqual(texts);
  });

  test('long words arrive in parts cut at the ends of sentences, in order, the choices under the last', async () => {
    idOf(await say(LONG, ['Sí, está bien', 'No']));
    const parts = await inbox();
    expect(parts.length > 1).toBe(LONG.length > facts.textCharsMax);
    const whole = parts.map(withoutMenu(['Sí, está bien', 'No'])).join(' ');
    expect(whole).toBe(LONG);
    for (const part of parts) {
      expect(part.text.length).toBeLessThanOrEqual(facts.textCharsMax);
      expect(withoutMenu(['Sí, está bien', 'No'])(part)).toMatch(/\.$/u);
    }
    expect(parts.map((part) => seen(part).includes('Sí, está bien'))).toEqual(
      parts.map((_, at) => at === parts.length - 1),
    );
  });

  test(`what became of a message is told: ${facts.statuses.join(', ') || 'nothing'}`, async () => {
    const sentId = idOf(await say('Tu recibo'));
    if (!facts.statuses.includes('read')) {
      await ana.says('fin');
      await heard('fin');
      expect(app.statuses).toEqual([]);
      return;
    }
    await ana.reads();
    await until('read', () => app.statuses.some(({ state }) => state === 'read'));
    const states = app.statuses.filter((status) => status.sentId === sentId).map(({ state }) => state);
    expect(states).toEqual(facts.statuses.filter((state) => state !== 'failed'));
  });

  test(`what became of each part is told: ${facts.statuses.join(', ') || 'nothing'}`, async () => {
    if (!facts.statuses.includes('read')) return expect(app.statuses).toEqual([]);
    const parts = idOf(await say(LONG)).split(',');
    await ana.reads();
    const told = (): readonly string[] =>
      app.statuses.filter(({ state }) => state === 'read').map(({ sentId }) => sentId);
    await until('all are read', () => told().length >= parts.length);
    expect(told().toSorted()).toEqual(parts.toSorted());
    expect(parts.length).toBeGreaterThan(1);
  });

  test(`messages ${facts.erases ? 'can' : 'cannot'} be taken back`, async () => {
    if (!facts.erases) return expect('erase' in rig.channel()).toBe(false);
    const keep = idOf(await say('uno'));
    const long = idOf(await say(`${'palabras y más palabras. '.repeat(400)}fin.`));
    const short = idOf(await say('tres'));
    expect(keep).not.toBe(short);
    expect(await rig.channel().erase?.(ana.address, [short, long])).toBe(2);
    expect((await inbox()).map(({ text }) => text)).toEqual(['uno']);
  });

  test(`a message ${facts.editsOurs ? 'can' : 'cannot'} be given other words`, async () => {
    if (!facts.editsOurs) return expect('edit' in rig.channel()).toBe(false);
    const edit = async (sentId: string, text: string, labels: readonly string[] = []) =>
      rig.channel().edit?.(ana.address, sentId, { text, choices: offer(labels) });
    const first = idOf(await say('Enviados: 10 de 40.', ['Parar']));
    await say('otra cosa');
    expect(await edit(first, 'Enviados: 30 de 40.', ['Parar'])).toEqual({ ok: true, sentId: first });
    expect((await inbox()).map(({ text }) => text)).toEqual(['Enviados: 30 de 40.', 'otra cosa']);
    await answer((await inbox())[0], 0);
    expect((await next()).body.type).toBe('button');
    expect(await edit(first, 'Enviados: 40 de 40.')).toEqual({ ok: true, sentId: first });
    expect(await edit(first, 'Enviados: 40 de 40.')).toEqual({ ok: true, sentId: first });
    expect((await inbox())[0]).toEqual({ text: 'Enviados: 40 de 40.', buttons: [] });
    await rig.channel().erase?.(ana.address, [first]);
    expect(await edit(first, 'Otra vez.')).toBe('gone');
    expect(await edit('never-sent', 'Otra vez.')).toBe('gone');
    expect((await inbox()).map(({ text }) => text)).toEqual(['otra cosa']);
  });
}

function choices(facts: ChannelFacts): void {
  const labels = ['Sí, sí lo recibí', 'No', 'Preguntar a Rosa', 'Después', '5', 'Más', 'Otra', 'Nada'];
  const many = [...labels, 'Lista', 'Recibo', 'Ayuda', 'Salir'];

  test.each([1, 2, 3, 4, 10, 12])('%i choices can all be read and all be answered', async (count) => {
    const offered = many.slice(0, count);
    idOf(await say('¿Qué quieres hacer?', offered));
    const arrival = (await inbox()).at(-1);
    if (!arrival) throw new Error('nothing arrived');
    for (const [at, label] of offered.entries()) {
      expect(seen(arrival)).toContain(label);
      if (arrival.buttons.length === 0 || facts.numbersOnButtons) {
        expect(seen(arrival)).toContain(`${at + 1}. ${label}`);
      }
    }
    expect(arrival.buttons).toHaveLength(count <= facts.buttonsMax ? count : 0);
    for (const [at] of offered.entries()) {
      await answer(arrival, at);
      const expected = arrival.buttons.length > 0 ? `payload:${at + 1}` : String(at + 1);
      const body = (await next(at + 1)).body;
      expect(body).toEqual(
        arrival.buttons.length > 0 ? { type: 'button', payload: expected } : { type: 'text', text: expected },
      );
    }
  });

  test('a number answers in any case: it arrives as it was written', async () => {
    idOf(await say('¿Está bien?', ['Sí', 'No']));
    await ana.says('2');
    expect((await next()).body).toEqual({ type: 'text', text: '2' });
  });

  test('a long choice can be read in full', async () => {
    const label = 'Sí, Ana Martínez me entregó $1,200.00 en la reunión';
    idOf(await say('¿Está bien?', [label, 'No']));
    expect((await inbox()).map(seen).join('\n')).toContain(label);
  });

  test('a payload of 64 bytes comes back whole', async () => {
    if (facts.buttonsMax === 0) return expect(facts.numbersOnButtons).toBe(false);
    const payload = `p:${'ñ'.repeat(31)}`;
    const message = { text: '¿Está bien?', choices: [{ label: 'Sí', payload }] };
    idOf(await rig.channel().send(ana.address, message));
    await answer((await inbox()).at(-1), 0);
    expect((await next()).body).toEqual({ type: 'button', payload });
  });
}

function failures(facts: ChannelFacts): void {
  const { blocked } = facts;
  test(`to somebody who blocked us: ${blocked.when}`, async () => {
    if (blocked.when === 'none') return await missing(ana.blocks());
    await ana.blocks();
    const result = await say('hola');
    if (blocked.when === 'send') {
      expect(result).toMatchObject({ ok: false, failure: { type: blocked.failure } });
    } else if (blocked.when === 'status') {
      const sentId = idOf(result);
      await until('the status', () => app.statuses.length > 0);
      expect(app.statuses).toMatchObject([{ sentId, state: 'failed', failure: { type: blocked.failure } }]);
    } else {
      idOf(result);
    }
    expect(await inbox()).toEqual([]);
    await ana.unblocks();
    await ana.says('ya volví');
    await heard('ya volví');
    expect(await say('bienvenida')).toMatchObject({ ok: true });
  });

  if (facts.tooMany === 'none') {
    test('the platform never says "too many"', () => {
      expect(() => rig.platform.tooMany(7)).toThrow();
    });
  } else {
    test(`"too many": wait, nothing went (${facts.tooMany})`, async () => {
      rig.platform.tooMany(7);
      const result = await say('hola');
      const seconds: unknown = facts.tooMany === 'exact-seconds' ? 7 : expect.any(Number);
      expect(result).toMatchObject({ ok: false, failure: { type: 'retry-after', seconds } });
      expect(await inbox()).toEqual([]);
      expect(await say('hola')).toMatchObject({ ok: true });
    });
  }

  if (!facts.faults) {
    test('there is nothing in between that could fail', () => {
      expect(() => rig.platform.serverError()).toThrow();
      expect(() => rig.platform.loseAnswer()).toThrow();
    });
    return;
  }
  test('a platform in trouble: unavailable, nothing went, the next one goes', async () => {
    rig.platform.serverError();
    expect(await say('hola')).toEqual({ ok: false, failure: { type: 'unavailable' } });
    expect(await inbox()).toEqual([]);
    expect(await say('hola')).toMatchObject({ ok: true });
  });

  test('when a later part does not go, the next try goes on with it: no part comes twice', async () => {
    const labels = ['Sí, está bien', 'No'];
    const message = { text: LONG, choices: offer(labels) };
    rig.platform.serverError(1);
    const first = await say(LONG, labels);
    expect(first).toMatchObject({ ok: false, failure: { type: 'unavailable' } });
    const sentParts = first.ok ? [] : first.sentParts;
    expect(sentParts).toHaveLength(1);
    expect(await inbox()).toHaveLength(1);
    const sentId = idOf(
      await rig.channel().send(ana.address, { ...message, ...(sentParts && { sentParts }) }),
    );
    const parts = await inbox();
    expect(parts.map(withoutMenu(labels)).join(' ')).toBe(LONG);
    expect(sentId.split(',')).toHaveLength(parts.length);
    expect(sentId.split(',').slice(0, 1)).toEqual(sentParts);
  });

  test('an answer that is lost: unavailable, since nobody knows, though she has it', async () => {
    rig.platform.loseAnswer();
    expect(await say('hola')).toEqual({ ok: false, failure: { type: 'unavailable' } });
    expect((await inbox()).map(({ text }) => text)).toEqual(['hola']);
  });
}

function nothingIsLost(facts: ChannelFacts): void {
  test('after a restart both ways work, and nothing kept comes again under another id', async () => {
    await ana.says('antes');
    await heard('antes');
    await rig.restart();
    await ana.says('después');
    await heard('después');
    const kept = app.received.filter(({ body }) => body.type === 'text' && body.text === 'antes');
    expect(new Set(kept.map(({ messageId }) => messageId)).size).toBe(1);
    idOf(await say('aquí sigo'));
    expect((await inbox()).at(-1)?.text).toBe('aquí sigo');
  });

  if (facts.notKept === 'sender-is-told') {
    test('what cannot be kept fails in the hand of whoever sent it', async () => {
      app.broken = true;
      await expect(ana.says('uno')).rejects.toThrow();
    });
    return;
  }
  test('what the app could not keep comes again after a restart, in order, once', async () => {
    app.broken = true;
    for (const text of ['uno', 'dos', 'tres']) await ana.says(text);
    await until('a try', () => app.tries() >= 2);
    await rig.stop();
    app.broken = false;
    await rig.restart();
    await heard('tres');
    expect(textsFrom(ana.address)).toEqual(['hola', 'uno', 'dos', 'tres']);
  });

  test('what she writes while we are away arrives when we are back', async () => {
    await rig.stop();
    for (const text of ['uno', 'dos']) await ana.says(text);
    await rig.restart();
    await heard('dos');
    expect(textsFrom(ana.address)).toEqual(['hola', 'uno', 'dos']);
  });

  test('while the app can keep nothing, nothing is lost; after it all arrive in order', async () => {
    app.broken = true;
    for (const text of ['uno', 'dos', 'tres']) await ana.says(text);
    await until('a try', () => app.tries() >= 2);
    app.broken = false;
    await heard('tres');
    expect(textsFrom(ana.address)).toEqual(['hola', 'uno', 'dos', 'tres']);
  });
}
