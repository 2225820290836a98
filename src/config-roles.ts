// The settings of what a process does, and of how much it sends and keeps: rows of the table in config.ts.

import { z } from 'zod';
import { count, setting } from './setting.ts';

/** `web` receives messages, `worker` sends them, `clock` does what is due. */
export const WORK_ROLES = ['web', 'worker', 'clock'] as const;

export type WorkRole = (typeof WORK_ROLES)[number];

const isRole = (word: string): word is WorkRole => WORK_ROLES.some((role) => role === word);

export const ROLE_SETTINGS = {
  workRoles: setting({
    env: 'PROCESS_ROLES',
    doc: 'What this process does, with commas between: `web` receives messages, `worker` sends them, `clock` does what is due. Fewer than all three need DATABASE_URL, and other processes that do the rest.',
    default: WORK_ROLES.join(','),
    schema: z
      .string()
      .transform((text) => text.split(',').map((word) => word.trim()))
      .refine((words) => words.every(isRole), {
        error: `must be some of ${WORK_ROLES.join(', ')}, with commas between`,
      })
      .transform((words) => WORK_ROLES.filter((role) => words.includes(role))),
  }),
  unaskedDailyMax: setting({
    env: 'UNASKED_DAILY_MAX',
    doc: 'Messages a day to one person that nobody asked for: reminders, lessons and the like. Answers and receipts are not counted. What is more waits for the next morning.',
    default: '6',
    schema: count(1, 1_000),
  }),
  secondAbove: setting({
    env: 'BROADCAST_SECOND_ABOVE',
    doc: 'A message of staff to more people than this goes out when a second one of the staff has confirmed it.',
    default: '50',
    schema: count(1, 1_000_000),
  }),
  personPerMinute: setting({
    env: 'MESSAGES_PER_MINUTE',
    doc: 'Messages a minute of one person that are answered. Above that she is told that it was not noted. Who writes that she is in danger is always answered; to hide, BAJA, BORRAR, PERSONA, CANCELAR and a PIN in the chat as many again. 0: any number.',
    default: '20',
    schema: count(0, 100_000),
  }),
  groupPerMinute: setting({
    env: 'GROUP_MESSAGES_PER_MINUTE',
    doc: 'The same of one group, all its people together.',
    default: '200',
    schema: count(0, 100_000),
  }),
  programmePerMinute: setting({
    env: 'PROGRAMME_MESSAGES_PER_MINUTE',
    doc: 'The same of one programme, all its groups together; about, since one message in sixteen is counted for sixteen.',
    default: '60000',
    schema: count(0, 900_000),
  }),
  keepRecordsDays: setting({
    env: 'KEEP_RECORDS_DAYS',
    doc: 'Days for which is kept who was sent what and when, without the words. Afterwards the records of delivery are deleted; the books never are.',
    default: '400',
    schema: count(31, 36_500),
  }),
};
