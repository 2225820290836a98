/** No database text can hold a zero byte or half a surrogate pair: one such message would be refused for ever. */
export function cleanText(text: string): string {
  return text.replaceAll('\u0000', '').replace(/\p{Surrogate}/gu, '\uFFFD');
}
