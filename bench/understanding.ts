// How many messages one core understands in a second, over a mix like that of an evening after a meeting.

import type { Locales } from '../src/app/load-locales.ts';
import { type UnderstandContext, understand } from '../src/conversation/understand/understand.ts';
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
