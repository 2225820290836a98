// What of staff's words tells somebody who looks at a telephone what they are about.

import { expect, test } from 'vitest';
import { tellingIn } from '../../../src/conversation/understand/telling.ts';

const GROUPS = ['Las Jacarandas', 'Flor de Milpa', 'Esperanza'];

test.each([
  ['El sábado hay taller a las 10.', []],
  ['Traigan $200 al taller.', [['$200', 8]]],
  ['Traigan $ 1,500.50, por favor', [['$ 1,500.50', 8]]],
  ['son 200 pesos', [['200 pesos', 4]]],
  ['son dos mil PESOS.', [['mil PESOS', 8]]],
  ['son 200pesos', [['son 200pesos', 0]]],
  ['Bring 20 dollars', [['20 dollars', 6]]],
  ['Nos vemos con las jacarandas, hoy', [['las jacarandas', 14]]],
  [
    'Va Flor de Milpa y Las Jacarandas',
    [
      ['Flor de Milpa', 3],
      ['Las Jacarandas', 19],
    ],
  ],
  ['con esperanza y jacarandas', []],
  ['El grupo «Esperanza» va primero', [['Esperanza', 9]]],
])('%s', (text, found) => expect(tellingIn(text, GROUPS).map(({ word, at }) => [word, at])).toEqual(found));
