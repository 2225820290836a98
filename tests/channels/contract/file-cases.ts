import { expect, test } from 'vitest';
import { FILE_BYTES_MAX, type OutgoingFile } from '../../../src/channels/channel.ts';
import type { MediaKind } from '../../../src/conversation/message.ts';
import { FILES } from './files.ts';
import type { ChannelFacts } from './rig.ts';
import { ana, answer, filesIn, idOf, inbox, next, offer, rig, seen, withoutMenu } from './stage.ts';

const KINDS: readonly MediaKind[] = ['voice', 'image', 'video', 'document'];

/** Files both ways, as a part of the contract. */
export function files(facts: ChannelFacts): void {
  for (const kind of KINDS) {
    const { name, mime, bytes } = FILES[kind];
    if (facts.filesIn.includes(kind)) {
      test(`she sends a file: ${kind}`, async () => {
        await ana.sends({ kind, name, mime, bytes });
        const { body } = await next();
        if (body.type !== 'media') throw new Error(`arrived as ${body.type}`);
        expect(body.kind).toBe(kind);
        const fetched = await rig.channel().fetch?.(body.ref);
        expect(fetched?.ok === true && Buffer.from(fetched.bytes).equals(bytes)).toBe(true);
      });
    } else {
      test(`she can send no file: ${kind}`, async () => {
        await expect(ana.sends({ kind, name, mime, bytes })).rejects.toThrow();
      });
    }
    if (facts.filesOut.includes(kind)) {
      test(`she gets a file: ${kind}, with its words and choices`, async () => {
        const message = { text: 'Tu libreta de hoy.', choices: offer(['Sí', 'No']), file: FILES[kind] };
        idOf(await rig.channel().send(ana.address, message));
        const arrivals = await inbox();
        expect(filesIn(arrivals)).toEqual([{ kind, bytes: Buffer.from(bytes) }]);
        expect(
          arrivals
            .map(withoutMenu(['Sí', 'No']))
            .join('')
            .trim(),
        ).toBe('Tu libreta de hoy.');
        await answer(arrivals.at(-1), 1);
        expect(['button', 'text']).toContain((await next()).body.type);
      });
    } else {
      test(`no file goes to her: ${kind}; its words do`, async () => {
        const message = { text: 'Tu libreta de hoy.', choices: [], file: FILES[kind] };
        idOf(await rig.channel().send(ana.address, message));
        expect((await inbox()).map(({ text }) => text).join('')).toContain('Tu libreta de hoy.');
      });
    }
  }
  if (facts.filesOut.includes('voice')) {
    test(`a file is sent again by its id (${facts.fileIds})`, async () => {
      const sends = async (file: OutgoingFile) => {
        const sent = await rig.channel().send(ana.address, { text: '', choices: [], file });
        idOf(sent);
        return sent.ok ? sent.fileId : undefined;
      };
      const first = await sends(FILES.voice);
      expect(first !== undefined).toBe(facts.fileIds !== 'none');
      expect(rig.channel().fileIdDays !== undefined).toBe(facts.fileIds === 'for-days');
      // Other bytes with the same id: what she gets shows by which of them it was sent.
      const other = { ...FILES.voice, bytes: Buffer.concat([FILES.voice.bytes, Buffer.from('más')]) };
      await sends({ ...other, knownId: first ?? '1234567890' });
      // An id that the platform does not know, or no longer.
      const anew = await sends({ ...other, knownId: '9876543210' });
      expect(anew !== undefined).toBe(facts.fileIds !== 'none');
      expect(anew).not.toBe('9876543210');
      const second = facts.fileIds === 'none' ? other.bytes : FILES.voice.bytes;
      expect(filesIn(await inbox()).map(({ bytes }) => bytes.length)).toEqual([
        FILES.voice.bytes.length,
        second.length,
        other.bytes.length,
      ]);
    });
  }
  if (facts.filesIn.length > 0) {
    test('what is written under her file is kept with it', async () => {
      const kind = facts.filesIn.includes('image') ? 'image' : 'document';
      await ana.sends({ ...FILES[kind], kind, caption: 'mi pago' });
      expect((await next()).body).toMatchObject({ type: 'media', kind, caption: 'mi pago' });
    });

    test('a file above the limit is not taken, one that is gone is told so', async () => {
      const bytes = Buffer.alloc(FILE_BYTES_MAX + 1, 7);
      await ana.sends({ ...FILES.document, bytes });
      const { body } = await next();
      const ref = body.type === 'media' ? body.ref : '';
      const fetched = await rig.channel().fetch?.(ref);
      expect(fetched?.ok === false && fetched.reason).toBe('too-large');
      expect(await rig.channel().fetch?.('1234567890')).toEqual({ ok: false, reason: 'gone' });
    });
  }
  if (facts.filesOut.length > 0) {
    test('long words with a file arrive whole and in order, the choices under the last', async () => {
      const text = Array.from({ length: 200 }, (_, at) => `Renglón ${at + 1} de tu libreta.`).join(' ');
      const kind = facts.filesOut.includes('document') ? 'document' : 'image';
      const message = { text, choices: offer(['Sí', 'No']), file: FILES[kind] };
      idOf(await rig.channel().send(ana.address, message));
      const arrivals = await inbox();
      expect(filesIn(arrivals)).toHaveLength(1);
      const words = arrivals.map(withoutMenu(['Sí', 'No'])).filter((part) => part !== '');
      expect(words.join(' ')).toBe(text);
      for (const { text: part, file } of arrivals) {
        expect(part.length).toBeLessThanOrEqual(file ? facts.captionCharsMax : facts.textCharsMax);
      }
      expect(arrivals.map((part) => /^(?:1\. )?Sí$/mu.test(seen(part)))).toEqual(
        arrivals.map((_, at) => at === arrivals.length - 1),
      );
    });
  }
}
