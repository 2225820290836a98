// Groups that meet every Sunday and write it down by message, as the program takes it: what is ordinary in them, and nothing
// that does not come through a message.

import { Temporal } from 'temporal-polyfill';
import type { Draw } from './group-year-rules.ts';
import { openScene, type Scene } from './scene.ts';

const ZONE = 'America/Mexico_City';
/** The first Sunday. */
const FIRST = Temporal.PlainDate.from('2026-11-22');

/** One surname to a group, so that nobody is called like somebody of another one. */
const SURNAMES =
  'Abarca Bautista Cano Duarte Escobar Farías Garza Herrera Ibarra Jasso Luna Macías Nava Ochoa Pineda Quiroz Rangel Salas Tapia Ugalde Valdez Zamora Becerra Campos Delgado Esparza Franco Galván Huerta Juárez Lara Mejía Noriega Olvera Palacios Robles Sandoval Trejo Vargas Zavala'.split(
    ' ',
  );

const OFFICERS = ['Rosa', 'Guadalupe', 'Carmen'] as const;
/** Who has a telephone, and who comes without. */
export const WITH_TELEPHONE = ['Ana', 'Petra', 'Yolanda', 'Teresa'] as const;
export const WITHOUT_TELEPHONE = ['Pascuala', 'Refugio', 'Dominga'] as const;
export const WOMEN = [...OFFICERS, ...WITH_TELEPHONE, ...WITHOUT_TELEPHONE];
export type Woman = (typeof WOMEN)[number];

const groupNamed = (surname: string): string => `
grupo Grupo ${surname}, ahorro, ${ZONE}, sunday 10:00, retiros
1 Rosa ${surname}, líder, acciones 10
2 Guadalupe ${surname}, tesorera, acciones 10
3 Carmen ${surname}, secretaria, acciones 10
${WITH_TELEPHONE.map((name, n) => `${n + 4} ${name} ${surname}, acciones 10`).join('\n')}
${WITHOUT_TELEPHONE.map((name, n) => `${n + 8} ${name} ${surname}, por llegar, acciones 10`).join('\n')}`;

/** A scene of so many such groups of one programme. */
export const openTown = async (count: number): Promise<{ scene: Scene; towns: readonly Town[] }> => {
  const surnames = SURNAMES.slice(0, count);
  if (surnames.length < count) throw new Error(`there are surnames for ${surnames.length} groups`);
  const header = `${surnames.map(groupNamed).join('\n')}
equipo Marta Robledo
reloj ${FIRST.subtract({ days: 1 }).toString()} 18:00 ${ZONE}`;
  const scene = await openScene({ header, limits: { perSecond: Number.POSITIVE_INFINITY, perAddressMs: 0 } });
  return { scene, towns: surnames.map((surname) => townOf(scene, surname)) };
};

export type Town = {
  readonly name: string;
  readonly groupId: string;
  say(who: Woman, ...texts: readonly string[]): Promise<void>;
  /** Presses the newest button of that label that she has. */
  press(who: Woman, label: string): Promise<void>;
  /** What she was told last. */
  told(who: Woman): string;
  /** What the book says is in the box, in whole pesos. */
  box(): Promise<number>;
};

const townOf = (scene: Scene, surname: string): Town => {
  const full = (who: Woman): string => `${who} ${surname}`;
  const person = scene.world.people.find(({ name }) => name === full('Rosa'));
  if (person?.groupId === undefined) throw new Error(`there is no group of ${surname}`);
  const { groupId } = person;
  const said: string[] = [];
  return {
    name: `Grupo ${surname}`,
    groupId,
    say: async (who, ...texts) => {
      for (const text of texts) {
        said.push(`${who}: ${text}`);
        await scene.post(full(who), { type: 'text', text });
      }
    },
    press: async (who, label) => {
      const has = scene.heard(full(who)).some(({ choices }) => choices.some((one) => one.label === label));
      if (!has)
        throw new Error(
          `${full(who)} has no "${label}" after ${JSON.stringify(said.slice(-8))}; she was told: ${scene.heard(full(who)).at(-1)?.text}`,
        );
      const payload = scene.payload(full(who), label);
      said.push(`${who}: ${label}`);
      await scene.post(full(who), { type: 'button', payload });
    },
    told: (who) => scene.heard(full(who)).at(-1)?.text ?? '',
    box: async () => {
      const { rows } = await scene.world.store.pool.query<{ pesos: number }>(
        `select (balance_minor / 100)::int as pesos from account where group_id = $1 and name = 'cash/loan-fund'`,
        [groupId],
      );
      return rows[0]?.pesos ?? 0;
    },
  };
};

/** Sets the clock to an hour of a day counted from the Sunday of that week. */
export const goTo = (scene: Scene, week: number, [day, time]: readonly [number, string]): void => {
  scene.world.now = FIRST.add({ weeks: week, days: day })
    .toZonedDateTime({ timeZone: ZONE, plainTime: time })
    .toInstant();
};

