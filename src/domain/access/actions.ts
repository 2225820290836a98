import type { Kind } from './actor.ts';

/**
 * How much has to be proved for an action: L0 nothing, L1 her address, L2 that the telephone is in her hand now (her PIN,
 * where she has one), L3 that she is an officer besides, L4 that another person says it too.
 */
export type Level = 'L0' | 'L1' | 'L2' | 'L3' | 'L4';

/**
 * Whose thing an action may be about: anybody's or nobody's, her own, her group's, her programme's, or something of her group
 * that another one has said first.
 */
export type Relation = 'any' | 'own' | 'group' | 'programme' | 'second';

export type Rule = { readonly level: Level; readonly who: readonly Kind[]; readonly of: Relation };

const IN_GROUP: readonly Kind[] = ['member', 'officer'];
/** Who is suspended keeps what is hers: only her vote and new loans wait. */
const WITH_BOOK: readonly Kind[] = ['suspended', ...IN_GROUP];
const ALL: readonly Kind[] = ['nobody', 'pending', 'former', ...WITH_BOOK, 'staff', 'safeguarding'];
const STAFF: readonly Kind[] = ['staff', 'safeguarding'];
const OPERATOR: readonly Kind[] = ['operator'];

/** Everything anybody can do here, and who may. What is not in this table nobody may. */
export const ACTIONS = {
  /** To say hello, to come in with a code, to say yes or no to the notice. */
  arrive: { level: 'L0', who: ALL, of: 'any' },
  /** To hide, to erase what the bot wrote, to see the safety card. */
  'be-safe': { level: 'L0', who: ALL, of: 'any' },
  /** BAJA and ALTA, her language, when she is written to. */
  'be-reached': { level: 'L1', who: ['pending', 'former', ...WITH_BOOK, ...STAFF], of: 'own' },
  /** To set her PIN, to give it: what opens and closes the rest. */
  'use-pin': { level: 'L1', who: ['former', ...WITH_BOOK], of: 'own' },
  /** To talk to a person of the programme. */
  'ask-person': { level: 'L1', who: ['pending', 'former', ...WITH_BOOK], of: 'own' },
  /** To ask for a person because she is in danger, and to write to her: with no PIN before it. */
  'ask-safeguarding': { level: 'L1', who: WITH_BOOK, of: 'own' },
  /** What that person wrote to her: not for whoever else holds the telephone. */
  'read-safeguarding': { level: 'L2', who: WITH_BOOK, of: 'own' },
  /** What anybody of a group may know whoever looks over her shoulder: the menu, her lessons, when the group meets. */
  'be-member': { level: 'L1', who: WITH_BOOK, of: 'group' },
  learn: { level: 'L1', who: WITH_BOOK, of: 'own' },
  /** Her own money, and her word about it. Who left sees for a while what she was paid. */
  'see-own': { level: 'L2', who: ['former', ...WITH_BOOK], of: 'own' },
  'say-own': { level: 'L2', who: WITH_BOOK, of: 'own' },
  /** To want no amounts in her chat, and to want them again. */
  'set-discreet': { level: 'L2', who: WITH_BOOK, of: 'own' },
  /** To ask for a loan. */
  borrow: { level: 'L2', who: IN_GROUP, of: 'own' },
  /** What all members of a group see of it. */
  'see-group': { level: 'L2', who: WITH_BOOK, of: 'group' },
  /** Her word on what concerns others too: money that she says she has received. */
  'say-group': { level: 'L2', who: WITH_BOOK, of: 'group' },
  /** A vote, a word for a draw, a change of turns: what decides for others. */
  vote: { level: 'L2', who: IN_GROUP, of: 'group' },
  /** To take the office that the group elected her for, or not to. */
  'take-office': { level: 'L2', who: IN_GROUP, of: 'own' },
  /** The roster, what waits for a word, and all that officers write down. */
  'see-desk': { level: 'L3', who: ['officer'], of: 'group' },
  'keep-book': { level: 'L3', who: ['officer'], of: 'group' },
  /** What one says and another one has to say too. */
  'say-second': { level: 'L4', who: WITH_BOOK, of: 'second' },
  /** Staff: totals of their programme, messages to many, conversations, lessons. */
  'see-programme': { level: 'L3', who: STAFF, of: 'programme' },
  broadcast: { level: 'L3', who: STAFF, of: 'programme' },
  'answer-people': { level: 'L3', who: STAFF, of: 'programme' },
  'keep-lessons': { level: 'L3', who: STAFF, of: 'programme' },
  /** To say that they saw whose telephone it is, where officers cannot; and to say so after another one did. */
  'vouch-telephone': { level: 'L3', who: STAFF, of: 'programme' },
  'vouch-second': { level: 'L4', who: STAFF, of: 'second' },
  /** Who asked for help because she is in danger: nobody but those who were trained for it. */
  'see-danger': { level: 'L3', who: ['safeguarding'], of: 'programme' },
  /** Commands on the machine. */
  operate: { level: 'L0', who: OPERATOR, of: 'any' },
  /** Routes of the web server. A post of a platform is nobody's until its signature is checked, and read by nobody before. */
  'see-health': { level: 'L0', who: ['nobody'], of: 'any' },
  'offer-message': { level: 'L0', who: ['nobody'], of: 'any' },
  'use-simulator': { level: 'L0', who: ['nobody'], of: 'any' },
  'use-page': { level: 'L0', who: ['nobody'], of: 'any' },
} as const satisfies Record<string, Rule>;

export type Action = keyof typeof ACTIONS;

export const isAction = (text: string): text is Action => Object.hasOwn(ACTIONS, text);
