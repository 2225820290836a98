import { type Say, say } from '../../conversation/say.ts';
import { type CertificateFacts, today } from './facts.ts';
import { box, figure, type Page, sign, text } from './page.ts';
import { STAR } from './signs.ts';
import type { Voice } from './voice.ts';

/** The sides of the picture, in pixels. */
const CERTIFICATE_SIDE = 1080;

const FRAME = 36;
const MARGIN = 96;
const INNER = CERTIFICATE_SIDE - 2 * MARGIN;
const STAR_SIZE = 168;

/** What a member, or a group, may show of the lessons they had: who, how many, the day. No amount, and no lesson's title. */
export const certificatePage = (facts: CertificateFacts, voice: Voice): Page => {
  const line = { x: MARGIN, width: INNER, align: 'center' as const };
  const { group, name, lessons } = facts;
  return {
    width: CERTIFICATE_SIDE,
    height: CERTIFICATE_SIDE,
    marks: [
      frame(FRAME, 12),
      frame(FRAME + 24, 3),
      sign(STAR, { x: (CERTIFICATE_SIDE - STAR_SIZE) / 2, y: 118, size: STAR_SIZE, ink: 'accent' }),
      text(voice.sentence(say('certificate.title')), { ...line, y: 382, size: 54, ink: 'grey' }),
      text(name ?? group.name, { ...line, y: 506, size: 86, bold: true, fit: 'shrink' }),
      figure(voice.sentence(whatOf(facts)), { ...line, y: 606, size: 46, linesMax: 2 }),
      figure(String(lessons), { ...line, y: 776, size: 150, bold: true, ink: 'accent' }),
      ...(name === undefined ? [] : [text(group.name, { ...line, y: 870, size: 42 })]),
      figure(voice.fullDate(today(facts)), { ...line, y: 934, size: 38, ink: 'grey' }),
    ],
  };
};

const whatOf = ({ name }: CertificateFacts): Say =>
  name === undefined ? say('certificate.group') : say('certificate.own');

const frame = (inset: number, width: number) =>
  box({
    x: inset,
    y: inset,
    width: CERTIFICATE_SIDE - 2 * inset,
    height: CERTIFICATE_SIDE - 2 * inset,
    radius: 28,
    border: { ink: 'accent', width },
  });
