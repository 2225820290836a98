import { z } from 'zod';
import { id, language, officerJson, sealed } from './json-fields.ts';

// What staff may say of telephones, as staff_telephones answers.

const named = z.object({ id, ...sealed });

const personJson = officerJson.extend({
  groupId: id,
  groupLanguage: language,
  group: named,
  officers: z.array(officerJson),
});

export const staffTelephonesJson = z.object({
  waiting: z.array(
    z.object({
      id,
      addressId: id.nullable(),
      contested: z.boolean(),
      byMember: named.nullable(),
      byStaff: named.nullable(),
      member: personJson,
    }),
  ),
  resting: z.array(z.object({ id, member: personJson })),
  alone: z.array(z.object({ member: personJson, doubted: id.nullable() })),
});

export type StaffTelephonesJson = z.infer<typeof staffTelephonesJson>;
export type PhonePersonJson = z.infer<typeof personJson>;
