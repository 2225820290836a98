/** A telephone number as digits alone. */
export const PHONE = /^\d{6,20}$/u;
/** WhatsApp names Mexican mobile phones 52 1 and ten digits, as they were dialled until 2019; people say 52 and ten. */
const MEXICAN_WITH_ONE = /^521(?<rest>\d{10})$/u;

/** Digits without "+", spaces and Mexico's old 1; undefined when it is no telephone number. */
export function phoneOf(written: string): string | undefined {
  const digits = written.replace(/[\s()+.-]/gu, '');
  if (!PHONE.test(digits)) return undefined;
  const rest = MEXICAN_WITH_ONE.exec(digits)?.groups?.['rest'];
  return rest === undefined ? digits : `52${rest}`;
}
