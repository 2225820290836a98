// "mis datos": all of hers is in the file, and nothing of anybody else.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPapers } from '../../src/app/paper/papers.ts';
import { createContent } from '../../src/content/render.ts';
import { type PersonFacts, withoutPrivate } from '../../src/conversation/person-facts.ts';
import { isOpenLesson } from '../../src/domain/lesson/certificate.ts';
import { personFacts } from '../../src/store/person-facts.ts';
import { curriculum } from '../support/curriculum.ts';
import { readPdf } from '../support/pdf-text.ts';
import { JACARANDAS, label, locales, MILPA, openScene, type Scene } from '../support/scene.ts';

const HEADER = JACARANDAS.replace('\nequipo Marta Ruiz', `${MILPA}\nequipo Marta Ruiz`);
const OTHERS = ['Rosa', 'Guadalupe', 'Petra', 'Consuelo', 'Yolanda', 'Micaela', 'Dominga', 'Marta'];
const SURNAMES = ['Hernández', 'Cruz', 'Gómez', 'Vargas', 'Soto', 'Girón', 'Sántiz', 'Ruiz', 'Flor de Milpa'];

let scene: Scene;
let facts: PersonFacts;

beforeAll(async () => {
  scene = await openScene({ header: `${HEADER}\nlecciones en borrador` });
  await scene.say('Ana', 'quiero ahorrar 2000 para una máquina de coser');
  await scene.say('Ana', 'ya pagué 50');
  await scene.say('Rosa', 'pendientes');
  await scene.press('Rosa', label('choice.confirm'));
  await scene.say('Rosa', 'Petra 70 ahorro, Guadalupe 90');
  await scene.say('Rosa', 'sí');
  await scene.say('Ana', 'lección');
  await scene.say('Ana', 'quiero saber de derechos');
  await scene.say('Ana', '1');
  await scene.say('Ana', '1');
  await scene.say('Ana', 'quiero hablar con una persona');
  await scene.say('Ana', 'me da pena preguntar en la reunión por mi recibo');
  await scene.say('Petra', 'quiero hablar con una persona');
  await scene.say('Petra', 'lo que Petra cuenta al equipo no es de nadie más');
  await scene.say('Marta', 'conversaciones');
  await scene.say('Marta', '1');
  await scene.press('Marta', label('talks.answer'));
  await scene.say('Marta', 'con gusto lo vemos el martes');
  await scene.say('Ana', 'modo discreto');
  await scene.say('Ana', 'baja');
  const { id, groupId } = scene.world.person('Ana');
  const found = await personFacts(scene.world.store, { groupId: groupId ?? '', memberId: id });
  if (!found) throw new Error('Ana has no data');
  facts = found;
});
afterAll(() => scene.close());

const pdfOf = async (shown: PersonFacts, isWhole: boolean): Promise<string> => {
  const papers = createPapers(createContent(locales.texts));
  const of = { facts: shown, catalogue: curriculum.lessons, isWhole, now: scene.world.now };
  const { title, pages } = readPdf(await papers.personPdf(of, 'es'));
  expect(title).toBe('Mis datos');
  return pages.flatMap(({ texts }) => texts).join('\n');
};

const withoutSpaces = (text: string): string => text.replaceAll(/\s+/gu, '');

test('all of hers is in it', async () => {
  const whole = withoutSpaces(await pdfOf(facts, true));
  for (const words of [
    'Ana Martínez',
    'socia nº 3',
    'Las Jacarandas',
    scene.world.person('Ana').id,
    'para una máquina de coser'.replace('para una ', ''),
    'Ahorro (al empezar) +$200.00',
    'Ahorro +$50.00',
    '$50.00, con recibo',
    'me da pena preguntar en la reunión por mi recibo',
    'el equipo: con gusto lo vemos el martes',
    'solicitud 1',
    'Modo discreto: sí.',
  ])
    expect(whole, words).toContain(withoutSpaces(words));
});

test('what she answered in a lesson is in it', async () => {
  const lessons = facts.lessons.map((lesson) => ({ ...lesson, answer: 'B' }));
  expect(withoutSpaces(await pdfOf({ ...facts, lessons }, true))).toContain('Loprimeroquecontesté:B');
});

test('nothing of anybody else is: no name, no amount, no word', async () => {
  const found = `${JSON.stringify(facts, (_, v: unknown) => (typeof v === 'bigint' ? String(v) : v))}\n${await pdfOf(facts, true)}`;
  for (const words of [...OTHERS, ...SURNAMES, '$70.00', '$90.00', 'no es de nadie más']) {
    expect(found, words).not.toContain(words);
  }
  for (const other of scene.world.people.filter(({ name }) => name !== 'Ana Martínez')) {
    expect(found, other.name).not.toContain(other.id);
  }
});

test('what she learns in private and writes to staff is left out unless she asked for it, and that is said', async () => {
  const shown = withoutPrivate(facts, (id) => isOpenLesson(curriculum.lessons, id));
  const text = withoutSpaces(await pdfOf(shown, false));
  expect(facts.lessons.map(({ lessonId }) => lessonId)).toContain('R1');
  expect(shown.lessons.map(({ lessonId }) => lessonId)).not.toContain('R1');
  expect(shown.lessons.length).toBeGreaterThan(0);
  expect(text).not.toContain(withoutSpaces('me da pena preguntar'));
  expect(text).not.toContain(withoutSpaces('Modo discreto'));
  expect(facts.looked.some(({ action }) => action.startsWith('talk-'))).toBe(true);
  expect(shown.looked.some(({ action }) => action.startsWith('talk-'))).toBe(false);
  expect(text).toContain(withoutSpaces('Lo reservado no va en este archivo'));
});
