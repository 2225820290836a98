import type { MediaKind } from '../../../src/conversation/message.ts';
import type { CloudApi } from '../../support/cloud-api-emulator/cloud-api.ts';
import { startBench } from '../whatsapp-cloud/setup.ts';
import type { ChannelFacts, Person, StartRig } from './rig.ts';

export const WHATSAPP_CLOUD: ChannelFacts = {
  name: 'whatsapp-cloud',
  textCharsMax: 4_096,
  captionCharsMax: 1_024,
  buttonsMax: 10,
  numbersOnButtons: true,
  edits: 'unread',
  groups: 'group-chat',
  // Whoever blocked us simply never gets it: Meta says "sent" and nothing more.
  blocked: { when: 'never' },
  tellsBlock: false,
  tooMany: 'own-seconds',
  faults: true,
  notKept: 'again',
  contacts: 'tells-own',
  locations: true,
  forwards: true,
  replies: true,
  filesIn: ['voice', 'image', 'video', 'document'],
  filesOut: ['voice', 'image', 'video', 'document'],
  fileIds: 'for-days',
  statuses: ['delivered', 'read', 'failed'],
  erases: false,
  editsOurs: false,
  windowHours: 24,
};

/** The real channel behind the real route, at the emulator. */
export const startWhatsAppCloud: StartRig = async (app) => {
  const bench = await startBench();
  const { api } = bench;
  let channel = bench.channel();
  await channel.start(app.receive, app.report);
  return {
    channel: () => channel,
    person: (number) => personAt(api, number),
    platform: {
      tooMany: () => api.fault.next({ on: 'messages', status: 429, code: 130_429 }),
      serverError: (after = 0) => api.fault.next({ on: 'messages', after, status: 500 }),
      loseAnswer: () => api.fault.next({ on: 'messages', drop: 'after' }),
      deliverAgain: async () => api.hooks.again(({ value }) => 'messages' in value),
    },
    async restart() {
      await channel.stop();
      channel = bench.channel();
      await channel.start(app.receive, app.report);
    },
    stop: () => channel.stop(),
    finish: () => bench.finish(),
  };
};

const TYPES = {
  voice: 'audio',
  image: 'image',
  video: 'video',
  document: 'document',
} as const satisfies Record<MediaKind, string>;

function personAt(api: CloudApi, number: 1 | 2 | 3): Person {
  const phone = api.person(`521555010000${number}`, { scopedId: `MX.1349120865530274191${number}` });
  const done = async (act: () => unknown): Promise<void> => void act();
  return {
    address: `52555010000${number}`,
    says: (text) => done(() => phone.says(text)),
    presses: (button) => done(() => phone.presses(button)),
    sends: ({ kind, ...file }) => done(() => phone.sendsFile(TYPES[kind], file)),
    sharesContact: ({ own, forwarded }) =>
      done(() => {
        const shared = own ? phone.phone : '5215550100009';
        phone.sends({
          type: 'contacts',
          contacts: [{ name: {}, phones: [{ phone: `+${shared}`, wa_id: shared }] }],
          ...(forwarded && { context: { forwarded } }),
        });
      }),
    sharesLocation: () =>
      done(() => phone.sends({ type: 'location', location: { latitude: 19.4, longitude: -99.1 } })),
    forwards: (what) =>
      done(() => {
        const context = { forwarded: true };
        if (typeof what === 'string') return phone.says(what, { context });
        const { kind, ...file } = what;
        return phone.sendsFile(TYPES[kind], file, { context });
      }),
    repliesTo: (sentId, text) =>
      done(() => phone.says(text, { context: { from: '525550100000', id: sentId } })),
    edits: (text) =>
      done(() => phone.sends({ type: 'edit', edit: { message: { type: 'text', text: { body: text } } } })),
    saysInGroup: (text) => done(() => phone.says(text, { group_id: 'Y2FwaV9ncm91cDo' })),
    blocks: () => done(() => phone.blocks()),
    unblocks: () => done(() => phone.unblocks()),
    reads: () => done(() => phone.reads()),
    inbox: async () =>
      phone.inbox().map(({ text, buttons, file }) => ({
        text,
        buttons: buttons.map(({ written }) => written),
        ...(file && { file: { kind: file.kind, bytes: file.bytes } }),
      })),
  };
}
