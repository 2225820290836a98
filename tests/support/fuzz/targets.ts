// Everything that reads what comes from outside, each with real inputs to begin from.

import { readFileSync } from 'node:fs';
import { Temporal } from 'temporal-polyfill';
import { drawn } from '../../../bench/seeded.ts';
import { isBoundTo, unboundPayload } from '../../../src/app/bound-button.ts';
import { duplicateKey } from '../../../src/app/duplicate-key.ts';
import { readMembersCsv, readNewMembers } from '../../../src/app/members-csv.ts';
import { readProgrammeFile } from '../../../src/app/programme-file.ts';
import { toIncoming } from '../../../src/channels/telegram/receive.ts';
import { toPosted } from '../../../src/channels/whatsapp-cloud/receive.ts';
import { heard } from '../../../src/channels/whatsapp-web/protocol.ts';
import { toIncoming as fromTelephone } from '../../../src/channels/whatsapp-web/receive.ts';
import { readMedia } from '../../../src/content/media/read-media.ts';
import { shorn } from '../../../src/content/media/shorn.ts';
import { TEXT_CHARS_MAX } from '../../../src/conversation/message.ts';
import { readAmount } from '../../../src/conversation/understand/amount.ts';
import { readMoment } from '../../../src/conversation/understand/moment.ts';
import { plainAsk } from '../../../src/conversation/understand/plain-ask.ts';
import { readOfDay } from '../../../src/conversation/understand/said-day.ts';
import { understand } from '../../../src/conversation/understand/understand.ts';
import { precedenceOf } from '../../../src/conversation/urgent-message.ts';
import { parseDecimal } from '../../../src/domain/money.ts';
import { readPersonName, readTitle } from '../../../src/domain/person-name.ts';
import { inert, spreadsheet } from '../../../src/store/export-csv.ts';
import { createSecrets } from '../../../src/store/secrets.ts';
import { readOffered, readSession } from '../../../src/store/session-json.ts';
import { readSimulatorBody } from '../../../src/web/simulator-body.ts';
import { lexicons } from '../lexicons.ts';
import { exif, jpegOf, pngOf, segment } from '../pictures.ts';
import { corpusTexts } from '../understand/mutate.ts';
import { voiceNote } from '../voice-note.ts';
import { type Draw, damagedBytes, damagedJson, damagedText } from './damage.ts';

/** `make` draws an input, `read` takes it: it may refuse it, and it may not throw. */
export type Target = {
  readonly name: string;
  /** How often it is drawn, beside the others: what takes longer, less. */
  readonly weight: number;
  readonly make: (draw: Draw) => unknown;
  readonly read: (input: never) => unknown;
};

const fixture = (file: string): string =>
  readFileSync(new URL(`../../fixtures/${file}`, import.meta.url), 'utf8');

const NOW = '2026-11-24T19:00:00Z';
const TODAY = Temporal.PlainDate.from('2026-11-24');
const ROSTER = ['Rosa Hernández', 'Ana Martínez', 'Guadalupe Cruz', 'Socorro Ruiz'].map((name, at) => ({
  number: at + 1,
  name,
}));
const BOT = { id: 7_000_000_001, name: 'comadre_bot' };
const secrets = createSecrets({ bytes: Buffer.alloc(32, 3), created: true, warnings: [] });

const text = (all: readonly string[]) => (draw: Draw) => damagedText(all, draw);
const json = (all: readonly unknown[]) => (draw: Draw) => damagedJson(drawn(all, draw), draw);

