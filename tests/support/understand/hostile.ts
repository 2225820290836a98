// Texts that are hard on a reader of texts: what a message of the greatest length may be made of at its worst.

/** Each is repeated until the text is as long as is wanted. */
const HOSTILE_PIECES: readonly string[] = [
  ...'a A ñ á 🙂 한 İ ﬁ ﷺ K o 1 9 0 ½ ٣ - $ . ( ) " “ * ✅ \u0301 \u200b \u2028 \ud800'.split(' '),
  ...'ch qu gu ll yyy zzzz hhhh abab aab aaab ssssita itaitaita a’ 1’ \u{1F469}\u200d ﾀﾞ'.split(' '),
  ...'a, 1, a1 1a a-1 1. 1.a ((1) [( 1/2 1:2 1,000 1,000.00 1.000, $1 2k 1️⃣ 1\u0301 mepeg mat x1x ana100'.split(
    ' ',
  ),
  ...'1 |1. |$1 |0 |00 |- |. |k |1 500 |123 456 |500 1 |1 2 3 4 |٣ |\t|\u00a0|\n|\n1 |\n- |" |✅ |❌ 1'.split(
    '|',
  ),
  ...'mil |dos mil |cien y |treinta y uno |ciento |uno |hundred and |a las 5 |como |casi mil |medio '.split(
    '|',
  ),
  ...'Ana |Ana 100, |Ana y |Ana, |Ana: |Ana ✅ |Ana 100\n|Marai |Guadalup |Maria |M |M. |Ma. Elena |doña '.split(
    '|',
  ),
  ...'de la |de |Maria de la |yo |y |y, |, |: |total |total 100 |ahorro: |no |no no Ana |si |sí, |menos '.split(
    '|',
  ),
  ...'todas |todas menos Ana |todas 1 ahorro todas 3 social |faltaron Ana y |Lupita 50 prestamo 20 ahorro '.split(
    '|',
  ),
  ...'cuanto |cuanto llevo |llevo cuanto |ahorrado tengo cuanto |pago |pague |pague 100 |multa a Ana 20 '.split(
    '|',
  ),
  ...'me |me pega |me quiero |pega me |kiero morir |x |xyzzy |qwrtp |abcde fghij klmno |consuelito '.split(
    '|',
  ),
];

const repeated = (piece: string, chars: number): string =>
  piece.repeat(Math.ceil(chars / piece.length)).slice(0, chars);

/** As many different words as fit, none of them known. */
const strangers = (chars: number): string =>
  Array.from({ length: chars }, (_, n) => `${n.toString(36)}rra`.replace(/\d/g, 'q'))
    .join(' ')
    .slice(0, chars);

export const hostileTexts = (chars: number): readonly string[] => [
  ...HOSTILE_PIECES.map((piece) => repeated(piece, chars)),
  strangers(chars),
  '('.repeat(chars / 2) + ')'.repeat(chars / 2),
  `${'a'.repeat(chars - 1)}1`,
  `1${'a'.repeat(chars - 1)}`,
  `${'1'.repeat(chars - 1)}a`,
  `${'.'.repeat(chars - 1)}1`,
  `1${'.'.repeat(chars - 2)}a`,
  `${'!'.repeat(chars - 1)}a`,
  `${'1.'.repeat(chars / 2 - 1)}-a`,
];
