import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { runTranscript } from './transcript.ts';

const folder = new URL('../transcripts/', import.meta.url);

/** Every other one of the transcripts as a test, from the first or the second on: two files share the work. */
export const transcripts = (from: 0 | 1): void => {
  const files = readdirSync(folder).filter((name) => name.endsWith('.txt'));
  describe('transcripts', () => {
    test.each(files.filter((_, at) => at % 2 === from))('%s', async (name) => {
      const file = new URL(name, folder);
      const written = readFileSync(file, 'utf8');
      const went = await runTranscript(written);
      // UPDATE=1 writes down how it went: read it aloud before you keep it.
      if (process.env['UPDATE'] === '1') writeFileSync(file, went);
      else expect(went).toBe(written);
    });
  });
};