const words = (): Target[] => {
  const said = corpusTexts();
  const names = [
    'Petra Gómez',
    "Xunk' Ik’al",
    'María de los Ángeles O’Farrill',
    'Анна',
    'فاطمة',
    'Grupo 3 (Centro)',
  ];
  const amounts = ['100', '1,500.50', '$ 200', 'mil doscientos', '2k', 'quinientos pesos', '１００', '0.05'];
  const days = [
    'ayer',
    'el martes pasado',
    'mañana a las 9',
    'el 30 de noviembre a las 8 am',
    '2026-11-24',
    'hace dos meses',
  ];
  const buttons = [
    'ask:savings~AAAAAAAAAAAA',
    'pay:yes:@AAAAAAAAAAAAAAAAAAAAAA~AAAAAAAAAAAA',
    'no',
    '~~',
    'a:b:c',
  ];
  const context = { language: 'es', roster: ROSTER, lexicons } as const;
  return [
    {
      name: 'understand, a member',
      weight: 6,
      make: text(said),
      read: (t: string) => understand(t, { ...context, role: 'member', expecting: 'menu' }),
    },
    {
      name: 'understand, a leader',
      weight: 6,
      make: text(said),
      read: (t: string) => understand(t, { ...context, role: 'leader', expecting: 'amount' }),
    },
    {
      name: 'understand, a leader of a group of shares',
      weight: 2,
      make: text(said),
      read: (t: string) =>
        understand(t, { ...context, role: 'leader', expecting: 'nothing', sharePrice: 2_000n }),
    },
    {
      name: 'danger',
      weight: 3,
      make: text(said),
      read: (t: string) => precedenceOf({ type: 'text', text: t }, lexicons),
    },
    { name: 'plain question', weight: 3, make: text(said), read: (t: string) => plainAsk(t, lexicons) },
    {
      name: 'code',
      weight: 6,
      make: text(['K7P4QXM3TR', 'quiero unirme con el código K7P4Q XM3TR', 'join k7p4-qxm3tr']),
      read: (t: string) => understand(t, { ...context, role: 'member', expecting: 'nothing' }),
    },
    { name: 'name', weight: 40, make: text(names), read: (t: string) => [readPersonName(t), readTitle(t)] },
    {
      name: 'money',
      weight: 15,
      make: text(amounts),
      read: (t: string) => [readAmount(t, lexicons), parseDecimal(t)],
    },
    {
      name: 'dates',
      weight: 6,
      make: text(days),
      read: (t: string) => [readMoment(t, TODAY, lexicons), readOfDay(t.slice(0, TEXT_CHARS_MAX), lexicons)],
    },
    {
      name: 'buttons',
      weight: 60,
      make: text(buttons),
      read: (t: string) => [unboundPayload(t), isBoundTo(secrets, 'a', t)],
    },
    {
      name: 'tables out',
      weight: 40,
      make: text([...names, '=1+1', '@x']),
      read: (t: string) => spreadsheet([[inert(t)]]),
    },
  ];
};

const files = (): Target[] => {
  const programme = fixture('programme/orilla.json');
  const now = Temporal.Instant.from(NOW);
  const table =
    'group,number,name,role,phone,consented\nLas Jacarandas,7,"Petra Gómez",member,+526641230104,2026-09-01\n';
  const parsed: unknown = JSON.parse(programme);
  return [
    {
      name: 'programme file',
      weight: 1,
      make: text([programme]),
      read: (t: string) => readProgrammeFile(t, { now }),
    },
    {
      name: 'programme file, its fields',
      weight: 1,
      make: (draw) => JSON.stringify(damagedJson(parsed, draw)) ?? '',
      read: (t: string) => readProgrammeFile(t, { now }),
    },
    { name: 'fields twice', weight: 3, make: text([programme.slice(0, 600)]), read: duplicateKey },
    {
      name: 'table',
      weight: 4,
      make: text([table]),
      read: (t: string) => readMembersCsv(t),
    },
    {
      name: 'table of those who come in',
      weight: 4,
      make: text([table]),
      read: (t: string) => readNewMembers(t, '2026-11-24'),
    },
    {
      name: 'table, its bytes',
      weight: 8,
      make: (draw) => damagedBytes([Buffer.from(table), Buffer.from(table, 'utf16le')], draw),
      read: (b: Uint8Array) => readMembersCsv(b),
    },
  ];
};

