import type { MediaKind } from '../../../src/conversation/message.ts';
import type { MessageCall } from './calls.ts';

export type CloudPersonSettings = {
  /** Her business-scoped id, such as "MX.13491208655302741918". */
  readonly scopedId?: string;
  /** She has a username, and Meta no longer tells her number. */
  readonly hidesNumber?: boolean;
};

export type CloudFile = { readonly mime: string; readonly name?: string; readonly bytes: Uint8Array };

/** One message of ours in her chat. */
export type Arrived = {
  readonly id: string;
  readonly text: string;
  readonly buttons: readonly { readonly id: string; readonly written: string; readonly title: string }[];
  readonly file?: CloudFile & { readonly kind: MediaKind };
  readonly call: MessageCall;
};

/** Somebody with WhatsApp on her telephone. */
export type CloudPerson = {
  /** As Meta names it: 521… in Mexico. */
  readonly phone: string;
  readonly scopedId: string | undefined;
  says(text: string, more?: Readonly<Record<string, unknown>>): string;
  /** Presses the newest button or row on which this is written. */
  presses(written: string): string;
  /** Any message: `{ type: 'location', location: … }`. */
  sends(message: Readonly<Record<string, unknown>>): string;
  sendsFile(
    type: 'audio' | 'image' | 'video' | 'document',
    file: CloudFile & { readonly caption?: string },
    more?: Readonly<Record<string, unknown>>,
  ): string;
  /** Reads all that arrived. */
  reads(): void;
  blocks(): void;
  unblocks(): void;
  changesNumber(phone: string): string;
  inbox(): readonly Arrived[];
};

/** What the platform does for a person. */
export type Around = {
  /** Posts a message of hers; returns its id. */
  hear(person: Person, message: Readonly<Record<string, unknown>>): string;
  keep(file: CloudFile): string;
  status(person: Person, messageId: string, status: string): void;
};

export type Person = CloudPerson & {
  readonly hidesNumber: boolean;
  readonly arrived: Arrived[];
  readonly unread: string[];
  /** Milliseconds; undefined: she never wrote. */
  lastWroteAt: number | undefined;
  isBlocked: boolean;
};

export function newPerson(around: Around, phone: string, settings: CloudPersonSettings): Person {
  const sends = (message: Readonly<Record<string, unknown>>): string => around.hear(own, message);
  const own: Person = {
    phone,
    scopedId: settings.scopedId,
    hidesNumber: settings.hidesNumber ?? false,
    arrived: [],
    unread: [],
    lastWroteAt: undefined,
    isBlocked: false,
    sends,
    says: (text, more) => sends({ type: 'text', text: { body: text }, ...more }),
    presses(written) {
      const message = own.arrived.findLast(({ buttons }) => buttons.some((each) => each.written === written));
      const button = message?.buttons.find((each) => each.written === written);
      if (message === undefined || button === undefined)
        throw new Error(`no button "${written}" for ${phone}`);
      const type =
        message.call.type === 'interactive' && message.call.interactive.type === 'list'
          ? 'list_reply'
          : 'button_reply';
      const { id, title } = button;
      return sends({
        type: 'interactive',
        interactive: { type, [type]: { id, title } },
        context: { id: message.id },
      });
    },
    sendsFile(type, { caption, ...file }, more) {
      const id = around.keep(file);
      const named = type === 'document' && file.name !== undefined ? { filename: file.name } : {};
      const voice = type === 'audio' ? { voice: true } : {};
      return sends({
        type,
        [type]: { id, mime_type: file.mime, ...named, ...voice, ...(caption !== undefined && { caption }) },
        ...more,
      });
    },
    reads() {
      for (const id of own.unread.splice(0)) around.status(own, id, 'read');
    },
    blocks: () => void (own.isBlocked = true),
    unblocks: () => void (own.isBlocked = false),
    changesNumber: (to) =>
      sends({
        type: 'system',
        system: { body: `User A changed from ${phone} to ${to}`, wa_id: to, type: 'user_changed_number' },
      }),
    inbox: () => own.arrived,
  };
  return own;
}

/** A call as it stands in her chat. */
export function arrivalOf(id: string, call: MessageCall, fileOf: (id: string) => CloudFile): Arrived {
  const withFile = (kind: MediaKind, mediaId: string) => ({ file: { kind, ...fileOf(mediaId) } });
  const base = { id, call, buttons: [], text: '' };
  switch (call.type) {
    case 'text':
      return { ...base, text: call.text.body };
    case 'image':
      return { ...base, text: call.image.caption ?? '', ...withFile('image', call.image.id) };
    case 'video':
      return { ...base, text: call.video.caption ?? '', ...withFile('video', call.video.id) };
    case 'document':
      return { ...base, text: call.document.caption ?? '', ...withFile('document', call.document.id) };
    case 'audio':
      return { ...base, ...withFile('voice', call.audio.id) };
    case 'template':
      return {
        ...base,
        text: [
          call.template.name,
          ...call.template.components.flatMap(({ parameters }) => parameters.map(({ text }) => text)),
        ].join(' | '),
      };
    case 'interactive':
      return { ...base, ...interactiveOf(call.interactive, withFile) };
  }
}

type Interactive = Extract<MessageCall, { type: 'interactive' }>['interactive'];
type WithFile = (kind: MediaKind, id: string) => { readonly file: NonNullable<Arrived['file']> };

function interactiveOf(
  of: Interactive,
  withFile: WithFile,
): Pick<Arrived, 'text' | 'buttons'> & { file?: NonNullable<Arrived['file']> } {
  if (of.type === 'list') {
    const rows = of.action.sections.flatMap((section) => section.rows);
    const buttons = rows.map(({ id, title, description }) => ({
      id,
      title,
      written: [title, description].filter(Boolean).join('\n'),
    }));
    return { text: of.body.text, buttons };
  }
  const buttons = of.action.buttons.map(({ reply: { id, title } }) => ({ id, title, written: title }));
  const { header } = of;
  if (header === undefined) return { text: of.body.text, buttons };
  const mediaId =
    header.type === 'image'
      ? header.image.id
      : header.type === 'video'
        ? header.video.id
        : header.document.id;
  return { text: of.body.text, buttons, ...withFile(header.type, mediaId) };
}
