import { z } from 'zod';
import { TRACKS } from '../../domain/lesson/lesson.ts';

const ENTRIES_MAX = 100;
const PHRASE_CHARS_MAX = 60;

const phrases = z.array(z.string().min(1).max(PHRASE_CHARS_MAX)).max(ENTRIES_MAX);

/** How staff say whom a message is for: whole phrases. A word that is in none of them, and no name, is asked about. */
export const audienceSchema = z.strictObject({
  everyone: phrases,
  /** What comes after one of these is left out. */
  except: phrases,
  and: phrases,
  or: phrases,
  /** Between things that are left out, where it means "and these neither". */
  nor: phrases,
  /** Before what is named; after "and", what follows is of its own: "atrasadas y las de Juchitán". */
  article: phrases,
  /** Says nothing here. */
  filler: phrases,
  /** Before or after a name, it says what kind of name it is. */
  group: phrases,
  municipality: phrases,
  leader: phrases,
  treasurer: phrases,
  secretary: phrases,
  officers: phrases,
  member: phrases,
  languages: z.strictObject({ es: phrases, en: phrases }),
  tracks: z.record(z.enum(TRACKS), phrases),
  loan: phrases,
  noLoan: phrases,
  late: phrases,
  notLate: phrases,
  /** A time must follow: "sin escribir (desde hace) 30 días". */
  unseen: phrases,
  since: phrases,
  orMore: phrases,
  one: phrases,
  days: phrases,
  weeks: phrases,
  months: phrases,
});
