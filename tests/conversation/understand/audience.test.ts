import { describe, expect, test } from 'vitest';
import { drawn, seeded } from '../../../bench/seeded.ts';
import { readAudience } from '../../../src/conversation/understand/audience.ts';
import type { Places } from '../../../src/conversation/understand/audience-phrases.ts';
import { asId, type GroupId } from '../../../src/domain/ids.ts';
import { bareLexicons } from '../../support/bare-lexicons.ts';
import { hostileTexts } from '../../support/understand/hostile.ts';

const groupId = (number: number): GroupId =>
  asId<GroupId>(`00000000-0000-7000-8000-${String(number).padStart(12, '0')}`);

const JACARANDAS = groupId(1);
const WOMEN_OF_JUCHITAN = groupId(2);
const SUN_AND_MOON = groupId(3);
const HOPE = groupId(4);
const TEHUANTEPEC = groupId(5);

const PLACES: Places = {
  programme: 'Tejiendo Futuro',
  groups: [
    { id: JACARANDAS, name: 'Las Jacarandas' },
    { id: WOMEN_OF_JUCHITAN, name: 'Mujeres de Juchitán' },
    { id: SUN_AND_MOON, name: 'Sol y Luna' },
    { id: HOPE, name: 'Grupo La Esperanza' },
    { id: TEHUANTEPEC, name: 'Tehuantepec' },
    { id: groupId(6), name: 'Las Flores' },
    { id: groupId(7), name: 'Las Flores' },
  ],
  municipalities: [
    'Juchitán',
    'JUCHITAN',
    'Santo Domingo Ingenio',
    'Ixtepec',
    'Tehuantepec',
    'San Blas',
    'El Espinal',
  ],
};

const JUCHITAN = ['Juchitán', 'JUCHITAN'];

const read = (text: string, language: 'es' | 'en' = 'es', places = PLACES) =>
  readAudience(text, places, bareLexicons[language]);

