import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { personIn, toPosted } from '../../../src/channels/whatsapp-cloud/receive.ts';
import type { IncomingMessage } from '../../../src/conversation/message.ts';
import { fromAna, PHONE_NUMBER_ID, posted } from './setup.ts';

const NOW = '2026-11-24T18:00:00Z';
const PLACE = { phoneNumberId: PHONE_NUMBER_ID, now: NOW };
const BSUID = 'MX.13491208655302741918';

const read = (payload: unknown) => toPosted(payload, PLACE);

const heard = (...messages: readonly unknown[]): readonly IncomingMessage[] =>
  read(posted(messages))?.messages ?? [];

const bodyOf = (content: Readonly<Record<string, unknown>>) => heard(fromAna('wamid.A', content))[0]?.body;

describe('what she sends', () => {
  const file = { id: '1234', mime_type: 'image/jpeg', sha256: 'aGFzaA==' };
  test.each([
    ['text', { type: 'text', text: { body: 'pagué 200' } }, { type: 'text', text: 'pagué 200' }],
    [
      'the button of a template',
      { type: 'button', button: { payload: 'p:1', text: 'Sí' }, context: { id: 'wamid.B' } },
      { type: 'button', payload: 'p:1' },
    ],
    [
      'a reply button',
      {
        type: 'interactive',
        interactive: { type: 'button_reply', button_reply: { id: 'p:1', title: 'Sí' } },
      },
      { type: 'button', payload: 'p:1' },
    ],
    [
      'a row of a list',
      {
        type: 'interactive',
        interactive: { type: 'list_reply', list_reply: { id: 'p:7', title: '7. Más' } },
      },
      { type: 'button', payload: 'p:7' },
    ],
    [
      'a form',
      { type: 'interactive', interactive: { type: 'nfm_reply', nfm_reply: {} } },
      { type: 'unread', kind: 'other' },
    ],
    [
      'a picture',
      { type: 'image', image: { ...file, caption: 'mi recibo' } },
      { type: 'media', kind: 'image', ref: '1234', mime: 'image/jpeg', caption: 'mi recibo' },
    ],
    [
      'a voice note',
      { type: 'audio', audio: { id: '5', mime_type: 'audio/ogg; codecs=opus', voice: true } },
      { type: 'media', kind: 'voice', ref: '5', mime: 'audio/ogg; codecs=opus' },
    ],
    [
      'a voice note as it was once written',
      { type: 'voice', voice: { id: '5' } },
      { type: 'media', kind: 'voice', ref: '5' },
    ],
    ['a video', { type: 'video', video: { id: '6' } }, { type: 'media', kind: 'video', ref: '6' }],
    [
      'a document',
      { type: 'document', document: { id: '7', filename: 'acta.pdf' } },
      { type: 'media', kind: 'document', ref: '7', fileName: 'acta.pdf' },
    ],
    ['a sticker', { type: 'sticker', sticker: file }, { type: 'unread', kind: 'other' }],
    [
      'a place',
      { type: 'location', location: { latitude: 1, longitude: 2 } },
      { type: 'unread', kind: 'location' },
    ],
    [
      'a change',
      { type: 'edit', edit: { message: { text: { body: '900' } } } },
      { type: 'unread', kind: 'edited' },
    ],
    ['a withdrawal', { type: 'revoke', revoke: {} }, { type: 'unread', kind: 'edited' }],
    [
      'what Meta cannot pass on',
      { type: 'unsupported', errors: [{ code: 131_051 }] },
      { type: 'unread', kind: 'other' },
    ],
    ['what Meta adds one day', { type: 'hologram', hologram: {} }, { type: 'unread', kind: 'other' }],
    ['no type', { text: { body: 'hola' } }, { type: 'text', text: 'hola' }],
    ['a text without words', { type: 'text', text: {} }, { type: 'unread', kind: 'other' }],
    ['words in a group', { type: 'text', text: { body: 'saldo' }, group_id: 'g1' }, { type: 'group-chat' }],
    [
      'her new number',
      { type: 'system', system: { type: 'user_changed_number', wa_id: '5215550100099' } },
      { type: 'moved' },
    ],
    ['an opened heart', { type: 'reaction', reaction: { message_id: 'wamid.B', emoji: '❤️' } }, undefined],
    ['another note of the system', { type: 'system', system: { type: 'user_identity_changed' } }, undefined],
  ])('%s', (_name, content, body) => {
    expect(bodyOf(content)).toEqual(body);
  });

  test.each([
    [
      'passed on',
      { type: 'text', text: { body: 'Ana pagó 200' }, context: { forwarded: true } },
      { type: 'text', text: 'Ana pagó 200' },
    ],
    [
      'what went round',
      { type: 'image', image: { id: '5', caption: 'mira' }, context: { frequently_forwarded: true } },
      { type: 'media', kind: 'image', ref: '5', caption: 'mira' },
    ],
  ])('%s is told as such, with what is in it', (_name, content, body) => {
    expect(heard(fromAna('wamid.A', content))).toMatchObject([{ forwarded: true, body }]);
  });

  test('has the id, the address and the message it answers', () => {
    const [message] = heard(
      fromAna('wamid.A', { type: 'text', text: { body: 'sí' }, context: { id: 'wamid.B', from: '5255' } }),
    );
    expect(message).toEqual({
      channel: 'whatsapp-cloud',
      messageId: 'wamid.A',
      address: '525550100001',
      receivedAt: '2026-11-18T11:06:40.000Z',
      repliesTo: 'wamid.B',
      body: { type: 'text', text: 'sí' },
    });
  });

  test.each(['x', '', -1, 9e15, null])('came when we had it where Meta does not say so: %s', (timestamp) => {
    const [message] = heard({ ...fromAna('wamid.A', { type: 'text', text: { body: 'sí' } }), timestamp });
    expect(message?.receivedAt).toBe(NOW);
  });

  test('keeps no zero byte and no half of a sign', () => {
    expect(bodyOf({ type: 'text', text: { body: 'a\u0000b\ud83d' } })).toEqual({
      type: 'text',
      text: 'ab\ufffd',
    });
  });
});

