import type { PhonePerson, StaffTelephones } from '../conversation/telephone-facts.ts';
import { type AddressId, asId, type MemberId, type SecondWordId, type StaffId } from '../domain/ids.ts';
import { companyFacts, contact } from './company-facts.ts';
import { openName } from './open-name.ts';
import type { Secrets } from './secrets.ts';
import type { PhonePersonJson, StaffTelephonesJson } from './staff-telephones-json.ts';

/** What staff may say of telephones of members. */
export const staffTelephones = (secrets: Secrets, json: StaffTelephonesJson): StaffTelephones => ({
  waiting: json.waiting.flatMap(({ byMember, byStaff, ...word }) => {
    const by = byMember
      ? {
          id: asId<MemberId>(byMember.id),
          name: openName(secrets, 'member', byMember),
          officer: asId<MemberId>(byMember.id),
        }
      : byStaff && {
          id: asId<StaffId>(byStaff.id),
          name: openName(secrets, 'staff', byStaff),
          officer: undefined,
        };
    return by
      ? [
          {
            id: asId<SecondWordId>(word.id),
            member: person(secrets, word.member),
            by,
            addressId: addressOf(word.addressId),
            contested: word.contested,
          },
        ]
      : [];
  }),
  resting: json.resting.map((one) => ({
    id: asId<SecondWordId>(one.id),
    member: person(secrets, one.member),
  })),
  alone: json.alone.map((one) => ({
    member: person(secrets, one.member),
    doubted: addressOf(one.doubted),
  })),
});

const addressOf = (address: string | null): AddressId | undefined =>
  address === null ? undefined : asId<AddressId>(address);

const person = (secrets: Secrets, json: PhonePersonJson): PhonePerson => ({
  contact: contact(secrets, json, json.groupLanguage),
  memberId: asId<MemberId>(json.id),
  number: json.number,
  groupId: asId(json.groupId),
  groupName: openName(secrets, 'savings_group', json.group),
  officers: companyFacts(secrets, { officers: json.officers, staff: [] }, json.groupLanguage).officers,
});