describe('whom a message is for', () => {
  test.each([
    ['todas', {}],
    ['A TODAS', {}],
    ['para todas las socias', {}],
    ['todo el programa', {}],
    ['Tejiendo Futuro', {}],
    ['socias', { roles: ['member'] }],
    ['solo las líderes', { roles: ['leader'] }],
    ['las lideres por favor', { roles: ['leader'] }],
    ['las lidres', { roles: ['leader'] }],
    ['líderes y tesoreras', { roles: ['leader', 'treasurer'] }],
    ['líderes, tesoreras y secretarias', { roles: ['leader', 'treasurer', 'secretary'] }],
    ['la mesa directiva', { roles: ['leader', 'treasurer', 'secretary'] }],
    ['las socias líderes', { roles: ['leader'] }],
    ['Juchitán', { municipalities: JUCHITAN }],
    ['las de juchitan', { municipalities: JUCHITAN }],
    ['Juxhitán', { municipalities: JUCHITAN }],
    ['mujeres del municipio de Ixtepec', { municipalities: ['Ixtepec'] }],
    ['Juchitán, Ixtepec', { municipalities: [...JUCHITAN, 'Ixtepec'] }],
    ['Juchitán o Ixtepec', { municipalities: [...JUCHITAN, 'Ixtepec'] }],
    ['Juchitán\nIxtepec', { municipalities: [...JUCHITAN, 'Ixtepec'] }],
    ['- Juchitán\n- Ixtepec', { municipalities: [...JUCHITAN, 'Ixtepec'] }],
    ['las de Juchitán y las de Ixtepec', { municipalities: [...JUCHITAN, 'Ixtepec'] }],
    ['Espinal', { municipalities: ['El Espinal'] }],
    ['Ingenio', { municipalities: ['Santo Domingo Ingenio'] }],
    ['Santo Domingo', { municipalities: ['Santo Domingo Ingenio'] }],
    ['Las Jacarandas', { groups: [JACARANDAS] }],
    ['grupo jacarandas', { groups: [JACARANDAS] }],
    ['Jacarandaz', { groups: [JACARANDAS] }],
    ['Esperanza', { groups: [HOPE] }],
    ['la esperanza y jacarandas', { groups: [HOPE, JACARANDAS] }],
    ['Sol y Luna', { groups: [SUN_AND_MOON] }],
    ['Sol y Luna, Las Jacarandas', { groups: [SUN_AND_MOON, JACARANDAS] }],
    ['Mujeres de Juchitán', { groups: [WOMEN_OF_JUCHITAN] }],
    ['las líderes de Mujeres de Juchitam', { roles: ['leader'], groups: [WOMEN_OF_JUCHITAN] }],
    ['grupo Tehuantepec', { groups: [TEHUANTEPEC] }],
    ['municipio Tehuantepec', { municipalities: ['Tehuantepec'] }],
    ['Las Jacarandas de Juchitán', { groups: [JACARANDAS], municipalities: JUCHITAN }],
    [
      'líderes y tesoreras de Juchitán con préstamo',
      { roles: ['leader', 'treasurer'], municipalities: JUCHITAN, loan: true },
    ],
    [
      'las líderes de Juchitán e Ixtepec, con préstamo',
      { roles: ['leader'], municipalities: [...JUCHITAN, 'Ixtepec'], loan: true },
    ],
    ['las que deben', { loan: true }],
    ['con préstamo', { loan: true }],
    ['atrasadas', { late: true }],
    ['las de Juchitán que van atrasadas', { municipalities: JUCHITAN, late: true }],
    ['atrasadas y con préstamo', { late: true, loan: true }],
    ['sin préstamo', { except: [{ loan: true }] }],
    ['líderes sin préstamo', { roles: ['leader'], except: [{ loan: true }] }],
    ['sin préstamo y sin atraso', { except: [{ loan: true }, { late: true }] }],
    ['las que están al corriente', { except: [{ late: true }] }],
    ['las que no escriben desde hace 30 días', { unseenDays: 30 }],
    ['sin escribir 2 semanas', { unseenDays: 14 }],
    ['sin escribir un mes', { unseenDays: 30 }],
    ['que no han escrito en quince días', { unseenDays: 15 }],
    ['hace 60 días que no escriben', { unseenDays: 60 }],
    ['que no escriben desde hace más de 30dias', { unseenDays: 30 }],
    ['sin escribir 90 días o más', { unseenDays: 90 }],
    ['las que deben y no escriben desde hace 30 días', { loan: true, unseenDays: 30 }],
    ['las que hablan inglés', { languages: ['en'] }],
    ['las que hablan español de Juchitán', { languages: ['es'], municipalities: JUCHITAN }],
    ['de finanzas', { tracks: ['finance'] }],
    ['las de salud y nutrición', { tracks: ['health', 'nutrition'] }],
    ['las que tomaron lecciones de negocios', { tracks: ['business'] }],
    ['todas menos las líderes', { except: [{ roles: ['leader'] }] }],
    ['menos Las Jacarandas', { except: [{ groups: [JACARANDAS] }] }],
    [
      'todas menos las líderes y Las Jacarandas',
      { except: [{ roles: ['leader'] }, { groups: [JACARANDAS] }] },
    ],
    ['todas menos las líderes de Juchitán', { except: [{ roles: ['leader'], municipalities: JUCHITAN }] }],
    [
      'todas menos las líderes de Juchitán e Ixtepec',
      { except: [{ roles: ['leader'], municipalities: [...JUCHITAN, 'Ixtepec'] }] },
    ],
    [
      'todas menos las líderes de Juchitán y las de Ixtepec',
      { except: [{ roles: ['leader'], municipalities: JUCHITAN }, { municipalities: ['Ixtepec'] }] },
    ],
    [
      'todas, excepto las tesoreras ni las secretarias',
      { except: [{ roles: ['treasurer'] }, { roles: ['secretary'] }] },
    ],
    ['Juchitán, pero no las atrasadas', { municipalities: JUCHITAN, except: [{ late: true }] }],
    ['todas sin las de Ixtepec', { except: [{ municipalities: ['Ixtepec'] }] }],
    [
      'líderes sin préstamo menos las de Ixtepec',
      { roles: ['leader'], except: [{ loan: true }, { municipalities: ['Ixtepec'] }] },
    ],
    [
      'menos las líderes y menos las tesoreras',
      { except: [{ roles: ['leader'] }, { roles: ['treasurer'] }] },
    ],
  ])('%s', (text, audience) => {
    expect(read(text)).toEqual({ ok: true, audience });
  });

  test.each([
    ['everyone', {}],
    ['the whole programme', {}],
    [
      'leaders and treasurers of Juchitán with a loan',
      { roles: ['leader', 'treasurer'], municipalities: JUCHITAN, loan: true },
    ],
    ['all the members except the leaders', { except: [{ roles: ['leader'] }] }],
    ['members', { roles: ['member'] }],
    ['officers', { roles: ['leader', 'treasurer', 'secretary'] }],
    ['those who are late', { late: true }],
    ['those without a loan', { except: [{ loan: true }] }],
    ["who haven't written for 30 days", { unseenDays: 30 }],
    ['silent for two weeks', { unseenDays: 14 }],
    ['who have not written in more than a month', { unseenDays: 30 }],
    ['those who speak English', { languages: ['en'] }],
    ['who took finance lessons', { tracks: ['finance'] }],
    ['self-care', { tracks: ['self-care'] }],
    ['the Jacarandas group', { groups: [JACARANDAS] }],
    [
      'Ixtepec or Juchitan, but not the treasurers',
      { municipalities: ['Ixtepec', ...JUCHITAN], except: [{ roles: ['treasurer'] }] },
    ],
    [
      'everyone except Las Jacarandas and the leaders of Ixtepec',
      { except: [{ groups: [JACARANDAS] }, { roles: ['leader'], municipalities: ['Ixtepec'] }] },
    ],
  ])('%s', (text, audience) => {
    expect(read(text, 'en')).toEqual({ ok: true, audience });
  });

  test.each([
    ['las de Comitán', ['Comitán']],
    ['líderes de Comitán y tesoreras de San Cristóbal', ['Comitán', 'San Cristóbal']],
    ['las que no son líderes', ['que no son']],
    ['no las líderes', ['no']],
    ['Tehuantepec', ['Tehuantepec']],
    ['grupo Ixtepec', ['grupo Ixtepec']],
    ['Las Flores', ['Las Flores']],
    ['Las Jacarandas y Juchitán', ['Las Jacarandas y Juchitán']],
    ['Juchitán y Las Jacarandas', ['Juchitán y Las Jacarandas']],
    ['líderes y Las Jacarandas', ['líderes y Las Jacarandas']],
    ['líderes y las atrasadas', ['líderes y las atrasadas']],
    ['líderes o con préstamo', ['líderes o con préstamo']],
    ['las que deben y las que no escriben 30 días', ['que deben y las que no escriben 30 días']],
    ['líderes de Juchitán y tesoreras de Ixtepec', ['Juchitán y tesoreras']],
    ['sin escribir', ['sin escribir']],
    ['sin escribir 400 días', ['sin escribir 400 días']],
    ['sin escribir 0 días', ['sin escribir 0 días']],
    ['que no escriben desde hace menos de 30 días', ['que no escriben desde hace', '30 días']],
    ['menos', ['menos']],
    ['todas menos', ['menos']],
    ['todas menos todas', ['todas']],
    ['todas menos las que no deben', ['que no deben']],
    ['todas menos las líderes con préstamo y atrasadas', ['con préstamo y atrasadas']],
    ['líderes y', ['y']],
    ['todas -líderes', ['líderes']],
    ['todas - las líderes', ['las']],
    ['todas - sin escribir 30 días', ['sin escribir 30 días']],
    ['sin dinero', ['dinero']],
    ['para las', ['para las']],
    ['hola, ¿cómo estás?', ['hola, ¿cómo estás']],
    ['', []],
    ['¡¡¡', ['¡¡¡']],
    ['3 líderes', ['3']],
  ])('"%s" is not understood, and she is told what', (text, unknown) => {
    expect(read(text)).toEqual({ ok: false, unknown });
  });

  test('a name that begins or ends like two others is neither', () => {
    const places = { ...PLACES, municipalities: ['San Juan Guichicovi', 'San Juan Mazatlán'] };
    expect(read('San Juan', 'es', places)).toEqual({ ok: false, unknown: ['San Juan'] });
    expect(read('San Juan Guichicovi', 'es', places)).toEqual({
      ok: true,
      audience: { municipalities: ['San Juan Guichicovi'] },
    });
  });

  test('a misspelling that is one letter from two names is neither', () => {
    const places = { ...PLACES, municipalities: ['Tuxtla', 'Tuxtli'] };
    expect(read('Tuxtlo', 'es', places)).toEqual({ ok: false, unknown: ['Tuxtlo'] });
    expect(read('Tuxtla', 'es', places)).toEqual({ ok: true, audience: { municipalities: ['Tuxtla'] } });
  });

  test('a long text, and more groups than thirty, are refused', () => {
    expect(read(`todas ${'a'.repeat(2_000)}`)).toEqual({ ok: false, unknown: [`todas ${'a'.repeat(54)}…`] });
    const groups = Array.from({ length: 31 }, (_, n) => ({ id: groupId(n + 1), name: `Grupo ${n + 1}` }));
    const named = (count: number) => groups.slice(0, count).map(({ name }) => name);
    const places = { ...PLACES, groups };
    expect(read(named(30).join(', '), 'es', places)).toMatchObject({ ok: true });
    expect(read(named(31).join(', '), 'es', places)).toMatchObject({ ok: false });
  });

  test('of what was not understood at most five pieces are said back', () => {
    const text = Array.from({ length: 150 }, () => 'xyz todas').join(' ');
    expect(read(text)).toEqual({ ok: false, unknown: ['xyz', 'xyz', 'xyz', 'xyz', 'xyz'] });
  });
});

