import { Temporal } from 'temporal-polyfill';
import type { WorldOptions } from './world.ts';

const CONSTITUTIONS = {
  solidaria: {
    product: 'solidarity-credit',
    savings: { kind: 'free', weekly: '50.00' },
    loans: { interest: 'flat', ratePct: '4', ratePer: '4 weeks', every: '1 week', n: 16, source: 'outside' },
    cashUnit: '0.50',
    closing: 'lots',
  },
  ahorro: {
    product: 'savings-group',
    savings: { kind: 'shares', sharePrice: '20.00', min: 1, max: 5 },
    loans: { interest: 'declining', ratePct: '2', ratePer: 'month', every: '1 month', n: 3, multiple: 3 },
    cashUnit: '1',
  },
  tanda: {
    product: 'tanda',
    savings: { kind: 'free', weekly: '0.00' },
    tanda: { rounds: 4, contribution: '500.00', turns: 'draw', organiserFee: { kind: 'none' } },
  },
};

const ROLES: Record<string, string> = { líder: 'leader', tesorera: 'treasurer', secretaria: 'secretary' };

/**
 * The world that a transcript's header describes:
 *
 *     grupo Las Jacarandas, solidaria, America/Tijuana, tuesday 17:00[, firmas 2][, voto][, multas 10.00 y 5.00][, retiros]
 *         [, turnos 3 1 2 4][, entregadas 2][, debe 4 de la 2 200.00][, juntado 1 200.00]
 *         [, acuerdo][, rondas 6][, aportación 200.00][, cuota 30.00][, turno de más primero]
 *         [, recargo 5.00][, de más baja][, de más salta][, fondo social 5.00][, salida con ganancia][, capital 6000.00][, pozo anual]
 *         [, firmas en el chat][, cargo 5][, parejo][, moneda 5]
 *     1 Rosa Hernández, líder, ahorro 250.00
 *     3 Ana Martínez[, préstamo 2000.00 desde 2026-10-06[, devuelto 2000.00 sin interés]][, por llegar][, teléfono +526641230104]
 *     equipo Marta Ruiz[, resguardo[, monday friday 09:00-18:00]]
 *     palabra segura jícara
 *     lecciones en borrador
 *     lenguas tzo
 *     segunda persona, 2
 *     misma dirección: Ana Martínez y Ana Luisa Ríos
 *     NIP obligatorio
 *     avisos cerrados
 *     desde WhatsApp: Ana Martínez
 *     reloj 2026-11-24 19:00 America/Tijuana
 *
 * `resguardo`: trained for women in danger, with when she is there; the days and hours are those of the first group.
 * `segunda persona`: a message of staff to more people than so many waits for another one of them.
 * All of `grupo` is one line. The kinds are solidaria, ahorro and tanda (of four rounds). `capital` is what an organisation
 * left in the box for loans, besides what is lent. A second `grupo` line begins a second group.
 */
export const programmeOf = (header: readonly string[]): WorldOptions => {
  const starts = header.flatMap((line, index) => (line.startsWith('grupo ') ? [index] : []));
  const groups = starts.map((start, n) => groupOf(header.slice(start, starts[n + 1])));
  const [safeWord] = fields(header, 'palabra segura ');
  const staff = header.filter((line) => line.startsWith('equipo ')).map((line) => line.slice(7));
  return {
    secondAbove: Number(fields(header, 'segunda persona, ')[0] || 50),
    at: instantOf(fields(header, 'reloj ')[0] ?? ''),
    linked: (person) => !header.some((line) => line.includes(person.name) && line.includes('por llegar')),
    onPage: (person) => header.some((line) => line.startsWith('desde WhatsApp: ') && line.includes(person)),
    sameAddress: header.flatMap((line) => {
      const [, one = '', other = ''] = /^misma dirección: (.+) y (.+)$/.exec(line) ?? [];
      return one ? [[one, other] as const] : [];
    }),
    programme: {
      programme: {
        name: 'Raíces',
        language: 'es',
        currency: 'MXN',
        pin: header.includes('NIP obligatorio') ? 'required' : 'optional',
        ...(safeWord && { safeWord }),
        notices: header.includes('avisos cerrados') ? 'closed' : 'open',
        lessons: {
          drafts: header.includes('lecciones en borrador'),
          languages: ['es', 'en', ...fields(header, 'lenguas ').filter(Boolean)],
        },
      },
      staff: staff.map(staffOf),
      groups,
    },
  };
};

