import { z } from 'zod';
import { phoneOf } from '../phone-number.ts';
import { type GraphSettings, graphOf } from './graph.ts';

/**
 * What Meta says of our number and token. `name` and `quality` as Meta shows them, where it does; `phone` is the number
 * that people write to, in digits.
 */
export type WhatsAppCloudLook =
  | {
      readonly type: 'known';
      readonly name: string | undefined;
      readonly quality: string | undefined;
      readonly phone: string | undefined;
    }
  | { readonly type: 'wrong-token' }
  | { readonly type: 'unknown-number' }
  | { readonly type: 'no-answer' };

const number = z.object({
  verified_name: z.string().max(256).optional().catch(undefined),
  quality_rating: z.string().max(32).optional().catch(undefined),
  display_phone_number: z.string().max(32).optional().catch(undefined),
});

/** Asks Meta about the number once. Never throws, and says nothing of the token. */
export async function lookAtWhatsAppCloud(settings: GraphSettings): Promise<WhatsAppCloudLook> {
  const fields = 'verified_name,quality_rating,display_phone_number';
  const answer = await graphOf(settings).get(`${settings.phoneNumberId}?fields=${fields}`);
  if (answer.ok) {
    const { data: found } = number.safeParse(answer.body);
    const phone = found?.display_phone_number === undefined ? undefined : phoneOf(found.display_phone_number);
    return { type: 'known', name: found?.verified_name, quality: found?.quality_rating, phone };
  }
  if (answer.failure.type === 'bad-credentials') return { type: 'wrong-token' };
  return { type: answer.failure.type === 'our-bug' ? 'unknown-number' : 'no-answer' };
}
