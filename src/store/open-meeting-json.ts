import { z } from 'zod';
import { POTS } from '../domain/ledger/account.ts';
import { DIFFERENCE_REASONS } from '../domain/meeting.ts';
import { date, digits, id } from './json-fields.ts';

// A meeting that is not closed, and what moved in the boxes since the day they were counted.

const countedBoxes = z.array(z.object({ pot: z.enum(POTS), expected: digits, counted: digits }));

export const meetingJson = z.object({
  id,
  on: date,
  late: z.boolean(),
  state: z.enum(['open', 'differs', 'agreed']),
  openedBy: id,
  boxes: countedBoxes.nullable(),
  firstBoxes: countedBoxes.nullable(),
  countedBy: id.nullable(),
  reason: z.enum(DIFFERENCE_REASONS).nullable(),
  standIn: id.nullable(),
  stoodIn: z.boolean(),
});

export const boxMovesJson = z.array(z.object({ pot: z.enum(POTS), on: date, delta: digits }));