/** "resguardo": trained for women in danger, and when she is there. */
const staffOf = (line: string) => {
  const [name = '', role, hours] = line.split(', ');
  const [, days = '', from = '', to = ''] = /^(.+) (\S+)-(\S+)$/.exec(hours ?? '') ?? [];
  return {
    name,
    role: role === 'resguardo' ? 'safeguarding' : 'staff',
    addresses: {},
    ...(hours && { duty: { days: days.split(' '), from, to } }),
  };
};

/** "pozo anual"; "parejo", earnings in equal parts; "moneda 5", the smallest coin in use. */
const closingIn = (extras: readonly string[]) => {
  const cashUnit = amountIn(extras, 'moneda');
  return {
    ...(extras.includes('pozo anual') && { closing: 'annual-pool' }),
    ...(extras.includes('parejo') && { closing: 'equal-profit' }),
    ...(cashUnit !== null && { cashUnit }),
  };
};

const groupOf = (lines: readonly string[]) => {
  const [name = '', kind = '', timeZone = '', meeting = '', ...extras] = fields(lines, 'grupo ');
  const members = lines.flatMap((line) => memberOf(line));
  const [weekday, time] = meeting.split(' ');
  const constitution: { readonly loans?: object; readonly tanda?: object; readonly product: string } =
    CONSTITUTIONS[kind as keyof typeof CONSTITUTIONS];
  const saved = members.reduce(
    (sum, m) => sum + cents(m.opening.savings ?? `${(m.opening.shares ?? 0) * 20}.00`),
    0,
  );
  const lent = members.reduce(
    (sum, m) => sum + cents(m.opening.loan?.principal ?? '0.00') - cents(m.opening.loan?.repaid ?? '0.00'),
    0,
  );
  const box =
    kind === 'ahorro'
      ? { loanFund: decimal(saved - lent), socialFund: '0.00' }
      : {
          loanFund: amountIn(extras, 'capital'),
          savingsPot: decimal(saved + collectedIn(extras)),
          socialFund: '0.00',
        };
  return {
    name,
    timeZone,
    language: 'es',
    meeting: { weekday, time, place: 'casa de Rosa' },
    constitution: {
      ...constitution,
      ...(constitution.tanda && { tanda: tandaIn(constitution.tanda, extras) }),
      ...(constitution.loans && {
        loans: loansIn(constitution.loans, extras),
      }),
      signers: extras.includes('firmas 2') ? 2 : 1,
      fines: finesIn(extras),
      socialFund: { weekly: amountIn(extras, 'fondo social') ?? '0.00' },
      leaving: extras.includes('salida con ganancia') ? 'savings-and-earnings' : 'savings',
      ...closingIn(extras),
      withdrawals: extras.includes('retiros') ? 'any-meeting' : 'at-closing',
    },
    cycle: { starts: '2026-09-01', ends: '2027-08-31' },
    members,
    countedBox: {
      ...box,
      signedBy: [1, 2],
      signed: extras.includes('firmas en el chat') ? 'chat' : 'paper',
    },
    ...runningIn(extras),
  };
};

/** "voto"; "cargo 5", a percentage a month, owed from the first day; "recargo 5.00" for each late instalment and meeting; what money in advance does: "de más baja", "de más salta". */
const loansIn = (usual: object, extras: readonly string[]) => {
  const late = amountIn(extras, 'recargo');
  const charge = amountIn(extras, 'cargo');
  const excess = extras.includes('de más baja')
    ? 'smaller'
    : extras.includes('de más salta')
      ? 'skip-next'
      : 'fewer';
  return {
    ...usual,
    decision: extras.includes('voto') ? 'vote' : 'officers',
    excess,
    ...(charge && { interest: 'upfront', ratePct: charge }),
    ...(late && { lateFee: { kind: 'fixed', amount: late } }),
  };
};

/** "multas 10.00 y 5.00": for staying away, and for coming late. */
const finesIn = (extras: readonly string[]) => {
  const [, absent = '0.00', late = '0.00'] =
    extras.map((extra) => /^multas (\S+) y (\S+)$/.exec(extra)).find((found) => found !== null) ?? [];
  return { absent, late };
};

