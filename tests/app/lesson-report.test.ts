// How far members come, in counts that name nobody; and what a member, or a group, may show of it.

import { loadImage } from '@napi-rs/canvas';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createPapers } from '../../src/app/paper/papers.ts';
import { certificatePage } from '../../src/content/paper/certificate.ts';
import { COUNT_MIN, FUNNEL_STEPS, toldFunnels } from '../../src/domain/lesson/funnel.ts';
import { readFunnels } from '../../src/store/lesson-funnels.ts';
import { curriculum } from '../support/curriculum.ts';
import { content, group, voice, wordsOf } from '../support/paper.ts';
import { JACARANDAS, label, MILPA, openScene, type Scene } from '../support/scene.ts';
import { instantOf } from '../support/transcript-programme.ts';
import { voiceNote } from '../support/voice-note.ts';

let scene: Scene;
afterEach(() => scene.close());

type Had = {
  readonly lesson: string;
  readonly people: number;
  readonly finished?: number;
  readonly voice?: boolean;
};

/** So many members had a lesson: all opened it, the first of them finished it and were right at once. */
const had = async ({ lesson, people, finished = people, voice: spoken = false }: Had): Promise<void> => {
  await scene.world.store.pool.query(
    `insert into lesson_progress (group_id, member_id, lesson_id, language, voice, enrolled_at, delivered_at, opened_at, part, finished_at, first_answer, right_first)
     select m.group_id, m.id, $1, 'es', $4, $5, $5, $5, 3, case when m.n <= $3 then $5::timestamptz end,
            case when m.n <= $3 then 'a' end, case when m.n <= $3 then true end
       from (select *, row_number() over (order by number, id) as n from member) m where m.n <= $2`,
    [lesson, people, finished, spoken, scene.world.now.toString()],
  );
};

test('who was told of a lesson before it was recorded, and hears it after, stays one of those who were told', async () => {
  scene = await openScene({ header: `${JACARANDAS}\nlecciones en borrador` });
  const note = voiceNote(40);
  const records = async (lesson: string): Promise<void> => {
    scene.channel.files.set('note', { ok: true, mime: 'audio/ogg', bytes: note });
    await scene.say('Marta', `grabar lección ${lesson}`);
    await scene.post('Marta', { type: 'media', kind: 'voice', ref: 'note' });
    await scene.press('Marta', label('record.yes'));
  };
  const tickAt = async (text: string): Promise<void> => {
    scene.world.now = instantOf(text);
    await scene.app.tick();
    await scene.app.delivery.idle();
  };
  const counts = async () =>
    ((await readFunnels(scene.world.store.pool, 'Raíces')) ?? []).map((funnel) => {
      const { lessonId, voice: spoken, counts: told } = funnel;
      return [lessonId, spoken ? 'spoken' : 'written', told.enrolled, told.opened];
    });
  await tickAt('2026-11-25 10:00 America/Tijuana');
  await tickAt('2026-11-26 18:00 America/Tijuana');
  expect(await counts()).toEqual([['F1', 'written', 5, 0]]);
  await records('F1');
  for (const name of ['Rosa', 'Guadalupe', 'Ana', 'Petra', 'Consuelo']) {
    const [voiced] = await scene.say(name, 'lección');
    expect(voiced?.file?.kind).toBe('voice');
  }
  expect(await counts()).toEqual([['F1', 'written', 5, 5]]);
  for (const name of ['Ana', 'Petra']) {
    await scene.say(name, 'english');
    await scene.say(name, 'lesson F1');
    await scene.say(name, 'español');
  }
  expect(await counts()).toEqual([['F1', 'written', 5, 5]]);
  // What is recorded when it is announced is announced as spoken.
  await records('F2');
  await scene.world.store.pool.query(
    `update lesson_progress set part = 3, finished_at = opened_at, first_answer = 'a', right_first = true`,
  );
  await tickAt('2026-11-28 18:00 America/Tijuana');
  expect(await counts()).toContainEqual(['F2', 'spoken', 5, 0]);
});

