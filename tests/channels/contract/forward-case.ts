import { expect, test } from 'vitest';
import { FILES } from './files.ts';
import type { ChannelFacts } from './rig.ts';
import { ana, missing, next, rig } from './stage.ts';

/** What a person passes on, as a part of the contract: told as such, with what is in it, and nothing decided about it. */
export function passedOn(facts: ChannelFacts): void {
  test(`what she passes on is told as somebody else's (${facts.forwards ? 'told' : 'none'})`, async () => {
    const photo = { ...FILES.image, kind: 'image', caption: 'la sala nueva' } as const;
    if (!facts.forwards) return await missing(ana.forwards('pagué 200'));
    await ana.forwards('Ana pagó 200');
    await ana.forwards('/saldo');
    await ana.forwards(photo);
    await ana.says('fin');
    const words = (text: string) => ({ forwarded: true, body: { type: 'text', text } });
    expect([await next(1), await next(2)]).toMatchObject([words('Ana pagó 200'), words('/saldo')]);
    const { forwarded, body } = await next(3);
    expect([forwarded, body]).toMatchObject([
      true,
      { type: 'media', kind: 'image', caption: 'la sala nueva' },
    ]);
    const fetched = body.type === 'media' ? await rig.channel().fetch?.(body.ref) : undefined;
    expect(fetched?.ok === true && Buffer.from(fetched.bytes).equals(FILES.image.bytes)).toBe(true);
    expect(await next(4)).not.toHaveProperty('forwarded');
  });
}
