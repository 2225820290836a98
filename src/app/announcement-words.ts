import type { Content } from '../content/render.ts';
import type { Language, OutgoingMessage } from '../conversation/message.ts';
import { offer, reply, say } from '../conversation/say.ts';
import type { ShelfLesson } from '../domain/lesson/shelf.ts';
import { remembered } from './remembered.ts';

/** Who is told, and of which lesson; without one she is asked whether to go on. */
type Asked = {
  readonly name: string;
  readonly language: Language;
  readonly item: ShelfLesson | undefined;
  /** She has had it: only its question comes back. */
  readonly again: boolean;
};

export type AnnouncementWords = (asked: Asked) => OutgoingMessage;

/** Words are slow to make, and most who are told today have the same lesson and one of a few hundred first names. */
export const announcementWords = (content: Content): AnnouncementWords =>
  remembered(
    ({ name, language, item, again }: Asked) =>
      [language, item?.isDraft, again, item?.lesson.neutralTitle, name].join('|'),
    (asked) => (asked.item ? announcement(content, asked, asked.item) : askWhether(content, asked)),
  );

/** Neutral from the first word to the last: her name, and a title that tells nothing. */
const announcement = (
  content: Content,
  { name, language, again }: Asked,
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

const askWhether = (content: Content, { name, language }: Asked): OutgoingMessage => ({
  ...content.render(
    reply(
      [say('lesson.ask-on', { name })],
      [offer('lesson:on:yes', say('choice.yes')), offer('lesson:on:no', say('choice.no'))],
    ),
    language,
  ),
  template: { key: 'new-message', language, values: [name] },
});