describe('the report', () => {
  beforeEach(async () => {
    scene = await openScene({ header: `${JACARANDAS}\n${MILPA.trim()}` });
    await had({ lesson: 'F1', people: 8, finished: 6, voice: true });
    await had({ lesson: 'F2', people: 4 });
    await had({ lesson: 'R1', people: 6, finished: 4 });
  });

  test('counts everyone who was to have a lesson, and no lesson that fewer than five had', async () => {
    const funnels = (await readFunnels(scene.world.store.pool, 'Raíces')) ?? [];
    expect(funnels.map(({ lessonId, voice: spoken }) => [lessonId, spoken])).toEqual([
      ['F1', true],
      ['R1', false],
    ]);
    const [first, rights] = toldFunnels(funnels);
    expect(first?.counts).toEqual({
      enrolled: 8,
      delivered: 8,
      opened: 8,
      finished: 6,
      rightFirst: 6,
      rightLater: undefined,
      did: undefined,
    });
    // Six were to have it; that four finished it is told to nobody.
    expect(rights?.counts).toMatchObject({
      enrolled: 6,
      opened: 6,
      finished: undefined,
      rightFirst: undefined,
    });
  });

  test('is of one programme, or of all; of one that is not there it says so', async () => {
    const { pool } = scene.world.store;
    expect(await readFunnels(pool, undefined)).toHaveLength(2);
    expect(await readFunnels(pool, 'Otra')).toBeUndefined();
  });

  test('is told to staff by message, with no name and no group in it', async () => {
    const [said] = await scene.say('Marta', 'reporte de lecciones');
    expect(said?.text).toContain('F1, español, con voz');
    expect(said?.text).toContain('Les tocó a 8 · la abrieron 8 · la terminaron 6 (75 %)');
    expect(said?.text).toContain(`la terminaron <${COUNT_MIN}`);
    expect(said?.text).not.toContain('F2');
    for (const { name } of scene.world.people) {
      if (name !== 'Marta Ruiz') expect(said?.text).not.toContain(name.split(' ')[0]);
    }
    expect(said?.text).not.toMatch(/Jacarandas|Milpa/);
  });

  test('is not told to members, leader or not', async () => {
    for (const name of ['Ana', 'Rosa']) {
      const said = await scene.say(name, 'reporte de lecciones');
      expect(said.map(({ text }) => text).join()).not.toContain('F1');
    }
  });

  test('no count below five is told, whatever the counts are', () => {
    for (let enrolled = 0; enrolled <= 12; enrolled += 1) {
      for (let rest = 0; rest <= enrolled; rest += 1) {
        const counts = Object.fromEntries(
          FUNNEL_STEPS.map((step) => [step, step === 'enrolled' ? enrolled : rest]),
        );
        const told = toldFunnels([{ lessonId: 'F1', language: 'es', voice: false, counts: counts as never }]);
        const values = told.flatMap((one) => Object.values(one.counts)).filter((one) => one !== undefined);
        expect(values.every((value) => value >= COUNT_MIN)).toBe(true);
        expect(told.length).toBe(enrolled >= COUNT_MIN ? 1 : 0);
      }
    }
  });
});

describe('a certificate', () => {
  const model = curriculum.lessons.get('F1')?.get('es');
  /** Nine open lessons, all alike, and one that is not. */
  const lessons = new Map(
    ['F1', 'F2', 'F3', 'F4', 'F5', 'F6', 'F7', 'F8', 'F9', 'R1'].map((id) => {
      const lesson = { ...model!, id, sensitivity: id === 'R1' ? ('opt-in' as const) : ('open' as const) };
      return [id, new Map([['es', lesson]])] as const;
    }),
  );

  beforeEach(async () => {
    const header = `${JACARANDAS}\nlecciones en borrador`;
    scene = await openScene({ header, curriculum: { ...curriculum, lessons } });
  });
  const finishes = async (...ids: readonly string[]): Promise<void> => {
    for (const lesson of ids) await had({ lesson, people: 6 });
  };

  test('takes eight lessons; what is opt-in does not count', async () => {
    await finishes('F1', 'F2', 'F3', 'F4', 'F5', 'F6', 'F7', 'R1');
    const [soon] = await scene.say('Ana', 'mi reconocimiento');
    expect(soon?.text).toContain('Te falta 1 lección');
    expect(soon?.file).toBeUndefined();
    await finishes('F8');
    const [now] = await scene.say('Ana', 'mi reconocimiento');
    expect(now?.file).toMatchObject({ kind: 'image', mime: 'image/png' });
    const picture = await loadImage(Buffer.from(now!.file!.bytes));
    expect([picture.width, picture.height]).toEqual([1080, 1080]);
  });

  test('is offered with the answer of the eighth, and sent when she presses', async () => {
    await finishes('F1', 'F2', 'F3', 'F4', 'F5', 'F6', 'F7');
    await scene.say('Ana', 'lección');
    await scene.say('Ana', 'seguir');
    await scene.say('Ana', 'seguir');
    const [said] = await scene.say('Ana', '1');
    expect(said?.text).toContain('Te ganaste un reconocimiento.');
    const [sent] = await scene.press('Ana', label('certificate.want'));
    expect(sent?.file?.kind).toBe('image');
  });

  test('of a group takes eight that were read in its meetings', async () => {
    const { pool } = scene.world.store;
    const read = (ids: readonly string[]) =>
      pool.query(
        `insert into lesson_reading (group_id, lesson_id, meeting_on, opened_by, opened_at)
         select m.group_id, l, '2026-11-24', m.id, now() from unnest($1::text[]) l, member m where m.number = 1`,
        [ids],
      );
    await read(['F1', 'F2', 'F3', 'F4', 'F5', 'F6', 'F7']);
    const [soon] = await scene.say('Rosa', 'reconocimiento del grupo');
    expect(soon?.text).toContain('falta 1 lección');
    await read(['F8']);
    const [now] = await scene.say('Rosa', 'reconocimiento del grupo');
    expect(now?.file?.kind).toBe('image');
  });

  test.each(['es', 'en'] as const)('says who, how many and when, and no amount (%s)', async (language) => {
    const own = group();
    const facts = { group: own, name: 'Ñandú Güemes', lessons: 8, now: scene.world.now };
    const texts = wordsOf(certificatePage(facts, voice(language)));
    expect(texts).toEqual(expect.arrayContaining(['Ñandú Güemes', '8', own.name]));
    expect(texts.join(' ')).not.toMatch(/\$|\d[.,]\d\d/);
    const bytes = await createPapers(content).certificatePicture({ ...facts, name: undefined }, language);
    expect(Buffer.from(bytes).subarray(1, 4).toString('latin1')).toBe('PNG');
  });
});
