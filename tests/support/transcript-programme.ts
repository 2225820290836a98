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
 *     1 Rosa Hernández, líder, ahorro 250.00
 *     3 Ana Martínez[, préstamo 2000.00 desde 2026-10-06][, por llegar]
 *     equipo Marta Ruiz
 *     misma dirección: Ana Martínez y Ana Luisa Ríos
 *     reloj 2026-11-24 19:00 America/Tijuana
 *
 * The kinds are solidaria, ahorro and tanda (of four rounds). A second `grupo` line begins a second group.
 */
export const programmeOf = (header: readonly string[]): WorldOptions => {
  const starts = header.flatMap((line, index) => (line.startsWith('grupo ') ? [index] : []));
  const groups = starts.map((start, n) => groupOf(header.slice(start, starts[n + 1])));
  const staff = header.filter((line) => line.startsWith('equipo ')).map((line) => line.slice(7));
  return {
    at: instantOf(fields(header, 'reloj ')[0] ?? ''),
    linked: (person) => !header.some((line) => line.includes(person.name) && line.includes('por llegar')),
    sameAddress: header.flatMap((line) => {
      const [, one = '', other = ''] = /^misma dirección: (.+) y (.+)$/.exec(line) ?? [];
      return one ? [[one, other] as const] : [];
    }),
    programme: {
      programme: { name: 'Raíces', language: 'es', currency: 'MXN' },
      staff: staff.map((person) => ({ name: person, role: 'staff', addresses: {} })),
      groups,
    },
  };
};

const groupOf = (lines: readonly string[]) => {
  const [name = '', kind = '', timeZone = '', meeting = '', ...extras] = fields(lines, 'grupo ');
  const members = lines.flatMap((line) => memberOf(line));
  const [weekday, time] = meeting.split(' ');
  const constitution: { readonly loans?: object; readonly product: string } =
    CONSTITUTIONS[kind as keyof typeof CONSTITUTIONS];
  const saved = members.reduce(
    (sum, m) => sum + cents(m.opening.savings ?? `${(m.opening.shares ?? 0) * 20}.00`),
    0,
  );
  const lent = members.reduce((sum, m) => sum + cents(m.opening.loan?.principal ?? '0.00'), 0);
  const box =
    kind === 'ahorro'
      ? { loanFund: decimal(saved - lent), socialFund: '0.00' }
      : { loanFund: null, savingsPot: decimal(saved), socialFund: '0.00' };
  return {
    name,
    timeZone,
    language: 'es',
    meeting: { weekday, time, place: 'casa de Rosa' },
    constitution: {
      ...constitution,
      ...(constitution.loans && {
        loans: { ...constitution.loans, decision: extras.includes('voto') ? 'vote' : 'officers' },
      }),
      signers: extras.includes('firmas 2') ? 2 : 1,
      fines: finesIn(extras),
      withdrawals: extras.includes('retiros') ? 'any-meeting' : 'at-closing',
    },
    cycle: { starts: '2026-09-01', ends: '2027-08-31' },
    members,
    countedBox: { ...box, signedBy: [1, 2] },
  };
};

/** "multas 10.00 y 5.00": for staying away, and for coming late. */
const finesIn = (extras: readonly string[]) => {
  const [, absent = '0.00', late = '0.00'] =
    extras.map((extra) => /^multas (\S+) y (\S+)$/.exec(extra)).find((found) => found !== null) ?? [];
  return { absent, late };
};

const fields = (header: readonly string[], start: string): string[] =>
  (header.find((line) => line.startsWith(start)) ?? '').slice(start.length).split(', ');

const cents = (text: string): number => Number(BigInt(text.replace('.', '')));
const decimal = (value: number): string => (value / 100).toFixed(2);

type Opening = { savings?: string; shares?: number; loan?: { principal: string; disbursed: string } };

const memberOf = (line: string) => {
  const found = /^(\d+) ([^,]+)(.*)$/.exec(line);
  if (!found) return [];
  const [, number = '', name = '', rest = ''] = found;
  const role = Object.entries(ROLES).find(([word]) => rest.includes(word))?.[1] ?? 'member';
  const opening: Opening = {};
  const savings = /ahorro ([\d.]+)/.exec(rest)?.[1];
  const shares = /acciones (\d+)/.exec(rest)?.[1];
  const loan = /préstamo ([\d.]+) desde (\S+)/.exec(rest);
  if (savings) opening.savings = savings;
  if (shares) opening.shares = Number(shares);
  if (loan?.[1] && loan[2]) opening.loan = { principal: loan[1], disbursed: loan[2] };
  return [{ number: Number(number), name, role, addresses: {}, opening }];
};

/** "2026-11-24 19:00 America/Tijuana" */
export const instantOf = (text: string): Temporal.Instant => {
  const [day = '', time = '', zone = ''] = text.trim().split(' ');
  return Temporal.PlainDateTime.from(`${day}T${time}`).toZonedDateTime(zone).toInstant();
};
