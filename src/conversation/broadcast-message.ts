import { firstName } from '../domain/group.ts';
import { type Catalogue, lessonIn } from '../domain/lesson/catalogue.ts';
import type { BroadcastContent } from './broadcast-facts.ts';
import type { Language } from './message.ts';
import { type Reply, reply, type Say, say, withFile } from './say.ts';

/** Who sends it. */
export type BroadcastSender = { readonly name: string; readonly programme: string };

/**
 * A broadcast as it comes to a member who reads `language`: first what tells nothing on a locked screen, then who
 * writes, then the words; in the other language where it was written in one only.
 */
export const broadcastReply = (
  content: BroadcastContent,
  of: { readonly sender: BroadcastSender; readonly language: Language; readonly lessons: Catalogue },
): Reply => {
  const { sender, language, lessons } = of;
  const said = reply([
    say('broadcast.opener'),
    say('broadcast.from', { name: firstName(sender.name), programme: sender.programme }),
    ...wordsIn(content, language),
    ...lessonLines(content, language, lessons),
    say('broadcast.answer'),
  ]);
  return content.file ? withFile(said, { type: 'media', hash: content.file.hash, language }) : said;
};

const wordsIn = (content: BroadcastContent, language: Language): Say[] => {
  const text = language === 'en' ? (content.en ?? content.es) : (content.es ?? content.en);
  return text === undefined ? [] : [say('broadcast.words', { text })];
};

const lessonLines = ({ lessonId }: BroadcastContent, language: Language, lessons: Catalogue): Say[] => {
  const found = lessonId === undefined ? undefined : lessonIn(lessons, { id: lessonId, wanted: [language] });
  return found
    ? [
        say('broadcast.lesson', { title: found.lesson.title }),
        say('broadcast.lesson-begin', { lesson: found.lesson.id }),
      ]
    : [];
};
