import { type FileFault, faultAt } from './import-file.ts';

const KEY_CHARS_SHOWN = 40;

/** A field that one object has twice: of two savings the later one would count, and nobody would know. */
export type DuplicateKey = { readonly key: string; readonly line: number };

/** An object or a list that is open: an object has its keys, and a string in it is a key unless a colon stands before it. */
type Open = { readonly keys: Set<string> | undefined; expectsKey: boolean };

/** The first field that is written twice in one object. @param json text that is JSON: anything else is read as far as it goes */
export const duplicateKey = (json: string): DuplicateKey | undefined => {
  const open: Open[] = [];
  let line = 1;
  for (let at = 0; at < json.length; at += 1) {
    const inner = open.at(-1);
    switch (json.charAt(at)) {
      case '\n':
        line += 1;
        break;
      case '{':
        open.push({ keys: new Set(), expectsKey: true });
        break;
      case '[':
        open.push({ keys: undefined, expectsKey: false });
        break;
      case '}':
      case ']':
        open.pop();
        break;
      case ',':
        if (inner) inner.expectsKey = true;
        break;
      case '"': {
        const end = endOfString(json, at);
        if (inner?.keys && inner.expectsKey) {
          inner.expectsKey = false;
          const key = keyOf(json.slice(at, end));
          if (inner.keys.has(key)) return { key, line };
          inner.keys.add(key);
        }
        at = end - 1;
      }
    }
  }
  return undefined;
};

/** The same as a fault of the file it stands in. */
export const duplicateFault = (json: string): FileFault | undefined => {
  const twice = duplicateKey(json);
  if (!twice) return undefined;
  const problem = `has the field "${twice.key.slice(0, KEY_CHARS_SHOWN)}" twice`;
  return faultAt(`line ${twice.line}`, problem, 'keep one of them');
};

/** The place after the quote that ends what begins at `from`. */
const endOfString = (json: string, from: number): number => {
  for (let at = from + 1; at < json.length; at += 1) {
    if (json[at] === '\\') at += 1;
    else if (json[at] === '"') return at + 1;
  }
  return json.length;
};

/** Two spellings of one name, such as "a" and "\u0061", are one. */
const keyOf = (token: string): string => {
  try {
    return String(JSON.parse(token));
  } catch {
    return token;
  }
};
