// What a module declares and says, read from its syntax: comments and strings are never taken for names.

import { parseSync } from '@swc/core';
import { textOf } from './files.ts';

type SyntaxNode = { readonly type: string; readonly [part: string]: unknown };

const isNode = (value: unknown): value is SyntaxNode =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';

const nodesIn = (value: unknown): SyntaxNode[] =>
  Array.isArray(value) ? value.flatMap(nodesIn) : isNode(value) ? [value] : partsWithout(value);

/** swc wraps some lists, such as the arguments of a call, in objects that are no nodes themselves. */
const partsWithout = (value: unknown): SyntaxNode[] =>
  typeof value === 'object' && value !== null ? Object.values(value).flatMap(nodesIn) : [];

/** Every node of a module, parents before their children. */
export function syntaxOf(file: string): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  const visit = (node: SyntaxNode): void => {
    found.push(node);
    for (const part of Object.values(node)) nodesIn(part).forEach(visit);
  };
  nodesIn(parseSync(textOf(file), { syntax: 'typescript', target: 'es2022' }).body).forEach(visit);
  return found;
}

/** The names a module gives: variables, functions, types, parameters, fields of its types. Not names it only uses. */
export const declaredNames = (nodes: readonly SyntaxNode[]): string[] => nodes.flatMap(namesGivenBy);

function namesGivenBy(node: SyntaxNode): string[] {
  switch (node.type) {
    case 'VariableDeclarator':
    case 'TsTypeAliasDeclaration':
    case 'TsInterfaceDeclaration':
      return bound(node['id']);
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'ClassDeclaration':
    case 'ClassExpression':
      return bound(node['identifier']);
    case 'Parameter':
      return bound(node['pat']);
    case 'CatchClause':
      return bound(node['param']);
    case 'ArrowFunctionExpression':
    case 'TsFunctionType':
      return boundEach(node['params']);
    case 'TsMethodSignature':
      return [...bound(node['key']), ...boundEach(node['params'])];
    case 'TsPropertySignature':
    case 'ClassProperty':
    case 'ClassMethod':
    case 'PrivateProperty':
    case 'PrivateMethod':
      return bound(node['key']);
    case 'TsTypeParameter':
      return bound(node['name']);
    case 'ImportDefaultSpecifier':
    case 'ImportNamespaceSpecifier':
      return bound(node['local']);
    case 'ImportSpecifier':
      return isNode(node['imported']) ? bound(node['local']) : []; // without "as", the name is another module's
    default:
      return [];
  }
}

const boundEach = (patterns: unknown): string[] => (Array.isArray(patterns) ? patterns.flatMap(bound) : []);

function bound(pattern: unknown): string[] {
  if (!isNode(pattern)) return [];
  switch (pattern.type) {
    case 'Identifier':
    case 'PrivateName':
      return [String(pattern['value'])];
    case 'ArrayPattern':
      return boundEach(pattern['elements']);
    case 'ObjectPattern':
      return boundEach(pattern['properties']);
    case 'KeyValuePatternProperty':
      return bound(pattern['value']);
    case 'AssignmentPatternProperty':
      return bound(pattern['key']);
    case 'AssignmentPattern':
      return bound(pattern['left']);
    case 'RestElement':
      return bound(pattern['argument']);
    default:
      return [];
  }
}

/** Every text in quotes; of a template, the pieces between its `${…}`. */
export const textsSaid = (nodes: readonly SyntaxNode[]): string[] =>
  nodes.flatMap((node) => {
    if (node.type === 'StringLiteral') return [String(node['value'])];
    return node.type === 'TemplateElement' ? [String(node['cooked'] ?? node['raw'])] : [];
  });

/** Templates as patterns: `purpose.${x}` finds every text that begins with "purpose.". */
export const templatePatterns = (nodes: readonly SyntaxNode[]): RegExp[] =>
  nodes.flatMap((node) => {
    if (node.type !== 'TemplateLiteral' || !Array.isArray(node['quasis'])) return [];
    const pieces = textsSaid(node['quasis'].filter(isNode));
    const fixed = pieces.map((piece) => piece.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    return /^[\w-]+\./.test(pieces[0] ?? '') ? [new RegExp(`^${fixed.join('[\\w-]+')}$`)] : [];
  });

/** The text that stands first in each call of `name`. */
export const firstTexts = (nodes: readonly SyntaxNode[], name: string): string[] =>
  callsOf(nodes, name).flatMap((first) => (first.type === 'StringLiteral' ? [String(first['value'])] : []));

/** The refusals a module knows: those it returns, and those its types named "…Refusal" list. */
export function refusalTypes(nodes: readonly SyntaxNode[]): string[] {
  const returned = callsOf(nodes, 'refuse').flatMap(typeFields);
  const listed = nodes
    .filter((node) => node.type === 'TsTypeAliasDeclaration' && bound(node['id'])[0]?.endsWith('Refusal'))
    .flatMap((node) => typeFields(node['typeAnnotation']));
  return [...returned, ...listed];
}

function callsOf(nodes: readonly SyntaxNode[], name: string): SyntaxNode[] {
  return nodes.flatMap((node) => {
    if (node.type !== 'CallExpression' || bound(node['callee'])[0] !== name) return [];
    return nodesIn(node['arguments']).slice(0, 1);
  });
}

/** The values of `type:` in an object, or in the members of a union of object types. */
function typeFields(value: unknown): string[] {
  if (!isNode(value)) return [];
  const isTypeField =
    (value.type === 'KeyValueProperty' || value.type === 'TsPropertySignature') &&
    bound(value['key'])[0] === 'type';
  if (isTypeField) return literals(value['value'] ?? value['typeAnnotation']);
  return Object.values(value).flatMap(nodesIn).flatMap(typeFields);
}

const literals = (value: unknown): string[] =>
  nodesIn(value).flatMap((node) =>
    node.type === 'StringLiteral' ? [String(node['value'])] : Object.values(node).flatMap(literals),
  );
