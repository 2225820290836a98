import { type Say, say } from '../../conversation/say.ts';
import { comingMeeting, type GroupPaperFacts } from './facts.ts';
import { figure, type Mark, text } from './page.ts';
import type { Voice } from './voice.ts';

/** On every page: a sheet that comes loose still says whose it is. */
export const SHEET_HEAD_HEIGHT = 84;

export const sheetHead = (facts: GroupPaperFacts, voice: Voice, width: number): Mark[] => {
  const line = { x: 0, width };
  const half = { y: 18, width: width / 2 - 8 };
  return [
    figure(voice.sentence(say('paper.sheet-title')), { ...half, x: 0, size: 18, bold: true }),
    text(facts.group.name, { ...half, x: width / 2 + 8, size: 14, bold: true, align: 'right' }),
    text(whenAndWhere(facts, voice), { ...line, y: 37, size: 11 }),
    figure(voice.sentence(say('paper.sheet-hint')), { ...line, y: 56, size: 9, ink: 'grey' }),
    ...finesLine(facts).map((said) => figure(voice.sentence(said), { ...line, y: 71, size: 9, ink: 'grey' })),
  ];
};

const whenAndWhere = (facts: GroupPaperFacts, voice: Voice): string => {
  const { date } = comingMeeting(facts);
  const parts = [
    voice.fullDate(date),
    voice.sentence(say('paper.time', { time: facts.group.meeting.time })),
    facts.group.meetingPlace ?? '',
  ];
  return parts.filter((part) => part !== '').join(' · ');
};

const finesLine = ({ group: { rules } }: GroupPaperFacts): Say[] => {
  const { late, absent } = rules.fines;
  return late.minor === 0n && absent.minor === 0n ? [] : [say('paper.sheet-fines', { late, absent })];
};
