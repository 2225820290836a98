import type { WhatsAppWebChannel } from '../../../src/channels/whatsapp-web/whatsapp-web.ts';
import type { MediaKind } from '../../../src/conversation/message.ts';
import type { Out, StubPerson } from '../../support/whatsapp-web-stub/server.ts';
import type { Arrival, Person, Rig, ScriptedApp, SentFile, StartRig } from '../contract/rig.ts';
import { until } from '../contract/rig.ts';
import { type Bench, newPerson, startBench } from './setup.ts';

const KINDS: Readonly<Record<string, MediaKind>> = {
  ptt: 'voice',
  image: 'image',
  video: 'video',
  document: 'document',
};
const TYPES: Readonly<Record<MediaKind, string>> = {
  voice: 'ptt',
  image: 'image',
  video: 'video',
  document: 'document',
};
const GROUP = '120363000000000001@g.us';

/** One telephone, linked once for all the cases: a browser takes seconds to start. People are new in each case. */
export async function contractBench(): Promise<{ start: StartRig; finish(): Promise<void> }> {
  const bench = await startBench();
  const linked: { app?: ScriptedApp; channel?: WhatsAppWebChannel | undefined } = {};
  const appNow = (): ScriptedApp => {
    if (!linked.app) throw new Error('no case is running');
    return linked.app;
  };
  const startChannel = async (): Promise<void> => {
    linked.channel = bench.channel();
    const receive = (message: Parameters<ScriptedApp['receive']>[0]) => appNow().receive(message);
    await bench.link(linked.channel, receive, (statuses) => appNow().report(statuses));
  };
  const stopChannel = async (): Promise<void> => {
    await linked.channel?.stop();
    linked.channel = undefined;
  };

  const start: StartRig = async (app) => {
    linked.app = app;
    if (!linked.channel) await startChannel();
    const people = ['lid', 'plain', 'old-number'] as const;
    const persons = people.map((kind) => personOn(bench, newPerson(kind)));
    const rig: Rig = {
      channel() {
        if (!linked.channel) throw new Error('the channel does not run');
        return linked.channel;
      },
      person: (number) => persons[number - 1] as Person,
      platform: {
        tooMany() {
          throw new Error('WhatsApp Web never says "too many"');
        },
        serverError: (after) => bench.stub.fail('refuse', after),
        loseAnswer: () => bench.stub.fail('lose-answer'),
        deliverAgain: async () => void bench.stub.again(),
      },
      async restart() {
        await stopChannel();
        await startChannel();
      },
      stop: stopChannel,
      async finish() {
        app.broken = false;
        // What this case left must not come to the next one.
        if (linked.channel) await until('all is read', () => bench.stub.allUnread() === 0);
        const shown = bench.logged.splice(0).join('\n');
        if (/\d{7,}|postgres:/u.test(shown)) throw new Error(`something personal was logged: ${shown}`);
      },
    };
    return rig;
  };
  return { start, finish: () => bench.finish() };
}

function personOn({ stub }: Bench, person: StubPerson & { readonly address: string }): Person {
  stub.add(person);
  let latest = '';
  const writes = async (written: Parameters<typeof stub.write>[1]): Promise<void> => {
    latest = stub.write(person, written);
  };
  return {
    address: person.address,
    says: (body) => writes({ body }),
    presses: () => Promise.reject(new Error('there are no buttons on WhatsApp Web')),
    sends: ({ kind, caption, ...file }: SentFile) =>
      writes({ type: TYPES[kind], file, ...(caption !== undefined && { body: caption }) }),
    sharesContact: ({ own, forwarded }) =>
      writes({
        type: 'vcard',
        body: cardOf(own ? person.phone : '5215550109998@c.us'),
        isForwarded: forwarded,
      }),
    sharesLocation: () => writes({ type: 'location' }),
    forwards: (what) => {
      if (typeof what === 'string') return writes({ body: what, isForwarded: true });
      const { kind, caption = '', ...file } = what;
      return writes({ type: TYPES[kind], file, body: caption, isForwarded: true });
    },
    repliesTo: (sentId, body) => writes({ body, quotes: sentId }),
    edits: async (body) => stub.edit(person, latest, body),
    saysInGroup: (body) => writes({ body, group: GROUP, mentions: true }),
    blocks: async () => void stub.block(person),
    unblocks: async () => void stub.unblock(person),
    reads: async () => stub.read(person),
    inbox: async () => stub.outTo(person).map(arrivalOf),
  };
}

/** As telephones write them. */
const cardOf = (phone: string): string => {
  const digits = phone.replace('@c.us', '');
  return `BEGIN:VCARD\nVERSION:3.0\nN:;Ana;;;\nFN:Ana\nTEL;type=CELL;waid=${digits}:+${digits}\nEND:VCARD`;
};

function arrivalOf({ type, body, caption, bytes }: Out): Arrival {
  const kind = KINDS[type];
  return {
    text: kind === undefined ? (body ?? '') : (caption ?? ''),
    buttons: [],
    ...(kind !== undefined && bytes !== undefined && { file: { kind, bytes } }),
  };
}