/** "turnos 3 1 2 4", "entregadas 2", "debe 4 de la 2 200.00", "juntado 1 200.00": a tanda that runs already. */
const runningIn = (extras: readonly string[]) => {
  const turns = amountIn(extras, 'turnos');
  if (turns === null) return {};
  const owes = extras.flatMap((extra) => {
    const [, number, round, amount] = /^debe (\d+) de la (\d+) (\S+)$/.exec(extra) ?? [];
    return number ? [{ number: Number(number), round: Number(round), amount }] : [];
  });
  return {
    tanda: {
      turns: turns.split(' ').map(Number),
      roundsHanded: Number(amountIn(extras, 'entregadas') ?? 0),
      owes,
      collected: collected(extras),
    },
  };
};

const collected = (extras: readonly string[]) =>
  extras.flatMap((extra) => {
    const [, number, amount] = /^juntado (\d+) (\S+)$/.exec(extra) ?? [];
    return number && amount ? [{ number: Number(number), amount }] : [];
  });

const collectedIn = (extras: readonly string[]): number =>
  collected(extras).reduce((sum, { amount }) => sum + cents(amount), 0);

/** "acuerdo", "rondas 6", "aportación 200.00", "cuota 30.00" out of every pot, "turno de más" first or last. */
const tandaIn = (usual: object, extras: readonly string[]) => {
  const rounds = amountIn(extras, 'rondas');
  const contribution = amountIn(extras, 'aportación');
  const fee = amountIn(extras, 'cuota');
  const extra = amountIn(extras, 'turno de más');
  return {
    ...usual,
    ...(extras.includes('acuerdo') && { turns: 'agreement' }),
    ...(rounds !== null && { rounds: Number(rounds) }),
    ...(contribution !== null && { contribution }),
    ...(fee !== null && { organiserFee: { kind: 'per-pot', amount: fee } }),
    ...(extra !== null && {
      organiserFee: { kind: 'extra-turn', at: extra === 'primero' ? 'first' : 'last' },
    }),
  };
};

/** "fondo social 5.00": the amount after these words, when they are there. */
const amountIn = (extras: readonly string[], words: string): string | null =>
  extras.find((extra) => extra.startsWith(`${words} `))?.slice(words.length + 1) ?? null;

const fields = (header: readonly string[], start: string): string[] =>
  (header.find((line) => line.startsWith(start)) ?? '').slice(start.length).split(', ');

const cents = (text: string): number => Number(BigInt(text.replace('.', '')));
const decimal = (value: number): string => (value / 100).toFixed(2);

type Opening = {
  savings?: string;
  shares?: number;
  loan?: { principal: string; disbursed: string; repaid?: string; repaidInterest?: string };
};

const memberOf = (line: string) => {
  const found = /^(\d+) ([^,]+)(.*)$/.exec(line);
  if (!found) return [];
  const [, number = '', name = '', rest = ''] = found;
  const role = Object.entries(ROLES).find(([word]) => rest.includes(word))?.[1] ?? 'member';
  const opening: Opening = {};
  const savings = /ahorro ([\d.]+)/.exec(rest)?.[1];
  const shares = /acciones (\d+)/.exec(rest)?.[1];
  const loan = /préstamo ([\d.]+) desde ([\d-]+)/.exec(rest);
  if (savings) opening.savings = savings;
  if (shares) opening.shares = Number(shares);
  const repaid = /devuelto ([\d.]+) sin interés/.exec(rest)?.[1];
  if (loan?.[1] && loan[2])
    opening.loan = {
      principal: loan[1],
      disbursed: loan[2],
      ...(repaid && { repaid, repaidInterest: '0.00' }),
    };
  const phone = /teléfono (\+\d+)/.exec(rest)?.[1];
  return [{ number: Number(number), name, role, addresses: phone ? { phone } : {}, opening }];
};

/** "2026-11-24 19:00 America/Tijuana" */
export const instantOf = (text: string): Temporal.Instant => {
  const [day = '', time = '', zone = ''] = text.trim().split(' ');
  return Temporal.PlainDateTime.from(`${day}T${time}`).toZonedDateTime(zone).toInstant();
};
