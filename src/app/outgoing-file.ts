import type { Temporal } from 'temporal-polyfill';
import type { Channel, OutgoingFile } from '../channels/channel.ts';
import { kindOf } from '../content/media/read-media.ts';
import type { NoticeFacts } from '../content/paper/notice.ts';
import type { Content } from '../content/render.ts';
import type { Attachment, Language, MediaAttachment, PaperAttachment } from '../conversation/message.ts';
import type { RightsTerms } from '../conversation/rights-facts.ts';
import { say } from '../conversation/say.ts';
import { checkWords } from '../domain/check-code.ts';
import type { Catalogue } from '../domain/lesson/catalogue.ts';
import { isOpenLesson } from '../domain/lesson/certificate.ts';
import { lessonsHad } from '../store/lessons-had.ts';
import { keepMedia, keptMedia, knowMedia } from '../store/media.ts';
import { groupPaper, memberMovements } from '../store/paper-facts.ts';
import { programmeName } from '../store/programme-name.ts';
import { type LessonFiles, readLessonFile } from './lesson-files.ts';
import { createPapers, type Papers } from './paper/papers.ts';
import { personFile, personPdf } from './person-file.ts';
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
  /** What stands beside the lessons. */
  readonly files: LessonFiles;
  readonly rights: RightsTerms;
  readonly now: () => Temporal.Instant;
};

/** Makes the files that go with messages, with names that tell nothing of money. */
export const makeFile = ({ store, content, catalogue, files, rights, now }: Making): MakeFile => {
  const papers = createPapers(content);
  const nameIn = (language: Language): string => content.sentence(say('file.name'), language);
  return async (attachment, channel) => {
    const name = nameIn(attachment.language);
    if ('type' in attachment) return kept({ store, files }, { attachment, channel, name });
    const bytes = await drawn({ store, papers, catalogue, rights }, { attachment, now: now() });
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
  { store, files }: Pick<Making, 'store' | 'files'>,
  of: { readonly attachment: MediaAttachment; readonly channel: Channel; readonly name: string },
): Promise<OutgoingFile | undefined> => {
  const { attachment, channel, name } = of;
  const { hash } = attachment;
  const media = await keptMedia(store.pool, {
    hash,
    channel: channel.name,
    fileIdDays: channel.fileIdDays,
  });
  const found = media ?? (await broughtIn(store, files, hash));
  if (!found) return undefined;
  const { mime, bytes, knownId } = found;
  const { kind, ending } = kindOf(mime);
  return { kind, name: `${name}.${ending}`, mime, bytes, ...(knownId !== undefined && { knownId }) };
};

type Drawer = {
  readonly store: Store;
  readonly papers: Papers;
  readonly catalogue: Catalogue;
  readonly rights: RightsTerms;
};

/** A picture or recording beside a lesson is kept when it first goes out, so that a platform's id of it is remembered. */
const broughtIn = async (store: Store, files: LessonFiles, hash: string) => {
  const file = await readLessonFile(files, hash);
  if (!file) return undefined;
  await keepMedia(store.pool, file);
  return { ...file, knownId: undefined };
};

type Drawing = { readonly attachment: PaperAttachment; readonly now: Temporal.Instant };

const drawn = async (
  { store, papers, catalogue, rights }: Drawer,
  { attachment, now }: Drawing,
): Promise<Uint8Array | undefined> => {
  const { paper, form, language, memberId } = attachment;
  if (paper === 'notice')
    return papers.noticePdf(await noticeOf(store, attachment.groupId, rights), language);
  if (paper === 'data' || paper === 'data-all') {
    return fileOf({ store, papers, catalogue }, { attachment, now });
  }
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

/** Everything that is kept of her; undefined once she is not there any more. */
const fileOf = async (
  { store, papers, catalogue }: Omit<Drawer, 'rights'>,
  { attachment: { paper, groupId, memberId = '' }, now }: Drawing,
): Promise<Uint8Array | undefined> => {
  const isWhole = paper === 'data-all';
  const facts = await personFile({ store, catalogue }, { groupId, memberId, isWhole });
  return facts && personPdf({ papers, catalogue, now }, facts, isWhole);
};

const noticeOf = async (store: Store, groupId: string, rights: RightsTerms): Promise<NoticeFacts> => ({
  ...rights,
  programme: await programmeName(store.pool, groupId),
});
