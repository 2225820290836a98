import type { Pool } from 'pg';
import type { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { Audience, Part } from '../domain/broadcast/audience.ts';
import { asId, type GroupId } from '../domain/ids.ts';
import { TRACKS } from '../domain/lesson/lesson.ts';
import { id, role } from './json-fields.ts';
import { lateIn } from './late-members.ts';

/** Values of one kind that an audience may name; `readAudience` takes no more. */
const VALUES_MAX = 500;
const DAYS_MAX = 365;

const values = <Item extends z.ZodType>(item: Item) => z.array(item).min(1).max(VALUES_MAX).exactOptional();

const part = {
  groups: values(id.transform((text) => asId<GroupId>(text))),
  municipalities: values(z.string()),
  roles: values(role),
  languages: values(z.enum(['es', 'en'])),
  tracks: values(z.enum(TRACKS)),
  lessons: values(z.string()),
  loan: z.literal(true).exactOptional(),
  late: z.literal(true).exactOptional(),
  unseenDays: z.int().min(1).max(DAYS_MAX).exactOptional(),
};

/** An audience as it is stored. */
export const audienceJson = z.object({
  ...part,
  except: z.array(z.object(part)).max(VALUES_MAX).exactOptional(),
}) satisfies z.ZodType<Audience>;

/** An audience as the database is asked for it: who is late is worked out here, from each loan's plan. */
export const askedAudience = async (
  pool: Pool,
  of: { readonly programmeId: string; readonly audience: Audience; readonly now: Temporal.Instant },
): Promise<object> => {
  const { audience } = of;
  const isAsked = [audience, ...(audience.except ?? [])].some(({ late }) => late);
  const late = isAsked ? await lateMembers(pool, of) : [];
  const { except, ...main } = audience;
  return { ...asked(main, late), ...(except && { except: except.map((one) => asked(one, late)) }) };
};

/** A part as the database is asked for it. */
export const asked = ({ tracks, lessons, late, ...rest }: Part, lateMembers: readonly string[]): object => ({
  ...rest,
  ...(tracks && { lessons: lessons ?? [] }),
  ...(late && { late: lateMembers }),
});

/** Members of a programme with an instalment that is past its day where they live. */
const lateMembers = async (
  pool: Pool,
  { programmeId, now }: { readonly programmeId: string; readonly now: Temporal.Instant },
): Promise<string[]> => {
  const { rows } = await pool.query<{ id: string }>('select id from savings_group where programme_id = $1', [
    programmeId,
  ]);
  return lateIn(
    pool,
    rows.map((row) => row.id),
    now,
  );
};
