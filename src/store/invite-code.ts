import { randomInt } from 'node:crypto';

/** Capitals and digits that nobody takes for one another when read aloud or copied by hand: no 0 O 1 I L 5 S 8. */
export const INVITE_ALPHABET = 'ABCDEFGHJKMNPQRTUVWXYZ234679';
/** Of 28^10 those that change often enough below: 47 bits, too many to try at the pace that wrong codes are answered. */
const INVITE_CODE_CHARS = 10;
/** So many changes between letters and digits tell a bare code, even written in two halves, from a word or an amount. */
const CHANGES_MIN = 3;

/** A fresh invitation code, as people write it. Only its keyed hash is ever stored. */
export function drawInviteCode(): string {
  for (;;) {
    const code = Array.from({ length: INVITE_CODE_CHARS }, () =>
      INVITE_ALPHABET.charAt(randomInt(INVITE_ALPHABET.length)),
    ).join('');
    if ((code.match(/[A-Z](?=\d)|\d(?=[A-Z])/g)?.length ?? 0) >= CHANGES_MIN) return code;
  }
}
