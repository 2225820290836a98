const SPACING = /[\s().-]/gu;
/** Mexican mobile numbers had a 1 after 52 until 2019; WhatsApp still writes it, people leave it out. */
const MEXICAN_WITH_ONE = /^\+521(\d{10})$/u;
const MEXICAN = /^\+52[1-9]\d{9}$/u;
const INTERNATIONAL = /^\+[1-9]\d{7,14}$/u;

/** A telephone number in its one form, E.164 without Mexico's old 1: two ways to write one number give the same. */
export const canonicalTelephone = (written: string): string =>
  written.replace(SPACING, '').replace(MEXICAN_WITH_ONE, '+52$1');

/** Whether it is a telephone number, in its one form. */
export const isTelephone = (text: string): boolean =>
  text.startsWith('+52') ? MEXICAN.test(text) : INTERNATIONAL.test(text);

/** The number on a contact card, which platforms write with or without "+"; undefined when it is none. */
export const telephoneOnCard = (written: string): string | undefined => {
  const digits = written.replace(SPACING, '').replace(/^\+/u, '');
  const number = canonicalTelephone(`+${digits}`);
  return isTelephone(number) ? number : undefined;
};
