import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isUpdate, pressIdOf, toIncoming } from '../../../src/channels/telegram/receive.ts';
import notUpdates from '../../fixtures/telegram/no-updates.json' with { type: 'json' };
import updates from '../../fixtures/telegram/updates.json' with { type: 'json' };

const NOW = '2026-03-01T18:05:00.000Z';
const BOT = { id: 7_000_000_001, name: 'comadre_bot' };

/** When Telegram had it; of a press it does not say so. */
const momentOf = (update: object): string => {
  const said = Object.entries(update).flatMap(([kind, of]) => {
    const { date, edit_date } = Object(of) as { date?: number; edit_date?: number };
    const at = kind === 'edited_message' ? edit_date : date;
    return at === undefined ? [] : [new Date(at * 1_000).toISOString()];
  });
  return said[0] ?? NOW;
};

describe('an update in our words', () => {
  test.each(updates)('$name', ({ update, incoming }) => {
    expect(isUpdate(update)).toBe(true);
    const expected =
      incoming === null ? undefined : { channel: 'telegram', receivedAt: momentOf(update), ...incoming };
    expect(toIncoming(update, NOW, BOT)).toEqual(expected);
  });

  test('what a person does keeps its id when it comes again under another number', () => {
    for (const { update } of updates) {
      const again = toIncoming({ ...update, update_id: 999_999_999 }, NOW, BOT);
      expect(again?.messageId).toBe(toIncoming(update, NOW, BOT)?.messageId);
    }
  });

  test('no two things people do share an id', () => {
    const ids = updates.flatMap(({ incoming }) => (incoming === null ? [] : [incoming.messageId]));
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('only a press has an id to answer it with', () => {
    for (const { update } of updates) {
      const incoming = toIncoming(update, NOW, BOT);
      const press = 'callback_query' in update ? update.callback_query?.id : undefined;
      if (incoming !== undefined) expect(pressIdOf(incoming)).toBe(press);
    }
  });

  test('as long as our own name is unknown only commands count as words to us in a group', () => {
    const group = { id: -100, type: 'supergroup' };
    const say = (text: string): unknown => ({
      update_id: 1,
      message: { message_id: 1, from: { id: 5 }, chat: group, text },
    });
    expect(toIncoming(say('/saldo'), NOW)?.body).toEqual({ type: 'group-chat' });
    expect(toIncoming(say('@comadre_bot hola'), NOW)).toBeUndefined();
  });
});

describe('a payload that is no update', () => {
  test.each(notUpdates)('$name', ({ payload }) => {
    expect(isUpdate(payload)).toBe(false);
    expect(toIncoming(payload, NOW, BOT)).toBeUndefined();
  });

  test('nothing at all makes it throw', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (outer, inner) => {
        toIncoming(outer, NOW, BOT);
        for (const kind of ['message', 'edited_message', 'callback_query', 'my_chat_member']) {
          toIncoming({ update_id: 1, [kind]: inner }, NOW, BOT);
        }
      }),
    );
  });
});
