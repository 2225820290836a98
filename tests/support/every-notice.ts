// A story in which every kind of message that nobody asked for is sent to somebody.

import type { NoticeKind } from '../../src/conversation/outcome.ts';
import { JACARANDAS, openScene, type Scene, type SceneOptions } from './scene.ts';
import { instantOf } from './transcript-programme.ts';

/** All of them: those of the conversation, and what the clock and staff send. */
export const KINDS: Record<
  NoticeKind | 'broadcast' | 'reminder' | 'late' | 'digest' | 'cycle' | 'opening' | 'lesson',
  true
> = {
  receipt: true,
  correction: true,
  ask: true,
  answer: true,
  loan: true,
  meeting: true,
  closing: true,
  cover: true,
  fine: true,
  draw: true,
  dispute: true,
  help: true,
  talk: true,
  rights: true,
  odd: true,
  join: true,
  expired: true,
  telephone: true,
  'broadcast-report': true,
  broadcast: true,
  late: true,
  digest: true,
  cycle: true,
  opening: true,
  reminder: true,
  lesson: true,
};

let scene: Scene;

/** Presses the newest button that she has of this kind, whatever its words are. */
const tap = async (name: string, kind: string): Promise<void> => {
  const find = () =>
    scene
      .heard(name)
      .flatMap((message) => message.choices)
      .findLast(({ payload }) => payload.startsWith(kind));
  // Where notices are closed she asks to see them first.
  if (!find()) await press(name, 'see');
  const found = find();
  if (!found) throw new Error(`${name} has no button ${kind}`);
  await press(name, found.payload);
};

const press = (name: string, payload: string): Promise<void> => scene.post(name, { type: 'button', payload });

