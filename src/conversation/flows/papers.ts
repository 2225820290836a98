import { isOfficer } from '../../domain/group.ts';
import type { Attachment } from '../message.ts';
import type { StepResult } from '../outcome.ts';
import { type Offer, offer, reply, type Say, say, withFile } from '../say.ts';
import { type AskTurn, decide, todayOf } from '../turn.ts';

/** Under the words of her passbook: the same to look at, or to print. Never sent unasked: telephones are shared. */
export const passbookOffers = (): Offer[] => [
  offer('paper:passbook:image', say('paper.as-picture')),
  offer('paper:passbook:pdf', say('paper.as-pdf')),
];

/** For an officer: the group's report, and the sheet for a meeting without telephones. */
export const reportOffers = ({ speaker }: AskTurn): Offer[] =>
  isOfficer(speaker.me.role)
    ? [
        offer('paper:report:image', say('paper.report-picture')),
        offer('paper:report:pdf', say('paper.report-pdf')),
        offer('paper:sheet:pdf', say('paper.sheet-pdf')),
      ]
    : [];

/** Sends a paper, drawn from the book as it is when it leaves. Other members' figures go to officers alone. */
export const sendPaper = (turn: AskTurn, paper: string, form: string): StepResult | undefined => {
  const { me, group } = turn.speaker;
  const common = {
    groupId: group.id,
    language: me.language,
    form: form === 'image' ? 'image' : 'pdf',
  } as const;
  const today = todayOf(turn);
  if (paper === 'passbook') {
    return sent(turn, { ...common, paper, memberId: me.id }, say('paper.passbook-sent', { today }));
  }
  if (!isOfficer(me.role)) return undefined;
  if (paper === 'report') return sent(turn, { ...common, paper }, say('paper.report-sent', { today }));
  return paper === 'sheet'
    ? sent(turn, { ...common, paper, form: 'pdf' }, say('paper.sheet-sent'))
    : undefined;
};

const sent = (turn: AskTurn, attachment: Attachment, words: Say): StepResult =>
  decide(turn, { replies: [withFile(reply([words, say('paper.stays')]), attachment)] });
