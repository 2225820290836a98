// The settings of what people may ask about their data: rows of the table in config.ts.

import { z } from 'zod';
import { count, setting } from './setting.ts';

/** What is shown in one message to a telephone. */
const CONTACT_CHARS_MAX = 200;

export const RIGHTS_SETTINGS = {
  erasureDays: setting({
    env: 'ERASURE_DAYS',
    doc: 'Days between a woman\'s "borra mis datos" and the moment when her key is destroyed. In these days nobody sees her name, and she may still come back.',
    default: '15',
    // 15 working days are what the law gives to carry it out.
    schema: count(1, 21),
  }),
  keepWordsDays: setting({
    env: 'KEEP_WORDS_DAYS',
    doc: 'Days for which the words of messages are kept, sealed, that could not be sent or answered. What was sent and answered is kept for two days at most.',
    default: '30',
    schema: count(2, 90),
  }),
  keepTalksDays: setting({
    env: 'KEEP_TALKS_DAYS',
    doc: 'Days for which a conversation of a member with your staff is kept after it was closed.',
    default: '90',
    schema: count(1, 365),
  }),
  keepAuditYears: setting({
    env: 'KEEP_AUDIT_YEARS',
    doc: 'Years for which is kept who of your staff, and which operator, did or saw what. The privacy notice says this number.',
    default: '5',
    schema: count(1, 20),
  }),
  privacyContact: setting({
    env: 'PRIVACY_CONTACT',
    doc: 'Whom to ask about personal data, and where: it stands in the privacy notice. The law wants a name and a postal address. Without it people are sent to your staff in the chat.',
    default: undefined,
    schema: z
      .string()
      .max(CONTACT_CHARS_MAX, { error: `is longer than ${CONTACT_CHARS_MAX} characters` })
      .regex(/^[^\p{Cc}{}$]+$/u, { error: 'has a line break, a brace or a dollar sign. Write one line' })
      .optional(),
  }),
};
