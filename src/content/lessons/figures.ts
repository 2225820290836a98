// Figures: each digit of a lesson has a source, or is an example, or is a sum that comes out.

const FIGURE = /\d[\d,]*(?:\.\d+)?(?:\s?(?:%|por ciento|percent))?/gu;
const NUMBER = /^\d[\d,]*(?:\.\d+)?$/u;
const STEP = /([*/+-])|(\d[\d,]*(?:\.\d+)?)|(\S)/gu;

/** The figures of a text, each once, in the form they are compared in: "$1,040.50" is "1040.50", "92 por ciento" "92%". */
export const figuresIn = (text: string): string[] => [
  ...new Set((text.match(FIGURE) ?? []).map((figure) => plainFigure(figure))),
];

export const plainFigure = (figure: string): string =>
  figure.replace(/[\s$]|,(?!\d{4})/gu, '').replace(/porciento|percent|%/u, '%');

/**
 * Whether a sum such as "= 20 * 6 * 52" comes out at `figure`, rounded half up to as many decimals as it shows. "*" and
 * "/" go before "+" and "-". Reckoned in whole fractions. Undefined when it cannot be read as a sum.
 */
export const isSumRight = (sum: string, figure: string): boolean | undefined => {
  const shown = plainFigure(figure).replace('%', '');
  const value = sumOf(sum.replace(/^=/u, ''));
  if (!value || !NUMBER.test(shown)) return undefined;
  const decimals = BigInt(shown.split('.')[1]?.length ?? 0);
  const scaled = value.over * 10n ** decimals;
  return (2n * scaled + value.under) / (2n * value.under) === BigInt(shown.replace('.', ''));
};

/** over/under, with under above zero. */
type Fraction = { readonly over: bigint; readonly under: bigint };

const sumOf = (sum: string): Fraction | undefined => {
  const steps = [...sum.matchAll(STEP)].map(([step]) => step);
  let total: Fraction = { over: 0n, under: 1n };
  let product: Fraction | undefined;
  let sign = '+';
  for (let at = 0; at < steps.length; at += 2) {
    const operator = at === 0 ? '+' : (steps[at - 1] ?? '');
    const number = fractionOf(steps[at] ?? '');
    if (!number) return undefined;
    if (operator === '*' || operator === '/') {
      if (operator === '/' && number.over === 0n) return undefined;
      product = product && times(product, operator === '*' ? number : turned(number));
    } else if (operator === '+' || operator === '-') {
      if (product) total = plus(total, product, sign);
      [product, sign] = [number, operator];
    } else return undefined;
  }
  return product && steps.length % 2 === 1 ? plus(total, product, sign) : undefined;
};

const fractionOf = (written: string): Fraction | undefined => {
  if (!NUMBER.test(written)) return undefined;
  const [whole = '', decimals = ''] = written.replaceAll(',', '').split('.');
  return { over: BigInt(whole + decimals), under: 10n ** BigInt(decimals.length) };
};

const times = (one: Fraction, other: Fraction): Fraction => ({
  over: one.over * other.over,
  under: one.under * other.under,
});

const turned = ({ over, under }: Fraction): Fraction => ({ over: under, under: over });

const plus = (one: Fraction, other: Fraction, sign: string): Fraction => ({
  over: one.over * other.under + (sign === '-' ? -1n : 1n) * other.over * one.under,
  under: one.under * other.under,
});
