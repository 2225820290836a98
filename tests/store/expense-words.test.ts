import { describe, expect, test } from 'vitest';
import { openExpenseWords, sealExpenseWords } from '../../src/store/expense-words.ts';
import { createSecrets } from '../../src/store/secrets.ts';

const secrets = createSecrets({ bytes: Buffer.alloc(32, 7), created: false, warnings: [] });
const { wrapped: groupKey } = secrets.newDataKey();
const id = '00000000-0000-7000-8000-000000000001';
const other = '00000000-0000-7000-8000-000000000002';
const sealed = Buffer.from(sealExpenseWords(secrets, { id, words: 'copias' }, groupKey), 'base64');

describe('what an expense was for', () => {
  test('is not readable in the database, and is with the group’s key', () => {
    expect(sealed.toString('latin1')).not.toContain('copias');
    expect(openExpenseWords(secrets, { id, words: sealed }, { key: groupKey })).toBe('copias');
  });

  test('does not open under another expense', () => {
    expect(() => openExpenseWords(secrets, { id: other, words: sealed }, { key: groupKey })).toThrow();
  });

  test('is gone with the key, and is nothing where nobody said it', () => {
    expect(openExpenseWords(secrets, { id, words: sealed }, { key: null })).toBeUndefined();
    expect(openExpenseWords(secrets, { id, words: null }, { key: groupKey })).toBeUndefined();
  });
});
