// How many messages one core understands in a second, over a mix like that of an evening after a meeting; and how long the
// worst message takes: texts made to be hard, damaged ones, and damaged ones put together to the greatest length, from a
// leader with forty members. Bad news: under 20,000 a second, or a message over 5 ms.

import type { Locales } from '../src/app/load-locales.ts';
import { TEXT_CHARS_MAX } from '../src/conversation/message.ts';
import { type UnderstandContext, understand } from '../src/conversation/understand/understand.ts';
import { hostileTexts } from '../tests/support/understand/hostile.ts';
import { corpusTexts, mutated } from '../tests/support/understand/mutate.ts';
import { drawn, seeded } from './seeded.ts';

const ROSTER = [
  'Rosa Hernández',
  'Guadalupe Cruz',
  'Ana Martínez',
  'Petra Gómez',
  'Beatriz Ruiz',
  'Carmen Flores',
].map((name, index) => ({ number: index + 1, name }));

const MEMBER_SAYS = [
  'saldo',
  'cuanto tengo ahorrado',
  'Hola buenas tardes, ¿cuánto debo?',
  'pague 150',
  'ya di 50 de ahorro y 130 del prestamo',
  'cuándo es la junta',
  'sí',
  'ayuda',
  'gracias comadre',
  'quiero hablar con una persona',
  'qué es el fondo social',
  'mi recibo',
];
const LEADER_SAYS = [
  'Ana 100, Lupita 150, Petra no vino',
  'ana 50 ahorro 130 prestamo\nlupita 50\nbeatriz 50\ncarmen 100\npetra 50',
  'todas dieron 50 menos Carmen',
  'por confirmar',
  'deshacer',
];

/** Messages a second in this process; every third is a leader's. */
export const measureUnderstanding = (locales: Locales, measureMs: number): number => {
  const draw = seeded(3);
  const common = { language: 'es', expecting: 'nothing', lexicons: locales.lexicons } as const;
  const member: UnderstandContext = { ...common, role: 'member', roster: [] };
  const leader: UnderstandContext = { ...common, role: 'leader', roster: ROSTER };
  const forMs = (durationMs: number): number => {
    let count = 0;
    const started = performance.now();
    while (performance.now() - started < durationMs) {
      understand(drawn(MEMBER_SAYS, draw), member);
      understand(drawn(MEMBER_SAYS, draw), member);
      understand(drawn(LEADER_SAYS, draw), leader);
      count += 3;
    }
    return (count * 1_000) / (performance.now() - started);
  };
  forMs(measureMs / 4);
  return forMs(measureMs);
};

const FORTY = Array.from({ length: 40 }, (_, n) => ({
  number: n + 1,
  name: `${ROSTER[n % ROSTER.length]?.name ?? ''} ${ROSTER[(n * 5) % ROSTER.length]?.name.split(' ')[1] ?? ''}`,
}));

/** The best of so many tries counts: what else the machine did meanwhile is not the message's fault. */
const TRIES = 3;

export type Slowest = { readonly ms: number; readonly text: string; readonly count: number };

/** The slowest of the hostile texts and of `draws` damaged ones. Words that were met are remembered as in any process. */
export const slowestMessage = (locales: Locales, draws: number): Slowest => {
  const draw = seeded(4);
  const corpus = corpusTexts();
  const full = (): string => {
    let text = '';
    while (text.length < TEXT_CHARS_MAX) text += `${mutated(corpus, draw)}${drawn([' ', ', ', '\n'], draw)}`;
    return text;
  };
  const texts = [
    ...hostileTexts(TEXT_CHARS_MAX),
    ...Array.from({ length: draws }, (_, n) => (n % 2 === 0 ? mutated(corpus, draw) : full())),
  ];
  const contexts = (['es', 'en'] as const).flatMap((language) =>
    (['member', 'leader'] as const).map(
      (role): UnderstandContext => ({
        language,
        role,
        roster: FORTY,
        expecting: 'nothing',
        lexicons: locales.lexicons,
      }),
    ),
  );
  const timed = texts.map((text) => ({ text, ms: Math.max(...contexts.map((at) => bestMs(text, at))) }));
  const [slowest] = timed.toSorted((a, b) => b.ms - a.ms);
  return { ms: slowest?.ms ?? 0, text: slowest?.text ?? '', count: texts.length * contexts.length };
};

const bestMs = (text: string, context: UnderstandContext): number => {
  const tries = Array.from({ length: TRIES }, () => {
    const begun = performance.now();
    understand(text, context);
    return performance.now() - begun;
  });
  return Math.min(...tries);
};
