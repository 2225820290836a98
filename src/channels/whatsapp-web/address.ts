import { phoneOf } from '../phone-number.ts';

/** How WhatsApp names a person by her number, and by the id that hides it. */
const BY_PHONE = '@c.us';
const BY_LID = '@lid';
const LID_PREFIX = 'lid:';

/** How the channel names her: by her number, else by what WhatsApp gives in its place. */
export function addressOf(phone: string | undefined, lid: string | undefined): string | undefined {
  const number = phone === undefined ? undefined : phoneOf(phone);
  return number ?? (lid === undefined ? undefined : aliasOf(lid));
}

/** "1234@lid" as an id of ours. */
export function aliasOf(lid: string): string {
  return `${LID_PREFIX}${lid.replace(BY_LID, '')}`;
}

/** Names under which WhatsApp may know this address, the likeliest first; undefined when it is none of ours. */
export function namesOf(address: string): string[] | undefined {
  if (/^lid:\d{1,32}$/u.test(address)) return [`${address.slice(LID_PREFIX.length)}${BY_LID}`];
  if (!/^[1-9]\d{6,14}$/u.test(address)) return undefined; // E.164: at most 15 digits
  const oldMexican = /^52(\d{10})$/u.exec(address)?.[1];
  return [`${address}${BY_PHONE}`, ...(oldMexican === undefined ? [] : [`521${oldMexican}${BY_PHONE}`])];
}
