// Twenty and more ways in which officers take money, as they would be written down by message: what each does in a week of it.

import type { OddSignId } from '../../src/domain/odd/signs.ts';
import {
  closeMeeting,
  goTo,
  object,
  openMeeting,
  type Sunday,
  spend,
  type Town,
  usual,
  WITH_TELEPHONE,
  WITHOUT_TELEPHONE,
  WOMEN,
  type Woman,
  writeList,
} from './odd-town.ts';
import type { Scene } from './scene.ts';

export type Fraud = {
  readonly name: string;
  /** The one sign that shows it. */
  readonly sign: OddSignId;
  week(scene: Scene, town: Town, week: number): Promise<void>;
};

/** A Sunday with something else done before the box is counted, or after it was closed. */
const sundayWith =
  (
    sunday: Sunday,
    what: { before?: (town: Town) => Promise<void>; after?: (town: Town) => Promise<void> } = {},
  ): Fraud['week'] =>
  async (scene, town, week) => {
    goTo(scene, week, [0, '10:10']);
    await openMeeting(town, sunday);
    await writeList(town, sunday);
    await what.before?.(town);
    await closeMeeting(town, sunday);
    await what.after?.(town);
  };

const without = (...names: readonly Woman[]): Woman[] => WOMEN.filter((who) => !names.includes(who));

/** Each says that she paid, and an officer answers with this button; or nobody does. */
const claims = async (
  town: Town,
  who: readonly Woman[],
  answer: 'Sí, lo recibí' | 'No es así' | undefined,
): Promise<void> => {
  for (const one of who) {
    await town.say(one, `ya pagué ${usual(one)} de ahorro`);
    if (answer) await town.press('Rosa', answer);
  }
};

/** A code for somebody who has no telephone, made by the leader. */
const codeFor = async (town: Town, who: Woman): Promise<string> => {
  await town.say('Rosa', 'código de invitación');
  await town.press('Rosa', who);
  return /UNIRME ([A-Z2-9]+)/u.exec(town.told('Rosa'))?.[1] ?? '';
};

