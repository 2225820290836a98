import type { Temporal } from 'temporal-polyfill';
import type { Content } from '../content/render.ts';
import type { Language, OutgoingMessage } from '../conversation/message.ts';
import { offer, reply, say } from '../conversation/say.ts';
import { localDate } from '../domain/calendar.ts';
import { firstName } from '../domain/group.ts';
import type { Catalogue } from '../domain/lesson/catalogue.ts';
import { isStillAnnounced } from '../domain/lesson/progress.ts';
import type { ShelfLesson } from '../domain/lesson/shelf.ts';
import { type AnnouncementFacts, announcementFacts } from '../store/announcement-facts.ts';
import { approvedTexts } from '../store/lessons-due.ts';
import type { AnnouncementOf } from '../store/row-words.ts';
import { askedTogether } from './asked-together.ts';
import { type ShelfFor, shelves } from './lesson-shelves.ts';
import type { Store } from './store.ts';

/** What words are made of at the moment of sending. */
export type Wording = {
  readonly store: Store;
  readonly content: Content;
  readonly lessons: Catalogue;
  readonly now: () => Temporal.Instant;
};

/** The words of an announcement as things stand; undefined when it is true no more. */
export type AnnouncementWords = (announcement: AnnouncementOf) => Promise<OutgoingMessage | undefined>;

/**
 * Asks the book when an announcement is about to go: a lesson that may go out no more, that she has had meanwhile, or to her
 * who wants none any more, is not told of. Those that go at the same moment ask together.
 */
export const announcementWords = ({ store, content, lessons, now }: Wording): AnnouncementWords => {
  const ask = askedTogether(async (asked: readonly AnnouncementOf[]) => {
    const [facts, approved] = await Promise.all([announcementFacts(store, asked), approvedTexts(store.pool)]);
    const at = now();
    const shelfFor = shelves(lessons, { now: at, approved });
    return facts.map((hers) => hers && toldTo(hers, { shelfFor, at }));
  });
  return async (announcement) => {
    const told = await ask(announcement);
    if (!told) return undefined;
    return told.item ? announced(content, told, told.item) : askWhether(content, told);
  };
};

/** Who is told, and of which lesson; without one she is asked whether to go on. */
type Told = {
  readonly name: string;
  readonly language: Language;
  readonly item: ShelfLesson | undefined;
  /** She has had it: only its question comes back. */
  readonly again: boolean;
};

const toldTo = (
  { name, terms, off, isAskedToGoOn, progress }: AnnouncementFacts,
  { shelfFor, at }: { readonly shelfFor: ShelfFor; readonly at: Parameters<typeof localDate>[0] },
): Told | undefined => {
  if (off) return undefined;
  const told = { name: firstName(name), language: terms.language, again: progress?.finishedAt !== undefined };
  if (!progress) return isAskedToGoOn ? { ...told, item: undefined } : undefined;
  const item = shelfFor(terms).find(({ lesson }) => lesson.id === progress.lessonId);
  const today = localDate(at, terms.habit.meeting.timeZone);
  return item && isStillAnnounced(progress, today) ? { ...told, item } : undefined;
};

/** Neutral from the first word to the last: her name, and a title that tells nothing. */
const announced = (
  content: Content,
  { name, language, again }: Told,
  { lesson, isDraft }: ShelfLesson,
): OutgoingMessage => ({
  ...content.render(
    reply(
      [
        say(again ? 'lesson.announce-again' : isDraft ? 'lesson.announce-draft' : 'lesson.announce', {
          name,
          title: lesson.neutralTitle,
        }),
      ],
      [offer('lesson:next', say('lesson.menu'))],
    ),
    language,
  ),
  template: { key: 'lesson', language, values: [name] },
});

const askWhether = (content: Content, { name, language }: Told): OutgoingMessage => ({
  ...content.render(
    reply(
      [say('lesson.ask-on', { name })],
      [offer('lesson:on:yes', say('choice.yes')), offer('lesson:on:no', say('choice.no'))],
    ),
    language,
  ),
  template: { key: 'new-message', language, values: [name] },
});
