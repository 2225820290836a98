import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { runTranscript } from './support/transcript.ts';

const folder = new URL('transcripts/', import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith('.txt'));

describe('transcripts', () => {
  test.each(files)('%s', async (name) => {
    const file = new URL(name, folder);
    const written = readFileSync(file, 'utf8');
    const went = await runTranscript(written);
    // UPDATE=1 writes down how it went: read it aloud before you keep it.
    if (process.env['UPDATE'] === '1') writeFileSync(file, went);
    else expect(went).toBe(written);
  });
});
