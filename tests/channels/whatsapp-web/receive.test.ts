import { expect, test } from 'vitest';
import type { Heard } from '../../../src/channels/whatsapp-web/protocol.ts';
import { toIncoming } from '../../../src/channels/whatsapp-web/receive.ts';

const hers: Heard = {
  event: 'message',
  id: 'false_5215550100001@c.us_3EB0A1',
  at: 1_795_000_000,
  type: 'chat',
  body: 'pagué 200',
  phone: '5215550100001',
  isGroup: false,
  isToUs: false,
  isForwarded: false,
  vCards: [],
};
const bodyOf = (change: Partial<Heard>) => toIncoming({ ...hers, ...change })?.body;

test('her number is her address without the old 1 of Mexico, her hidden id another name of hers', () => {
  expect(toIncoming({ ...hers, lid: '7001@lid' })).toEqual({
    channel: 'whatsapp-web',
    messageId: 'm:false_5215550100001@c.us_3EB0A1',
    address: '525550100001',
    aliases: ['lid:7001'],
    receivedAt: '2026-11-18T11:06:40.000Z',
    body: { type: 'text', text: 'pagué 200' },
  });
});

test('who hides her number is known by what hides it; who has no name at all is nobody', () => {
  const { phone: _, ...hidden } = hers;
  const found = toIncoming({ ...hidden, lid: '7001@lid' });
  expect(found?.address).toBe('lid:7001');
  expect(found?.aliases).toBeUndefined();
  expect(toIncoming(hidden)).toBeUndefined();
});

test.each<[string, Partial<Heard>, unknown]>([
  ['a sticker', { type: 'sticker', file: {} }, { type: 'unread', kind: 'other' }],
  ['a poll', { type: 'poll_creation' }, { type: 'unread', kind: 'other' }],
  ['a live place', { type: 'location' }, { type: 'unread', kind: 'location' }],
  ['an edit', { event: 'edited', edit: '5' }, { type: 'unread', kind: 'edited' }],
  [
    'what could not be opened',
    { event: 'unreadable', type: 'ciphertext' },
    { type: 'unread', kind: 'other' },
  ],
  ['a new number', { event: 'moved', type: 'notification_template' }, { type: 'moved' }],
  ['a note of WhatsApp', { type: 'e2e_notification' }, undefined],
  ['a call', { type: 'call_log' }, undefined],
  ["a group's chatter", { isGroup: true }, undefined],
  ['a group, to us', { isGroup: true, isToUs: true }, { type: 'group-chat' }],
  ['an edit in a group', { isGroup: true, isToUs: true, event: 'edited' }, undefined],
  ['bytes no database holds', { body: 'a\u0000b\ud800' }, { type: 'text', text: 'ab\ufffd' }],
  [
    'a voice note',
    { type: 'ptt', body: '', file: { mime: 'audio/ogg; codecs=opus', size: 9 } },
    { type: 'media', kind: 'voice', ref: hers.id, mime: 'audio/ogg; codecs=opus', size: 9 },
  ],
  [
    'a document with words',
    { type: 'document', body: 'mi recibo', file: { name: 'a.pdf' } },
    { type: 'media', kind: 'document', ref: hers.id, fileName: 'a.pdf', caption: 'mi recibo' },
  ],
])('%s', (_, change, expected) => {
  expect(bodyOf(change)).toEqual(expected);
});

test('what was passed on is told with what is in it', () => {
  expect(toIncoming({ ...hers, isForwarded: true })).toMatchObject({
    forwarded: true,
    body: { type: 'text', text: 'pagué 200' },
  });
  expect(toIncoming({ ...hers, isForwarded: true, type: 'image', file: {}, body: 'mira' })).toMatchObject({
    forwarded: true,
    body: { type: 'media', kind: 'image', ref: hers.id, caption: 'mira' },
  });
  expect(toIncoming(hers)).not.toHaveProperty('forwarded');
});

test.each([
  ['her own card', 'TEL;type=CELL;waid=5215550100001:+52 1 55 5010 0001', '525550100001', true],
  ['her own, as older telephones write it', 'item1.TEL;type=CELL:+52 55 5010 0001', '525550100001', true],
  ['another woman', 'TEL;waid=525550100002:+52 55 5010 0002', '525550100002', false],
])('a contact: %s', (_, line, phone, own) => {
  const card = `BEGIN:VCARD\nVERSION:3.0\nFN:Ana\n${line}\nEND:VCARD`;
  expect(bodyOf({ type: 'vcard', vCards: [card] })).toEqual({ type: 'contact', phone, own });
  const passedOn = bodyOf({ type: 'vcard', vCards: [card], isForwarded: true });
  expect(passedOn).toEqual({ type: 'contact', phone, own: false });
});

test('a card without a number, and several cards, are not read', () => {
  expect(bodyOf({ type: 'vcard', vCards: ['BEGIN:VCARD\nFN:Ana\nEND:VCARD'] })).toMatchObject({
    type: 'unread',
  });
  expect(bodyOf({ type: 'multi_vcard', vCards: ['a', 'b'] })).toMatchObject({ type: 'unread' });
});

test('two edits are two messages; the same one twice is one', () => {
  const ids = ['1', '2', '2'].map((edit) => toIncoming({ ...hers, event: 'edited', edit })?.messageId);
  expect(new Set(ids).size).toBe(2);
});
