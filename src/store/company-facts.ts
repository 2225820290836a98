import type { Contact } from '../conversation/contact.ts';
import type { Language } from '../conversation/message.ts';
import type { WaitingPayment } from '../conversation/payment-facts.ts';
import type { Company, Desk } from '../conversation/snapshot.ts';
import { asId, type MemberId, type PaymentId } from '../domain/ids.ts';
import type { Currency } from '../domain/money.ts';
import { memberFacts } from './member-facts.ts';
import { openName } from './open-name.ts';
import { partsOf } from './payment-facts.ts';
import type { Secrets } from './secrets.ts';
import type { CompanyJson, DeskJson, GroupJson } from './snapshot-json.ts';

/** The officers of a group and the staff of its programme, as people to write to. */
export const companyFacts = (
  secrets: Secrets,
  json: CompanyJson,
  language: Language,
): Pick<Company, 'officers' | 'staff'> => ({
  officers: json.officers.map((officer) => contact(secrets, officer, language)),
  staff: staffContacts(secrets, json.staff),
});

/** Staff, as people to write to. */
export const staffContacts = (secrets: Secrets, staff: CompanyJson['staff']): Contact[] =>
  staff.map((s) => ({
    id: asId(s.id),
    memberId: undefined,
    name: openName(secrets, 'staff', s),
    role: 'staff',
    language: s.language,
    reach: s.reach,
  }));

export const contact = (
  secrets: Secrets,
  json: CompanyJson['officers'][number],
  language: Language,
): Contact => ({
  id: asId<MemberId>(json.id),
  memberId: asId<MemberId>(json.id),
  name: openName(secrets, 'member', json),
  role: json.role,
  language: json.language ?? language,
  reach: json.reach,
});

export const deskFacts = (secrets: Secrets, json: DeskJson, group: GroupJson): Desk => ({
  roster: json.roster.map((member) => memberFacts(secrets, member, group)),
  newcomers: json.pending.map((p) => ({
    id: asId<MemberId>(p.id),
    memberId: asId<MemberId>(p.id),
    name: openName(secrets, 'member', p),
    role: 'member',
    language: p.language ?? group.language,
    reach: p.reach,
    number: p.number,
    known: p.known,
  })),
  waiting: json.waiting.map((payment) => waitingFacts(payment, group.currency)),
  closedPins: json.closedPins.map((one) => asId<MemberId>(one)),
});

const waitingFacts = (json: DeskJson['waiting'][number], currency: Currency): WaitingPayment => ({
  id: asId<PaymentId>(json.id),
  memberId: asId<MemberId>(json.memberId),
  parts: partsOf(json, currency),
  state: json.state,
  meetingOn: json.meetingOn,
  batch: json.batch,
  reportedBy: json.reportedBy,
  firstSigner: json.firstSigner ?? undefined,
});
