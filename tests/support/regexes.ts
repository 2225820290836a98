// Every regular expression that stands in the program, found in its syntax and not by its looks.

import fs from 'node:fs';
import { parseSync } from '@swc/core';

export type Literal = { readonly file: string; readonly pattern: string; readonly flags: string };

/** What was found of each expression: `safe`, or how its time grows. */
export type Found = Readonly<Record<string, string>>;

export const nameOf = ({ pattern, flags }: Literal): string => `/${pattern}/${flags}`;

const SRC = new URL('../../src/', import.meta.url);

/** All literals of src/, and the files that make expressions of text. */
export const regexesInSource = (): {
  readonly literals: readonly Literal[];
  readonly makers: readonly string[];
} => {
  const literals: Literal[] = [];
  const makers = new Set<string>();
  const files = fs
    .readdirSync(SRC, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.startsWith('generated'))
    .toSorted();
  for (const file of files) {
    const program = parseSync(fs.readFileSync(new URL(file, SRC), 'utf8'), {
      syntax: 'typescript',
      target: 'es2022',
    });
    const walk = (node: unknown): void => {
      if (Array.isArray(node)) return node.forEach(walk);
      if (typeof node !== 'object' || node === null) return;
      const { type, pattern, flags, callee } = node as Record<string, unknown>;
      if (type === 'RegExpLiteral') literals.push({ file, pattern: String(pattern), flags: String(flags) });
      const called = callee as { value?: unknown } | undefined;
      if ((type === 'NewExpression' || type === 'CallExpression') && called?.value === 'RegExp')
        makers.add(file);
      Object.values(node).forEach(walk);
    };
    walk(program.body);
  }
  return { literals, makers: [...makers] };
};