const hooks = (): Target[] => {
  const updates = (JSON.parse(fixture('telegram/updates.json')) as { update: unknown }[]).map(
    ({ update }) => update,
  );
  const ana = { from: '5216641230104', id: 'wamid.A', timestamp: '1790000000' };
  const posts = [
    { type: 'text', text: { body: 'ya pagué 200' } },
    { type: 'button', button: { payload: 'p:1', text: 'Sí' }, context: { id: 'wamid.B' } },
    { type: 'interactive', interactive: { type: 'list_reply', list_reply: { id: 'p:7', title: 'x' } } },
    { type: 'image', image: { id: '1234', mime_type: 'image/jpeg', sha256: 'aGFzaA==', caption: 'x' } },
    { type: 'system', system: { type: 'user_changed_number', wa_id: '5216641230105' } },
  ].map((content) => ({
    object: 'whatsapp_business_account',
    entry: [
      {
        id: '1',
        changes: [
          {
            field: 'messages',
            value: {
              messaging_product: 'whatsapp',
              metadata: { phone_number_id: '1' },
              contacts: [{ wa_id: ana.from, profile: { name: 'Ana' } }],
              messages: [{ ...ana, ...content }],
              statuses: [{ id: 'wamid.C', status: 'read', timestamp: '1790000000', recipient_id: ana.from }],
            },
          },
        ],
      },
    ],
  }));
  const bodies = [
    { text: 'hola' },
    { payload: 'ask:savings' },
    { start: true, code: 'K7P4' },
    { text: '/start K7P4', messageId: 'abcdefgh' },
  ];
  const fromWeb = [
    {
      event: 'message',
      id: 'false_5216641230104@c.us_AA',
      chat: '5216641230104@c.us',
      at: 1_790_000_000,
      kind: 'chat',
      text: 'hola',
    },
  ];
  const session = {
    offered: [{ payload: 'pay:yes:1', label: 'Sí' }],
    flow: { type: 'report-purpose', amount: '100' },
    meeting: false,
    at: NOW,
  };
  return [
    {
      name: 'Telegram updates',
      weight: 15,
      make: json(updates),
      read: (u: unknown) => toIncoming(u, NOW, BOT),
    },
    {
      name: 'WhatsApp posts',
      weight: 10,
      make: json(posts),
      read: (p: unknown) => toPosted(p, { phoneNumberId: '1', now: NOW }),
    },
    { name: 'simulator bodies', weight: 15, make: json(bodies), read: readSimulatorBody },
    {
      name: 'what a linked telephone heard',
      weight: 10,
      make: json(fromWeb),
      read: (h: unknown) => {
        const read = heard.safeParse(h);
        return read.success && fromTelephone(read.data);
      },
    },
    {
      name: 'sessions',
      weight: 10,
      make: (draw) => JSON.stringify(damagedJson(session, draw)) ?? 'null',
      read: readSession,
    },
    {
      name: 'offered choices',
      weight: 10,
      make: (draw) => JSON.stringify(damagedJson(session.offered, draw)) ?? 'null',
      read: readOffered,
    },
  ];
};

const media = (): Target[] => {
  const size = { width: 4, height: 3 };
  const samples = [
    jpegOf({ ...size, notes: [segment(0xe1, exif('x'))] }),
    pngOf(size),
    Buffer.from('%PDF-1.7\n%%EOF\n'),
    Buffer.from('\0\0\0\u0018ftypmp42\0\0\0\0\0\0\0\u0010moov\0\0\0\u0008mvhd\0\0\0\u0008mdat', 'latin1'),
    Buffer.from('#!AMR\n<'.padEnd(70, '\0'), 'latin1'),
    Buffer.from('ID3\u0004\0\0\0\0\0\u0001', 'latin1'),
    Buffer.from([0xff, 0xf1, 0x50, 0x80, 0x19, 0x1f, 0xfc, 0, 0]),
  ];
  const read = (bytes: Uint8Array) => {
    const is = readMedia(bytes);
    return is.ok
      ? readMedia(shorn(is.mime, bytes))
      : [shorn('image/jpeg', bytes), shorn('image/png', bytes), shorn('video/mp4', bytes)];
  };
  return [
    { name: 'pictures, films and papers', weight: 25, make: (draw) => damagedBytes(samples, draw), read },
    { name: 'voice notes', weight: 4, make: (draw) => damagedBytes([voiceNote(2)], draw), read },
  ];
};

/** All of them. */
export const fuzzTargets = (): Target[] => [...words(), ...files(), ...hooks(), ...media()];