describe('a number she shares', () => {
  const card = (...numbers: readonly string[]) =>
    bodyOf({
      type: 'contacts',
      contacts: numbers.map((phone) => ({ name: {}, phones: [{ phone, wa_id: '0' }] })),
    });

  test('is hers only when it is the one she writes from', () => {
    expect(card('+52 1 555 010 0001')).toEqual({ type: 'contact', phone: '+52 1 555 010 0001', own: true });
    expect(card('+52 555 010 0001')).toMatchObject({ own: true });
    expect(card('+52 555 010 0009')).toMatchObject({ phone: '+52 555 010 0009', own: false });
    expect(card('+52 555 010 0009', '5215550100001')).toMatchObject({ phone: '5215550100001', own: true });
  });

  test('is never hers while Meta hides her number', () => {
    const [message] = heard({
      from_user_id: BSUID,
      id: 'wamid.A',
      type: 'contacts',
      contacts: [{ phones: [{ phone: '+525550100001', wa_id: '525550100001' }] }],
    });
    expect(message?.body).toMatchObject({ type: 'contact', own: false });
  });

  test.each(['forwarded', 'frequently_forwarded'])('is not hers when it is %s', (how) => {
    const contacts = [{ phones: [{ phone: '+525550100001' }] }];
    const passedOn = bodyOf({ type: 'contacts', contacts, context: { [how]: true } });
    expect(passedOn).toEqual({ type: 'contact', phone: '+525550100001', own: false });
  });

  test('a card without a number cannot be read', () => {
    expect(card()).toEqual({ type: 'unread', kind: 'other' });
  });
});

describe('who she is', () => {
  const identity = (message: object, more: Readonly<Record<string, unknown>> = {}) => {
    const text = { id: 'wamid.A', type: 'text', text: { body: 'hola' } };
    const [first] = read(posted([{ ...text, ...message }], more))?.messages ?? [];
    return first && { address: first.address, aliases: first.aliases };
  };

  test.each([
    ['521 and ten digits are 52 and ten', { from: '5215550100001' }, '525550100001'],
    ['what is right already stays', { from: '525550100001' }, '525550100001'],
    ['other countries keep their 1', { from: '12025550123' }, '12025550123'],
    ['so do numbers of another length', { from: '52155501000012' }, '52155501000012'],
  ])('%s', (_name, message, address) => {
    expect(identity(message)).toEqual({ address, aliases: undefined });
  });

  test('the number is her address and the other id an alias', () => {
    const both = { address: '525550100001', aliases: [`bsuid:${BSUID}`] };
    expect(identity({ from: '5215550100001', from_user_id: BSUID })).toEqual(both);
    expect(
      identity({ from: '5215550100001' }, { contacts: [{ wa_id: '525550100001', user_id: BSUID }] }),
    ).toEqual(both);
    expect(
      identity({ from_user_id: BSUID }, { contacts: [{ wa_id: '5215550100001', user_id: BSUID }] }),
    ).toEqual(both);
  });

  test('with a hidden number the other id is the address', () => {
    const scoped = { address: `bsuid:${BSUID}`, aliases: undefined };
    expect(identity({ from_user_id: BSUID })).toEqual(scoped);
    expect(identity({}, { contacts: [{ user_id: BSUID }] })).toEqual(scoped);
  });

  test('another contact beside the message lends her nothing', () => {
    const other = { contacts: [{ wa_id: '525550100002', user_id: 'MX.2' }] };
    expect(identity({ from: '5215550100001' }, other)).toEqual({
      address: '525550100001',
      aliases: undefined,
    });
  });

  test('nobody: it is counted, not kept', () => {
    expect(identity({})).toBeUndefined();
    expect(identity({ from: 'x', from_user_id: "MX.1';--" })).toBeUndefined();
    expect(read(posted([{ id: 'wamid.A', type: 'text' }]))?.unreadable).toBe(1);
  });

  test('who moved is the number she left, under that name alone', () => {
    const system = { type: 'system', system: { type: 'user_changed_number', wa_id: '5215550100099' } };
    const contacts = [{ wa_id: '5215550100099', user_id: BSUID }];
    expect(identity({ ...system, from: '5215550100001' }, { contacts })).toEqual({
      address: '525550100001',
      aliases: undefined,
    });
    expect(identity(system, { contacts })).toBeUndefined();
  });

  test('an id that is hers no longer has moved', () => {
    const payload = {
      entry: [
        {
          changes: [
            {
              field: 'user_id_update',
              value: { user_id_update: [{ user_id: { previous: BSUID, current: 'MX.9' } }] },
            },
          ],
        },
      ],
    };
    expect(read(payload)?.messages).toMatchObject([{ address: `bsuid:${BSUID}`, body: { type: 'moved' } }]);
  });

  test('one person is one row, however she is named in a batch', () => {
    const text = { type: 'text', text: { body: 'x' } };
    const messages = heard(
      { ...text, id: '1', from: '5215550100001', from_user_id: BSUID },
      { ...text, id: '2', from_user_id: BSUID },
    );
    expect(new Set(messages.map(personIn))).toEqual(new Set([`bsuid:${BSUID}`]));
  });
});

