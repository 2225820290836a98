// The second opinion on messages of the Cloud API: it takes what is right and refuses what is planted.

import { describe, expect, test } from 'vitest';
import { findSpecification } from '../../support/cloud-api-emulator/specification.ts';

const check = findSpecification();
const base = { messaging_product: 'whatsapp', recipient_type: 'individual', to: '525550100001' };
const buttons = (count: number) => ({
  ...base,
  type: 'interactive',
  interactive: {
    type: 'button',
    body: { text: 'b' },
    action: {
      buttons: Array.from({ length: count }, (_, n) => ({
        type: 'reply',
        reply: { id: `${n}`, title: `T${n}` },
      })),
    },
  },
});

describe.skipIf(check === undefined)('the description of the Cloud API', () => {
  test.each([
    ['words', { ...base, type: 'text', text: { body: 'hola', preview_url: false } }],
    ['a picture', { ...base, type: 'image', image: { id: '1', caption: 'c' } }],
    ['three buttons', buttons(3)],
    [
      'prepared words',
      {
        ...base,
        type: 'template',
        template: {
          name: 'n',
          language: { code: 'es_MX' },
          components: [{ type: 'body', parameters: [{ type: 'text', text: 'v' }] }],
        },
      },
    ],
  ])('takes %s', (_, call) => {
    expect(check?.(call)).toEqual([]);
  });

  test.each([
    ['four buttons', buttons(4)],
    ['an unknown field', { ...base, type: 'text', text: { body: 'x' }, txt: 1 }],
    [
      'an unknown kind of choice',
      { ...base, type: 'interactive', interactive: { type: 'buton', body: { text: 'b' }, action: {} } },
    ],
  ])('refuses %s', (_, call) => {
    expect(check?.(call)).not.toEqual([]);
  });
});
