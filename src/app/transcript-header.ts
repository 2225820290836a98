import { Temporal } from 'temporal-polyfill';
import { firstName } from '../domain/group.ts';
import type { OpeningGroup, OpeningMember } from '../store/simulator-opening.ts';

/** How a transcript begins. */
type Beginning = {
  /** ISO instant. */
  readonly at: string;
  readonly groups: readonly OpeningGroup[];
  readonly staff: readonly string[];
};

const KINDS = { 'solidarity-credit': 'solidaria', 'savings-group': 'ahorro', tanda: 'tanda' } as const;
const ROLES = {
  leader: ', líder',
  treasurer: ', tesorera',
  secretary: ', secretaria',
  member: '',
} as const;
/** The price of a share that the format knows. */
const SHARE_PRICE = '20.00';
const SHARE_MINOR = 2000n;

/** Who was there, how their groups stood, and when it was; what of it the format cannot say is said in comments. */
export const headerOf = ({ at, groups, staff }: Beginning, zone: string): string[] => [
  '# Guardado del simulador. Cuenta aquí qué muestra',
  '# Empieza con el ahorro y los préstamos de ese momento; los recibos, las multas y los avisos de antes no vienen',
  ...groups.flatMap((group) =>
    group.members
      .filter((member) => member.loans.length > 1 || member.loans.some((loan) => loan.repaid))
      .map(({ name }) => `# El préstamo de ${firstName(name)} ya iba pagado en parte; aquí empieza entero`),
  ),
  ...groups.flatMap((group) => [
    groupLine(group),
    ...group.members.map((member) => memberLine(member, group)),
  ]),
  ...staff.map((name) => `equipo ${name}`),
  clockLine(at, zone),
];

const groupLine = ({ name, timeZone, weekday, time, constitution, loanFund }: OpeningGroup): string => {
  const { product, signers, fines, socialFund, withdrawals, leaving } = constitution;
  return [
    `grupo ${name}`,
    KINDS[product],
    timeZone,
    `${weekday} ${time}`,
    ...(signers === 2 ? ['firmas 2'] : []),
    ...loanWords(constitution),
    ...tandaWords(constitution),
    ...(isSome(fines.absent) || isSome(fines.late) ? [`multas ${fines.absent} y ${fines.late}`] : []),
    ...(withdrawals === 'any-meeting' ? ['retiros'] : []),
    ...(isSome(socialFund.weekly) ? [`fondo social ${socialFund.weekly}`] : []),
    ...(leaving === 'savings-and-earnings' ? ['salida con ganancia'] : []),
    ...(product === 'solidarity-credit' && isSome(loanFund) ? [`capital ${loanFund}`] : []),
  ].join(', ');
};

const isSome = (amount: string): boolean => amount !== '0.00';

const loanWords = ({ loans }: OpeningGroup['constitution']): string[] => [
  ...(loans?.decision === 'vote' ? ['voto'] : []),
  ...(loans?.lateFee?.kind === 'fixed' ? [`recargo ${loans.lateFee.amount}`] : []),
  ...(loans?.excess === 'smaller' ? ['de más baja'] : []),
  ...(loans?.excess === 'skip-next' ? ['de más salta'] : []),
];

const tandaWords = ({ tanda }: OpeningGroup['constitution']): string[] => {
  if (!tanda) return [];
  const { rounds, contribution, turns, organiserFee: fee } = tanda;
  return [
    ...(turns === 'agreement' ? ['acuerdo'] : []),
    `rondas ${rounds}`,
    `aportación ${contribution}`,
    ...(fee.kind === 'per-pot' ? [`cuota ${fee.amount}`] : []),
    ...(fee.kind === 'extra-turn' ? [`turno de más ${fee.at === 'first' ? 'primero' : 'último'}`] : []),
  ];
};

const memberLine = (member: OpeningMember, { constitution }: OpeningGroup): string => {
  const { savings } = constitution;
  const saved = BigInt(member.saved.replace('.', ''));
  const inShares =
    savings.kind === 'shares' && savings.sharePrice === SHARE_PRICE && saved % SHARE_MINOR === 0n;
  const [loan] = member.loans;
  const parts = [
    ...(saved === 0n ? [] : [inShares ? `acciones ${saved / SHARE_MINOR}` : `ahorro ${member.saved}`]),
    ...(loan ? [`préstamo ${loan.principal} desde ${loan.disbursed}`] : []),
    ...(member.arrived ? [] : ['por llegar']),
  ];
  return [`${member.number} ${member.name}${ROLES[member.role]}`, ...parts].join(', ');
};

/** @param at ISO instant */
export const clockLine = (at: string, zone: string): string => {
  const here = Temporal.Instant.from(at).toZonedDateTimeISO(zone).toPlainDateTime();
  return `reloj ${here.toPlainDate().toString()} ${here.toPlainTime().toString({ smallestUnit: 'minute' })} ${zone}`;
};