/** A world in which every kind of notice is sent to somebody, in the language that its people chose. */
export const everyNotice = async (language: 'es' | 'en', options: SceneOptions = {}): Promise<Scene> => {
  scene = await openScene({
    header: `${JACARANDAS.replace('17:00', '17:00, firmas en el chat')}\nlecciones en borrador`,
    ...options,
  });
  await scene.world.store.pool.query(`update savings_group set created_at = '2026-11-24'`);
  if (language === 'en') {
    await scene.world.store.pool.query(`update member set language = 'en'; update staff set language = 'en'`);
  }
  const yes = language === 'es' ? 'sí' : 'yes';
  await scene.say('Rosa', 'Ana 100, Consuelo 60');
  await scene.say('Rosa', yes);
  await scene.say('Ana', 'no');
  await scene.say('Ana', '1');
  await scene.say('Rosa', language === 'es' ? 'pendientes' : 'pending');
  await scene.say('Rosa', '1');
  await scene.say('Rosa', '80');
  await scene.say('Rosa', yes);
  await scene.say('Consuelo', language === 'es' ? 'ya pagué 40' : 'I paid 40');
  await tap('Guadalupe', 'pay:no');
  // The box of this group is empty: something to lend is put into it, for the words only.
  await scene.world.store.pool.query(
    `update account set balance_minor = 100000 where name = 'cash/loan-fund'`,
  );
  await scene.say('Ana', language === 'es' ? 'quiero un préstamo de 100' : 'I need a loan of 100');
  await scene.say('Ana', '1');
  await tap('Ana', 'loan:n:');
  await scene.say('Ana', yes);
  const { rows } = await scene.world.store.pool.query<{ box: string }>(
    `select round(balance_minor / 100.0, 2)::text as box from account
      where name in ('cash/loan-fund', 'cash/savings-pot') and group_id = (select group_id from loan_request) order by name`,
  );
  await press('Rosa', 'meeting:open:yes');
  await press('Rosa', 'meeting:count');
  for (const { box } of rows) await scene.say('Rosa', box);
  await tap('Rosa', 'meeting-count:close');
  await scene.world.store.pool.query(`insert into group_rules (group_id, version, constitution, since)
    select group_id, 2, jsonb_set(constitution, '{closing}', '"annual-pool"'), since from group_rules`);
  await scene.world.store.pool.query(`update savings_group set rules_version = 2`);
  await press('Rosa', 'cover');
  await tap('Rosa', 'cover:who');
  await tap('Rosa', 'cover:how:equal');
  await tap('Rosa', 'cover:propose');
  await tap('Guadalupe', 'cover:yes');
  await press('Guadalupe', 'cover');
  await tap('Guadalupe', 'cover:back');
  await scene.say('Guadalupe', '1015');
  await scene.say('Guadalupe', '1');
  await tap('Rosa', 'second:yes');
  // A draw under the rules that close by lots, while there is something to draw for.
  await scene.world.store.pool.query(`update savings_group set rules_version = 1`);
  await press('Rosa', 'closing');
  await scene.say('Rosa', '1');
  await scene.world.store.pool.query(`update savings_group set rules_version = 2`);
  await press('Rosa', 'closing');
  await tap('Rosa', 'closing:');
  await tap('Guadalupe', 'closing:yes');
  for (const text of [language === 'es' ? 'multa a Ana 10' : 'fine Ana 10', '1'])
    await scene.say('Rosa', text);
  const broadcast =
    language === 'es'
      ? ['mandar un mensaje', 'El sábado hay taller.', 'líderes', 'enviar 1']
      : ['send a message', 'There is a workshop on Saturday.', 'leaders', 'send 1'];
  for (const text of broadcast) await scene.say('Marta', text);
  await scene.say('Petra', language === 'es' ? 'hablar con una persona' : 'talk to a person');
  await scene.say(
    'Petra',
    language === 'es' ? 'me da pena preguntar por mi recibo' : 'I am too shy to ask about it',
  );
  for (const text of [language === 'es' ? 'conversaciones' : 'conversations', '1', '1', 'Yo pregunto.'])
    await scene.say('Marta', text);
  await press('Petra', 'rights:name');
  await scene.say('Petra', 'Petra Gomes');
  const code = scene.world.codes.get('Las Jacarandas') ?? '';
  for (const text of [`UNIRME ${code}`, language === 'es' ? 'sí' : 'si', 'Ximena Luna']) {
    await scene.app.receive({
      channel: 'simulator',
      messageId: `${text}-${language}`,
      address: 'a-newcomer',
      receivedAt: scene.world.now.toString(),
      body: { type: 'text', text },
    });
    await scene.app.delivery.idle();
  }
  await scene.say('Consuelo', language === 'es' ? 'ya pagué 30' : 'I paid 30');
  // The Thursday after the meeting is a day of lessons.
  await scene.app.tick();
  await tickAt('2026-11-26 18:00 America/Tijuana');
  await tickAt(MONDAY);
  // What the clock alone sends: after the meeting, to who owes and to officers; and what nobody answered for two weeks.
  await scene.say('Rosa', 'Consuelo 20');
  await scene.say('Rosa', yes);
  await scene.world.store.pool.query('update savings_group set late_reminders = true');
  await tickAt('2026-12-02 18:00 America/Tijuana');
  await scene.world.store.pool.query(`update cycle set ends = '2026-12-20' where closed_at is null`);
  // Guadalupe has only read for fifty days: she is asked for a word.
  await scene.world.store.pool.query(
    `update address set spoke_at = now() - interval '51 days' where id in (select address_id from member_address where member_id = $1)`,
    [scene.world.person('Guadalupe').id],
  );
  await tickAt('2026-12-08 19:30 America/Tijuana');
  // Three of five want nothing any more: staff hear on Monday that something is worth a look.
  for (const name of ['Ana', 'Petra', 'Consuelo']) await scene.say(name, 'BAJA');
  await tickAt('2026-12-14 10:00 America/Tijuana');
  scene.world.now = instantOf(MONDAY);
  return scene;
};

const MONDAY = '2026-11-30 18:00 America/Tijuana';

const tickAt = async (at: string): Promise<void> => {
  scene.world.now = instantOf(at);
  await scene.app.tick();
  await scene.app.delivery.idle();
};
