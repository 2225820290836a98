import { z } from 'zod';
import { type GraphSettings, graphOf } from './graph.ts';

/** What Meta says of our number and token. `name` and `quality` as Meta shows them, where it does. */
export type WhatsAppCloudLook =
  | { readonly type: 'known'; readonly name: string | undefined; readonly quality: string | undefined }
  | { readonly type: 'wrong-token' }
  | { readonly type: 'unknown-number' }
  | { readonly type: 'no-answer' };

const number = z.object({
  verified_name: z.string().max(256).optional().catch(undefined),
  quality_rating: z.string().max(32).optional().catch(undefined),
});

/** Asks Meta about the number once. Never throws, and says nothing of the token. */
export async function lookAtWhatsAppCloud(settings: GraphSettings): Promise<WhatsAppCloudLook> {
  const answer = await graphOf(settings).get(`${settings.phoneNumberId}?fields=verified_name,quality_rating`);
  if (answer.ok) {
    const { data: found } = number.safeParse(answer.body);
    return { type: 'known', name: found?.verified_name, quality: found?.quality_rating };
  }
  if (answer.failure.type === 'bad-credentials') return { type: 'wrong-token' };
  return { type: answer.failure.type === 'our-bug' ? 'unknown-number' : 'no-answer' };
}
