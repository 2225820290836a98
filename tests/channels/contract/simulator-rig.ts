import { type SimulatorChannel, simulatorChannel } from '../../../src/channels/simulator/simulator.ts';
import type { IncomingBody } from '../../../src/conversation/message.ts';
import type { Arrival, ChannelFacts, Person, Rig, StartRig } from './rig.ts';

export const SIMULATOR: ChannelFacts = {
  name: 'simulator',
  textCharsMax: Number.POSITIVE_INFINITY,
  captionCharsMax: Number.POSITIVE_INFINITY,
  buttonsMax: Number.POSITIVE_INFINITY,
  // The page shows them as one platform does, or as the other.
  numbersOnButtons: false,
  edits: 'none',
  groups: 'none',
  blocked: { when: 'none' },
  tellsBlock: false,
  tooMany: 'none',
  faults: false,
  notKept: 'sender-is-told',
  contacts: 'none',
  locations: false,
  // Nothing can be passed on on its page; tests post such messages to it.
  forwards: true,
  replies: false,
  filesIn: ['voice', 'image', 'video', 'document'],
  filesOut: ['voice', 'image', 'video', 'document'],
  fileIds: 'none',
  statuses: [],
  erases: true,
  editsOurs: true,
  windowHours: undefined,
};

type Post = { readonly messageId: string; readonly address: string; readonly body: IncomingBody };

/** The real channel of the simulator, driven as its page drives it. */
export const startSimulator: StartRig = async (app) => {
  let latest: Post | undefined;
  let posts = 0;
  const start = async (): Promise<SimulatorChannel> => {
    const made = simulatorChannel();
    await made.start(app.receive);
    return made;
  };
  let channel = await start();
  const post = async (address: string, body: IncomingBody): Promise<void> => {
    posts += 1;
    latest = { messageId: `m-${posts}`, address, body };
    await channel.post(latest);
  };
  const missing = (): never => {
    throw new Error('the simulator has no such thing');
  };
  const missingLater = async (): Promise<void> => missing();

  const personOf = (address: string): Person => ({
    address,
    says: (text) => post(address, { type: 'text', text }),
    presses: (button) => {
      const choices = channel.history(address).flatMap((message) => message.choices);
      const payload = choices.findLast(({ label }) => label === button)?.payload ?? missing();
      return post(address, { type: 'button', payload });
    },
    sends: ({ caption, ...file }) => channel.postFile({ address, file, ...(caption && { caption }) }),
    sharesContact: missingLater,
    sharesLocation: missingLater,
    forwards: async (what) => {
      const forwarded = true;
      if (typeof what === 'string') {
        return await channel.post({ address, body: { type: 'text', text: what }, forwarded });
      }
      const { caption, ...file } = what;
      await channel.postFile({ address, file, ...(caption && { caption }), forwarded });
    },
    repliesTo: missingLater,
    edits: missingLater,
    saysInGroup: missingLater,
    blocks: missingLater,
    unblocks: missingLater,
    reads: missingLater,
    inbox: async () => arrivalsAt(channel, address),
  });

  const rig: Rig = {
    channel: () => channel,
    person: (number) => personOf(`persona-${number}`),
    platform: {
      tooMany: missing,
      serverError: missing,
      loseAnswer: missing,
      deliverAgain: () => channel.post(latest ?? missing()),
    },
    async restart() {
      await channel.stop();
      channel = await start();
    },
    stop: () => channel.stop(),
    finish: () => channel.stop(),
  };
  return rig;
};

const arrivalsAt = (channel: SimulatorChannel, address: string): Arrival[] =>
  channel
    .history(address)
    .filter(({ from }) => from === 'bot')
    .map(({ id, text, choices }) => {
      const file = channel.file(address, id);
      const buttons = choices.map(({ label }) => label);
      return { text, buttons, ...(file && { file: { kind: file.kind, bytes: file.bytes } }) };
    });
