import { drawOrder } from '../draw/order.ts';
import type { Sha256 } from '../ledger/chain.ts';
import { OPTIONS, type OptionId } from './lesson.ts';

/**
 * The order in which a member sees the answers: her own for each lesson, and always the same one, so that "2" means
 * tomorrow what it meant today. Over lessons and members the right answer stands in every place equally often.
 *
 * @param memberNumber her number in the group
 */
export const quizOrder = (
  sha256: Sha256,
  { lessonId, memberNumber }: { readonly lessonId: string; readonly memberNumber: number },
): OptionId[] => drawOrder(sha256, `lesson:${lessonId}:${memberNumber}`, OPTIONS);
