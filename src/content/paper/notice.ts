import { type Say, say } from '../../conversation/say.ts';
import { LEFT_DAYS, NOTICE_VERSION } from '../../domain/rights.ts';
import type { Chapter } from './plain-text.ts';
import type { Voice } from './voice.ts';

/** What the notice names: who is responsible, whom to ask, and the times that the programme settled. */
export type NoticeFacts = {
  readonly programme: string;
  /** Empty: staff in the chat. */
  readonly contact: string;
  readonly erasureDays: number;
  readonly auditYears: number;
};

/** The whole privacy notice, its last layer. Whoever changes what it says counts NOTICE_VERSION up. */
export const noticeChapters = (facts: NoticeFacts, voice: Voice): Chapter[] =>
  chapters(facts).map(([title, ...lines]) => ({
    title: voice.sentence(title),
    lines: lines.map((line) => voice.sentence(line)),
  }));

const chapters = ({
  programme,
  contact,
  erasureDays,
  auditYears,
}: NoticeFacts): (readonly [Say, ...Say[]])[] => [
  [say('notice.title'), say('notice.version', { version: NOTICE_VERSION })],
  [
    say('notice.who-title'),
    say('notice.who', { programme }),
    contact === '' ? say('notice.contact-chat') : say('notice.contact', { contact }),
  ],
  [
    say('notice.what-title'),
    say('notice.what-name'),
    say('notice.what-money'),
    say('notice.what-group'),
    say('notice.what-lessons'),
    say('notice.what-words'),
    say('notice.what-not'),
  ],
  [say('notice.why-title'), say('notice.why-book'), say('notice.why-more'), say('notice.why-not')],
  [say('notice.sees-title'), say('notice.sees'), say('notice.sees-channel')],
  [
    say('notice.long-title'),
    say('notice.long-words'),
    say('notice.long-left', { days: LEFT_DAYS }),
    say('notice.long-book'),
    say('notice.long-audit', { years: auditYears }),
  ],
  [
    say('notice.rights-title'),
    say('notice.rights-see'),
    say('notice.rights-fix'),
    say('notice.rights-erase', { days: erasureDays }),
    say('notice.rights-stop'),
    say('notice.rights-when'),
  ],
  [say('notice.safe-title'), say('notice.safe')],
  [say('notice.young-title'), say('notice.young')],
  [say('notice.change-title'), say('notice.change')],
];