export const FRAUDS: readonly Fraud[] = [
  {
    name: 'she keeps four women’s telephones and answers what she writes on them',
    sign: 'same-minute',
    week: async (scene, town, week) => {
      await sundayWith({ gives: without(...WITH_TELEPHONE) })(scene, town, week);
      goTo(scene, week, [2, '20:15']);
      await claims(town, WITH_TELEPHONE, 'Sí, lo recibí');
    },
  },
  {
    name: 'the list is written late at night, when nobody reads her receipt',
    sign: 'night',
    week: async (scene, town, week) => {
      goTo(scene, week, [0, '10:10']);
      await openMeeting(town, {});
      goTo(scene, week, [0, '23:40']);
      await writeList(town, {});
      await closeMeeting(town, {});
    },
  },
  {
    name: 'the same, before dawn',
    sign: 'night',
    week: async (scene, town, week) => {
      goTo(scene, week, [0, '10:10']);
      await openMeeting(town, {});
      goTo(scene, week, [1, '03:20']);
      await writeList(town, {});
      await closeMeeting(town, {});
    },
  },
  {
    name: 'she uses the money for days before she notes it',
    sign: 'late',
    week: async (scene, town, week) => {
      goTo(scene, week, [4, '18:00']);
      await writeList(town, {}, 'lista del domingo pasado: ');
    },
  },
  {
    name: 'leader and treasurer note savings for each other that nobody saw',
    sign: 'officers-apart',
    week: async (scene, town, week) => {
      await sundayWith({ gives: without('Rosa', 'Guadalupe') })(scene, town, week);
      goTo(scene, week, [2, '12:00']);
      await town.say('Rosa', 'Guadalupe 100 ahorro', 'sí');
      await town.say('Guadalupe', 'Rosa 100 ahorro', 'sí');
    },
  },
  {
    name: 'her own telephone takes the places of those who have none',
    sign: 'one-telephone',
    week: async (scene, town, week) => {
      await sundayWith({ leads: 'Guadalupe', notes: 'Rosa', gives: without('Rosa') })(scene, town, week);
      if (week % 2 === 1) return;
      const codes: string[] = [];
      for (const who of WITHOUT_TELEPHONE) codes.push(await codeFor(town, who));
      for (const code of codes) await town.say('Rosa', `UNIRME ${code}`, 'sí');
    },
  },
  {
    name: 'she writes BAJA on their telephones, so that no receipt comes',
    sign: 'silenced',
    week: async (scene, town, week) => {
      for (const who of WITH_TELEPHONE.slice(0, 3)) await town.say(who, 'BAJA');
      await sundayWith({})(scene, town, week);
    },
  },
  {
    name: 'sixty pesos are missing each time, and nobody knows why',
    sign: 'box-short',
    week: sundayWith({ count: (box) => box - 60 }),
  },
  {
    name: 'the treasurer leads and the box is short of two hundred',
    sign: 'box-short',
    week: sundayWith({ leads: 'Guadalupe', notes: 'Rosa', count: (box) => box - 200 }),
  },
  {
    name: 'what is missing is hidden: they type what the book says',
    sign: 'second-count',
    week: async (scene, town, week) => {
      goTo(scene, week, [0, '10:10']);
      await openMeeting(town, {});
      await writeList(town, {});
      const box = await town.box();
      await town.say('Rosa', 'contar la caja', String(box - 100));
      await town.press('Rosa', 'Contar otra vez');
      await town.say('Rosa', String(box));
      await town.press('Guadalupe', 'Sí, es así');
      await town.press('Rosa', 'Sí, cerrarla');
    },
  },
  {
    name: 'the box is not counted any more',
    sign: 'not-counted',
    week: async (scene, town, week) => {
      goTo(scene, week, [0, '10:10']);
      await writeList(town, {});
    },
  },
  {
    name: 'savings are noted for women who are never there, to borrow on them later',
    sign: 'absent-paid',
    week: sundayWith({ absent: ['Refugio', 'Dominga'] }),
  },
  {
    name: 'half of what is given is not noted',
    sign: 'not-noted',
    week: sundayWith({ gives: without('Ana', 'Petra', 'Teresa', 'Pascuala', 'Refugio') }),
  },
  {
    name: 'she takes the money and says that it was not given',
    sign: 'claims-refused',
    week: async (scene, town, week) => {
      goTo(scene, week, [0, '09:00']);
      await claims(town, ['Ana', 'Petra'], 'No es así');
      await sundayWith({ gives: without('Ana', 'Petra') })(scene, town, week);
    },
  },
  {
    name: 'she takes the money and answers nothing',
    sign: 'claims-refused',
    week: async (scene, town, week) => {
      goTo(scene, week, [0, '09:00']);
      await claims(town, ['Ana', 'Petra', 'Yolanda'], undefined);
      await sundayWith({ gives: without('Ana', 'Petra', 'Yolanda') })(scene, town, week);
    },
  },
  {
    name: 'she notes less, and it stays when they object',
    sign: 'objections-kept',
    week: sundayWith(
      { amount: (who) => (who === 'Ana' ? 20 : usual(who)) },
      { before: (town) => object(town, { who: 'Ana', officer: 'Rosa' }) },
    ),
  },
  {
    name: 'two of the three officers do all by themselves',
    sign: 'same-pair',
    week: sundayWith(
      {},
      {
        before: async (town) => {
          await spend(town, { by: 'Rosa', second: 'Guadalupe', amount: 10 });
          for (const [by, who] of [
            ['Rosa', 'Guadalupe'],
            ['Guadalupe', 'Rosa'],
          ] as const) {
            await town.say(by, `retiro de ${who} 20`, 'sí');
            await town.press(who, 'Sí, así es');
          }
        },
      },
    ),
  },
  {
    name: 'expenses that nobody saw, one after the other',
    sign: 'expenses',
    week: sundayWith(
      {},
      {
        before: async (town) => {
          await spend(town, { by: 'Rosa', second: 'Carmen', amount: 70 });
          await spend(town, { by: 'Rosa', second: 'Guadalupe', amount: 70 });
        },
      },
    ),
  },
  {
    name: 'the treasurer’s expenses, small ones and often',
    sign: 'expenses',
    week: sundayWith(
      {},
      {
        before: async (town) => {
          for (const second of ['Carmen', 'Rosa', 'Carmen'] as const)
            await spend(town, { by: 'Guadalupe', second, amount: 40 });
        },
      },
    ),
  },
  {
    name: 'payments are taken back when the balances were told',
    sign: 'after-closing',
    week: sundayWith(
      {},
      {
        after: async (town) => {
          await town.say('Rosa', 'deshacer', 'sí');
          await town.press('Carmen', 'Sí, que se cambie');
        },
      },
    ),
  },
  {
    name: 'savings of women without a telephone go out by the word of two officers',
    sign: 'paid-unseen',
    week: sundayWith(
      {},
      {
        before: async (town) => {
          for (const [who, second] of [
            ['Pascuala', 'Guadalupe'],
            ['Refugio', 'Carmen'],
          ] as const) {
            await town.say('Rosa', `retiro de ${who} 100`, 'sí');
            await town.press(second, 'Sí, así es');
          }
        },
      },
    ),
  },
  {
    name: 'a telephone of hers becomes another woman’s, and takes out her savings',
    sign: 'after-new-telephone',
    week: async (scene, town, week) => {
      const who = week % 2 === 0 ? 'Dominga' : 'Refugio';
      await sundayWith(
        {},
        {
          before: async () => {
            await town.say(who, `UNIRME ${await codeFor(town, who)}`, 'sí');
            await town.say('Rosa', `retiro de ${who} 200`, 'sí');
            await town.press(who, 'Sí, así es');
          },
        },
      )(scene, town, week);
    },
  },
  {
    name: 'two officers lend each other what is in the box',
    sign: 'officer-loans',
    week: sundayWith(
      {},
      {
        before: async (town) => {
          for (const [who, by] of [
            ['Rosa', 'Carmen'],
            ['Guadalupe', 'Carmen'],
          ] as const) {
            await town.say(who, 'quiero un préstamo de 400', '1');
            await town.press(who, 'En 1 pago');
            await town.say(who, 'sí');
            await town.press(by, 'Sí, aprobarlo');
            await town.press(by, 'Ya se lo entregué');
            await town.press(who, 'Sí, así es');
          }
        },
      },
    ),
  },
  {
    name: 'they lend to women who never come, and keep the money',
    sign: 'lent-unseen',
    week: sundayWith(
      { absent: ['Refugio', 'Dominga'], gives: without('Refugio', 'Dominga') },
      {
        before: async (town) => {
          for (const [who, second] of [
            ['Refugio', 'Guadalupe'],
            ['Dominga', 'Carmen'],
          ] as const) {
            await town.say('Rosa', `préstamo para ${who} de 20`);
            await town.press('Rosa', 'Salud');
            await town.say('Rosa', 'en 3 pagos', 'sí');
            await town.press(second, 'Sí, aprobarlo');
            await town.press('Rosa', 'Ya se lo entregué');
            await town.press(second, 'Sí, así es');
          }
        },
      },
    ),
  },
];
