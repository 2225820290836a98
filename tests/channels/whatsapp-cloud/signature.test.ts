import { createHmac } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isSecret, isSigned } from '../../../src/channels/whatsapp-cloud/signature.ts';

const bytes = (text: string): Uint8Array => Buffer.from(text, 'utf8');

// RFC 4231, test case 2: the one whose key is text.
const VECTORS = [
  [
    'Jefe',
    'what do ya want for nothing?',
    '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
  ],
] as const;

describe('the signature of a post', () => {
  test.each(VECTORS)('is HMAC-SHA256 of the bytes: key %s', (key, text, hex) => {
    expect(isSigned([key], `sha256=${hex}`, bytes(text))).toBe(true);
    expect(isSigned([key], `sha256=${hex}`, bytes(`${text} `))).toBe(false);
    expect(isSigned([`${key}x`], `sha256=${hex}`, bytes(text))).toBe(false);
  });

  test('holds for the bytes as they came, not for what they mean', () => {
    const body = bytes('{"a": "ñ\\u00f1"}');
    const header = `sha256=${createHmac('sha256', 'key').update(body).digest('hex')}`;
    expect(isSigned(['key'], header, body)).toBe(true);
    expect(isSigned(['key'], header, bytes(JSON.stringify(JSON.parse(Buffer.from(body).toString()))))).toBe(
      false,
    );
  });

  test('may be made with either secret while one is being changed, and with no third one', () => {
    const body = bytes('{}');
    const by = (key: string) => `sha256=${createHmac('sha256', key).update(body).digest('hex')}`;
    expect(isSigned(['old', 'new'], by('old'), body)).toBe(true);
    expect(isSigned(['old', 'new'], by('new'), body)).toBe(true);
    expect(isSigned(['old', 'new'], by('other'), body)).toBe(false);
    expect(isSigned(['old', 'new'], by('old,new'), body)).toBe(false);
  });

  const right = createHmac('sha256', 'key').update('{}').digest('hex');

  test.each([
    ['no header', undefined],
    ['an empty one', ''],
    ['no algorithm', right],
    ['another algorithm', `sha1=${right}`],
    ['capitals', `sha256=${right.toUpperCase()}`],
    ['one digit less', `sha256=${right.slice(1)}`],
    ['one digit more', `sha256=${right}0`],
    ['a space', `sha256= ${right}`],
    ['two of them', `sha256=${right},sha256=${right}`],
    ['a list', [`sha256=${right}`]],
    ['null', null],
    ['an object', { sha256: right }],
  ])('is refused: %s', (_name, header) => {
    expect(isSigned(['key'], `sha256=${right}`, bytes('{}'))).toBe(true);
    expect(isSigned(['key'], header, bytes('{}'))).toBe(false);
  });

  test.each([[[]], [['']], [['', '']]])('nobody is let in when our secret is unset: %j', (secrets) => {
    const empty = createHmac('sha256', '').update('{}').digest('hex');
    expect(isSigned(secrets, `sha256=${empty}`, bytes('{}'))).toBe(false);
    expect(isSigned(secrets, undefined, bytes('{}'))).toBe(false);
  });

  test('ten thousand forged signatures, near and far: none is taken', () => {
    const body = bytes('{"object":"whatsapp_business_account"}');
    const hex = createHmac('sha256', 'key').update(body).digest('hex');
    const near = fc
      .tuple(fc.nat(63), fc.constantFrom('0', '3', '7', 'a', 'c', 'f'))
      .map(([at, digit]) => hex.slice(0, at) + digit + hex.slice(at + 1));
    const far = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((of) => Buffer.from(of).toString('hex'));
    let taken = 0;
    fc.assert(
      fc.property(fc.oneof(near, far, fc.string()), (forged) => {
        fc.pre(forged !== hex);
        if (isSigned(['key', 'other'], `sha256=${forged}`, body)) taken += 1;
      }),
      { numRuns: 10_000, maxSkipsPerRun: 10_000 },
    );
    expect(taken).toBe(0);
    expect(isSigned(['key'], `sha256=${hex}`, body)).toBe(true);
  });
});

test('a secret word is compared whole; an empty one opens nothing', () => {
  expect(isSecret('a_word', 'a_word')).toBe(true);
  for (const given of ['a_wor', 'a_word ', 'A_WORD', '', undefined, null, ['a_word']]) {
    expect(isSecret('a_word', given)).toBe(false);
  }
  expect(isSecret('', '')).toBe(false);
});
