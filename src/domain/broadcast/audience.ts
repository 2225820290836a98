import type { Role } from '../group.ts';
import type { GroupId } from '../ids.ts';
import type { Track } from '../lesson/lesson.ts';

/** What makes a member be meant: each named part must hold; within a part any of its values. */
export type Part = {
  readonly groups?: readonly GroupId[];
  /** As the groups have them written. */
  readonly municipalities?: readonly string[];
  readonly roles?: readonly Role[];
  readonly languages?: readonly ('es' | 'en')[];
  /** Of lessons she has taken; which ones count is in `lessons`. */
  readonly tracks?: readonly Track[];
  /** The open lessons of those tracks: who took one that is private is known to nobody. */
  readonly lessons?: readonly string[];
  readonly loan?: true;
  readonly late?: true;
  /** Has not written for so many days (1–365). */
  readonly unseenDays?: number;
};

/** Which members a broadcast is for. Nothing named: all of the programme. */
export type Audience = Part & {
  /** And none of these. */
  readonly except?: readonly Part[];
};

/** What is said of fewer is said of each of them. */
const PEOPLE_MIN = 5;

/**
 * Whether an audience tells of one woman what nobody else needs to know: so few are meant, or left out of it, that their number
 * is as good as a name. None at all tells as well.
 *
 * @param excepted whom the exceptions take away; undefined: there are none
 */
export const tellsOfOne = (
  audience: Audience,
  { people, excepted }: { readonly people: number; readonly excepted: number | undefined },
): boolean =>
  isPersonal(audience) && (people < PEOPLE_MIN || (excepted !== undefined && excepted < PEOPLE_MIN));

/**
 * A count of people as it is shown of an audience that tells of them: in fives, and no fewer. Two audiences that differ by one woman
 * are nearly always the same number then.
 */
export const roughly = (count: number): number => Math.ceil(count / PEOPLE_MIN) * PEOPLE_MIN;

/** Whether it is said of a person what nobody else needs to know: then none of them is shown by name. */
export const isPersonal = ({ except = [], ...main }: Audience): boolean =>
  [main, ...except].some(
    ({ tracks, loan, late, unseenDays }) => tracks !== undefined || loan || late || unseenDays !== undefined,
  );