/** One Sunday of a group. */
export type Sunday = {
  readonly leads?: Woman;
  readonly absent?: readonly Woman[];
  /** Who has something noted, but for her who leads; and what. */
  readonly gives?: readonly Woman[];
  readonly amount?: (who: Woman) => number;
  /** Whether her who leads another officer notes. */
  readonly notes?: Woman | undefined;
  /** What they count, from what the book says; undefined: they count nothing. */
  readonly count?: ((box: number) => number) | undefined;
};

/** What each usually brings: the same every week. */
export const usual = (who: Woman): number => 20 + 20 * (WOMEN.indexOf(who) % 3);

/** Opens the meeting and calls the roll. */
export const openMeeting = async (town: Town, { leads = 'Rosa', absent = [] }: Sunday): Promise<void> => {
  await town.say(leads, 'abrir la reunión', '1');
  await town.say(leads, absent.length === 0 ? 'Ninguna' : absent.join(' y '));
};

/** Notes what they gave. */
export const writeList = async (
  town: Town,
  { leads = 'Rosa', gives = WOMEN, amount = usual, notes = 'Guadalupe' }: Sunday,
  before = '',
): Promise<void> => {
  const list = gives.filter((who) => who !== leads).map((who) => `${who} ${amount(who)} ahorro`);
  await town.say(leads, `${before}${list.join(', ')}`, 'sí');
  if (gives.includes(leads) && notes !== undefined)
    await town.say(notes, `${before}${leads} ${amount(leads)} ahorro`, 'sí');
};

/** Counts the box and closes. A count that differs is stated and agreed on. */
export const closeMeeting = async (
  town: Town,
  { leads = 'Rosa', count = (box) => box }: Sunday,
): Promise<void> => {
  const box = await town.box();
  const counted = count(box);
  await town.say(leads, 'contar la caja', String(counted));
  if (counted !== box) {
    await town.press(leads, 'No sabemos');
    await town.press(leads === 'Guadalupe' ? 'Rosa' : 'Guadalupe', 'Sí, es así');
  }
  await town.press(leads, 'Sí, cerrarla');
};

/** A week as weeks are: somebody is away, somebody has no money, an officer is ill, the box is off by coins, a list is late. */
export const honestWeek = async (
  scene: Scene,
  town: Town,
  { week, draw }: { week: number; draw: Draw },
): Promise<void> => {
  const oneIn = (n: number): boolean => draw(n) === 0;
  const leads: Woman = oneIn(12) ? 'Guadalupe' : 'Rosa';
  const absent = WOMEN.filter((who) => who !== leads && oneIn(9));
  // Who is away sends her money with a neighbour, or does not.
  const gives = WOMEN.filter((who) => (absent.includes(who) ? oneIn(2) : !oneIn(14)));
  const amount = (who: Woman): number => (oneIn(8) ? 20 + 20 * draw(5) : usual(who));
  const sunday: Sunday = {
    leads,
    absent,
    gives: gives.length > 3 ? gives : WOMEN,
    amount: remembered(amount),
    notes: leads === 'Rosa' && oneIn(2) && !absent.includes('Carmen') ? 'Carmen' : otherThan(leads),
    count: oneIn(14) ? (box) => box - 5 * (1 + draw(2)) : oneIn(20) ? (box) => box + 10 : (box) => box,
  };
  if (oneIn(16)) {
    // On paper, and written down on another day.
    goTo(scene, week, [1 + draw(5), '19:30']);
    await writeList(town, sunday, 'lista del domingo pasado: ');
    return;
  }
  goTo(scene, week, [0, '10:10']);
  await openMeeting(town, sunday);
  if (oneIn(10))
    await spend(town, {
      by: leads,
      second: oneIn(3) ? 'Carmen' : otherThan(leads),
      amount: 30 + 10 * draw(4),
    });
  await writeList(town, sunday);
  if (oneIn(12))
    await object(town, {
      who: gives.find((who) => who === 'Ana' || who === 'Petra'),
      officer: otherThan(leads),
    });
  if (oneIn(20)) {
    const who = WITH_TELEPHONE[draw(4)] ?? 'Ana';
    await town.say(leads, `retiro de ${who} 40`, 'sí');
    await town.press(who, 'Sí, así es');
  }
  await closeMeeting(town, sunday);
};

const otherThan = (leads: Woman): Woman => (leads === 'Rosa' ? 'Guadalupe' : 'Rosa');

const remembered = (amount: (who: Woman) => number): ((who: Woman) => number) => {
  const known = new Map<Woman, number>();
  return (who) => {
    const found = known.get(who) ?? amount(who);
    known.set(who, found);
    return found;
  };
};

/** An expense that another officer stands for too. */
export const spend = async (
  town: Town,
  { by, second, amount }: { readonly by: Woman; readonly second: Woman; readonly amount: number },
): Promise<void> => {
  await town.say(by, `gasto ${amount} de copias`, 'sí');
  await town.press(second, 'Sí, así es');
};

/** She says that her receipt is wrong; an officer says that it is right. */
export const object = async (
  town: Town,
  { who, officer }: { readonly who: Woman | undefined; readonly officer: Woman },
): Promise<void> => {
  if (!who) return;
  await town.say(who, 'no es correcto');
  if (town.told(who).startsWith('¿Cuál')) await town.say(who, '1');
  await town.press(who, 'Sí, está mal');
  await town.press(officer, 'Está bien así');
};
