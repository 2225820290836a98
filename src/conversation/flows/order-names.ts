import type { OfficerTurn } from '../turn.ts';
import { namedIn } from './roll.ts';

/** "turnos: Ana, Rosa, Ana": the names in their order, one after the other, for who took two numbers stands in it twice. */
export const orderNames = (turn: OfficerTurn, text: string): ReturnType<typeof namedIn> => {
  const parts = namesOnly(text).split(/[,;\n]/u);
  const read = parts.filter((part) => part.trim() !== '').map((part) => namedIn(turn, part));
  return {
    members: read.flatMap(({ members }) => members),
    unclear: read.flatMap(({ unclear }) => unclear),
  };
};

/** "los turnos: 1. Ana, 2. Lupita": what stands before the names, and their places, are no names. */
const namesOnly = (text: string): string =>
  text.replace(/^[^:]*:/u, '').replace(/(^|[\s,;])\d{1,3}\s*[.)\-·]\s*/gu, '$1');