const seed = Number(process.env['COMADRE_FUZZ_SEED'] ?? Date.now() % 1_000_000);

test(`whatever is written, nothing is named that the places do not have (COMADRE_FUZZ_SEED=${seed})`, () => {
  const draw = seeded(seed);
  const { es, en } = bareLexicons;
  const pieces = [es, en]
    .flatMap(({ audience: { languages, tracks, ...words } }) => [
      ...Object.values(words).flat(),
      ...Object.values(languages).flat(),
      ...Object.values(tracks).flat(),
    ])
    .concat(
      PLACES.municipalities,
      PLACES.groups.map(({ name }) => name),
      [',', '\n', '30', '-', '🙂', 'xyz', "'"],
    );
  let understood = 0;
  for (let n = 0; n < 600; n += 1) {
    const text = Array.from({ length: 1 + Math.floor(draw() * 8) }, () => drawn(pieces, draw)).join(' ');
    const cut = draw() < 0.2 ? text.slice(Math.floor(draw() * 5)) : text;
    const reading = read(cut, drawn(['es', 'en'], draw));
    if (!reading.ok) {
      expect(
        reading.unknown.every((piece) => cut.includes(piece.replace(/…$/, ''))),
        cut,
      ).toBe(true);
      continue;
    }
    understood += 1;
    for (const { groups = [], municipalities = [], unseenDays = 1 } of [
      reading.audience,
      ...(reading.audience.except ?? []),
    ]) {
      expect(
        groups.every((id) => PLACES.groups.some((group) => group.id === id)),
        cut,
      ).toBe(true);
      expect(
        municipalities.every((name) => PLACES.municipalities.includes(name)),
        cut,
      ).toBe(true);
      expect(unseenDays >= 1 && unseenDays <= 365, cut).toBe(true);
    }
    expect(
      (reading.audience.except ?? []).every((part) => Object.keys(part).length > 0),
      cut,
    ).toBe(true);
  }
  expect(understood).toBeGreaterThan(20);
});

test('hostile texts are read to their end, among many names that are alike', () => {
  const groups = Array.from({ length: 200 }, (_, n) => ({
    id: groupId(n + 1),
    name: `Mujeres de San ${n} de la Sierra`,
  }));
  const texts = [
    ...hostileTexts(2_000),
    'mujeres de san ',
    'mujers de la siera ',
    'de san 7 de la ',
    'sin escribir hace mas de ',
  ];
  for (const text of texts) {
    const long = text.padEnd(2_000, text);
    expect(read(long, 'es', { ...PLACES, groups }).ok).toBeTypeOf('boolean');
  }
});
