import type { Temporal } from 'temporal-polyfill';
import type { Channel, OutgoingFile } from '../channels/channel.ts';
import { kindOf } from '../content/media/read-media.ts';
import type { Content } from '../content/render.ts';
import type { Attachment, Language, MediaAttachment, PaperAttachment } from '../conversation/message.ts';
import { say } from '../conversation/say.ts';
import { checkWords } from '../domain/check-code.ts';
import type { Catalogue } from '../domain/lesson/catalogue.ts';
import { isOpenLesson } from '../domain/lesson/certificate.ts';
import { lessonsHad } from '../store/lessons-had.ts';
import { keptMedia, knowMedia } from '../store/media.ts';
import { groupPaper, memberMovements } from '../store/paper-facts.ts';
import { createPapers, type Papers } from './paper/papers.ts';
import type { Store } from './store.ts';

/**
 * The file of a message, for the channel it goes out by: drawn from the book as it is now, or taken from what is kept;
 * undefined when there is nothing any more.
 */
export type MakeFile = (attachment: Attachment, channel: Channel) => Promise<OutgoingFile | undefined>;

type Making = {
  readonly store: Store;
  readonly content: Content;
  readonly catalogue: Catalogue;
  readonly now: () => Temporal.Instant;
};

/** Makes the files that go with messages, with names that tell nothing of money. */
export const makeFile = ({ store, content, catalogue, now }: Making): MakeFile => {
  const papers = createPapers(content);
  const nameIn = (language: Language): string => content.sentence(say('file.name'), language);
  return async (attachment, channel) => {
    const name = nameIn(attachment.language);
    if ('type' in attachment) return kept(store, { attachment, channel, name });
    const bytes = await drawn({ store, papers, catalogue }, { attachment, now: now() });
    if (bytes === undefined) return undefined;
    return attachment.form === 'image'
      ? { kind: 'image', name: `${name}.png`, mime: 'image/png', bytes }
      : { kind: 'document', name: `${name}.pdf`, mime: 'application/pdf', bytes };
  };
};

/** The channel's platform knows this file from now on: next time it goes out by that id. */
export const rememberFile = async (
  store: Store,
  attachment: Attachment | undefined,
  sent: { readonly channel: string; readonly fileId: string },
): Promise<void> => {
  if (!attachment || !('type' in attachment)) return;
  try {
    await knowMedia(store.pool, { ...sent, hash: attachment.hash });
  } catch (error) {
    // It is sent: what is not remembered only goes up once more.
    store.log.warn({ channel: sent.channel, error }, 'the id of a file was not kept');
  }
};

const kept = async (
  store: Store,
  of: { readonly attachment: MediaAttachment; readonly channel: Channel; readonly name: string },
): Promise<OutgoingFile | undefined> => {
  const { attachment, channel, name } = of;
  const { hash } = attachment;
  const media = await keptMedia(store.pool, {
    hash,
    channel: channel.name,
    fileIdDays: channel.fileIdDays,
  });
  if (!media) return undefined;
  const { mime, bytes, knownId } = media;
  const { kind, ending } = kindOf(mime);
  return { kind, name: `${name}.${ending}`, mime, bytes, ...(knownId !== undefined && { knownId }) };
};

type Drawing = { readonly attachment: PaperAttachment; readonly now: Temporal.Instant };

const drawn = async (
  { store, papers, catalogue }: { store: Store; papers: Papers; catalogue: Catalogue },
  { attachment, now }: Drawing,
): Promise<Uint8Array | undefined> => {
  const { paper, form, language, memberId } = attachment;
  const facts = await groupPaper(store, attachment.groupId, now);
  if (paper === 'sheet') return papers.sheetPdf(facts, language);
  if (paper === 'report') {
    const report = { ...facts, checkCode: checkWords(facts.group.book.head) };
    return (form === 'image' ? papers.reportPicture : papers.reportPdf)(report, language);
  }
  const me = facts.members.find(({ id }) => id === memberId);
  if (memberId !== undefined && !me) return undefined;
  if (paper === 'certificate') {
    const had = await lessonsHad(store.pool, { groupId: attachment.groupId, memberId });
    const lessons = had.filter((id) => isOpenLesson(catalogue, id)).length;
    return papers.certificatePicture({ group: facts.group, name: me?.name, lessons, now }, language);
  }
  if (!me) return undefined;
  const movements = await memberMovements(store, { id: me.id, group: facts.group }, facts.now);
  const passbook = { ...facts, me, movements, goal: me.goal?.amount, discreet: false };
  return (form === 'image' ? papers.passbookPicture : papers.passbookPdf)(passbook, language);
};