describe('what became of a message', () => {
  const status = (of: Readonly<Record<string, unknown>>) =>
    read(posted([], { statuses: [{ id: 'wamid.OUT', timestamp: '1795000000', ...of }] }))?.statuses;
  const at = '2026-11-18T11:06:40.000Z';

  test.each([
    ['sent', []],
    ['delivered', [{ sentId: 'wamid.OUT', at, state: 'delivered' }]],
    ['read', [{ sentId: 'wamid.OUT', at, state: 'read' }]],
    ['played', [{ sentId: 'wamid.OUT', at, state: 'read' }]],
    ['failed', [{ sentId: 'wamid.OUT', at, state: 'failed', failure: { type: 'undeliverable' } }]],
    ['beamed', []],
  ])('%s', (name, told) => {
    expect(status({ status: name })).toEqual(told);
  });

  test('a failure tells why', () => {
    expect(status({ status: 'failed', errors: [{ code: 131_047 }] })).toMatchObject([
      { failure: { type: 'outside-window' } },
    ]);
  });

  test.each(['x', '', -1, 9e15, null])('a moment that is none is ours: %s', (timestamp) => {
    expect(status({ status: 'read', timestamp })).toEqual([{ sentId: 'wamid.OUT', at: NOW, state: 'read' }]);
  });
});

describe('payloads', () => {
  test('of another number of the account are left out', () => {
    const payload = posted([fromAna('wamid.A', { type: 'text', text: { body: 'x' } })], {
      metadata: { phone_number_id: '999' },
      statuses: [{ id: 'wamid.OUT', status: 'read' }],
    });
    expect(read(payload)).toEqual({ messages: [], statuses: [], unreadable: 0, notices: [] });
  });

  test('about the account are noted by name', () => {
    const changes = [{ field: 'message_template_status_update', value: { event: 'PAUSED' } }];
    expect(read({ entry: [{ changes }] })?.notices).toEqual(['message_template_status_update']);
  });

  test.each([[null], [7], ['x'], [{}], [[]], [{ entry: 'x' }], [{ entry: {} }]])(
    'that are none: %j',
    (payload) => {
      expect(read(payload)).toBeUndefined();
    },
  );

  test('whatever stands around it, a readable message is found and nothing throws', () => {
    const whatever = fc.jsonValue();
    const readable = fromAna('wamid.GOOD', { type: 'text', text: { body: 'aquí' } });
    fc.assert(
      fc.property(
        fc.array(whatever, { maxLength: 4 }),
        fc.array(whatever, { maxLength: 4 }),
        fc.dictionary(fc.constantFrom('contacts', 'statuses', 'errors', 'x', 'user_id_update'), whatever),
        fc.dictionary(
          fc.constantFrom('context', 'button', 'interactive', 'image', 'contacts', 'system', 'timestamp'),
          whatever,
        ),
        (before, after, beside, inside) => {
          const isForwarded = JSON.stringify(inside['context'] ?? null).includes('forwarded');
          fc.pre(!isForwarded);
          const found = read(posted([...before, { ...inside, ...readable }, ...after], beside));
          const texts = found?.messages.filter(({ messageId }) => messageId === 'wamid.GOOD');
          expect(texts).toMatchObject([{ address: '525550100001', body: { type: 'text', text: 'aquí' } }]);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('no JSON at all makes it throw', () => {
    const near = fc.letrec((tie) => ({
      value: fc.oneof(
        { depthSize: 'small' },
        fc.jsonValue(),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(
          fc.constantFrom(
            'entry',
            'changes',
            'value',
            'field',
            'messages',
            'statuses',
            'contacts',
            'id',
            'from',
            'type',
            'text',
            'body',
            'timestamp',
            'system',
            'context',
            'errors',
            'code',
            'status',
            'metadata',
          ),
          tie('value'),
          { maxKeys: 6 },
        ),
      ),
    }));
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), near.value), (payload) => void read(payload)),
      { numRuns: 3_000 },
    );
  });
});
