import type { Temporal } from 'temporal-polyfill';
import type { OutgoingFile } from '../channels/channel.ts';
import type { Content } from '../content/render.ts';
import type { Attachment } from '../conversation/message.ts';
import { say } from '../conversation/say.ts';
import { checkWords } from '../domain/check-code.ts';
import { groupPaper, memberMovements } from '../store/paper-facts.ts';
import { createPapers, type Papers } from './paper/papers.ts';
import type { Store } from './store.ts';

/** Draws a file from the book as it is now; undefined when there is no longer anything to draw. */
export type MakeFile = (attachment: Attachment) => Promise<OutgoingFile | undefined>;

/** Makes the files that go with messages, with names that tell nothing of money. */
export const makeFile = (store: Store, content: Content, now: () => Temporal.Instant): MakeFile => {
  const papers = createPapers(content);
  return async (attachment) => {
    const { form, language } = attachment;
    const bytes = await drawn(store, papers, { attachment, now: now() });
    if (bytes === undefined) return undefined;
    const name = content.sentence(say('file.name'), language);
    return form === 'image'
      ? { kind: 'image', name: `${name}.png`, mime: 'image/png', bytes }
      : { kind: 'document', name: `${name}.pdf`, mime: 'application/pdf', bytes };
  };
};

type Drawing = { readonly attachment: Attachment; readonly now: Temporal.Instant };

const drawn = async (
  store: Store,
  papers: Papers,
  { attachment, now }: Drawing,
): Promise<Uint8Array | undefined> => {
  const { paper, form, language } = attachment;
  const facts = await groupPaper(store, attachment.groupId, now);
  if (paper === 'sheet') return papers.sheetPdf(facts, language);
  if (paper === 'report') {
    const report = { ...facts, checkCode: checkWords(facts.group.book.head) };
    return (form === 'image' ? papers.reportPicture : papers.reportPdf)(report, language);
  }
  const me = facts.members.find(({ id }) => id === attachment.memberId);
  if (!me) return undefined;
  const movements = await memberMovements(store, { id: me.id, group: facts.group }, facts.now);
  const passbook = { ...facts, me, movements, goal: me.goal?.amount, discreet: false };
  return (form === 'image' ? papers.passbookPicture : papers.passbookPdf)(passbook, language);
};
