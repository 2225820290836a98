import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { parse } from 'yaml';

/**
 * A second opinion on every message that is sent: Meta's own description of the Cloud API, if this machine has one. As it
 * was published it refuses even its own examples ("allOf" with "additionalProperties: false"), so it is put right first.
 * It is older than ids without numbers (`recipient`), and knows no lengths of texts: our own shapes in calls.ts come first.
 */
export type Specification = (call: Readonly<Record<string, unknown>>) => string[];

type Schema = { [key: string]: unknown };

const MESSAGES: Readonly<Record<string, string>> = {
  text: 'TextMessage',
  image: 'ImageMessage',
  audio: 'AudioMessage',
  video: 'VideoMessage',
  document: 'DocumentMessage',
  interactive: 'InteractiveMessage',
  template: 'TemplateMessage',
};

/** The description named by COMADRE_CLOUD_API_SPEC, or the one beside the repository; undefined if there is none. */
export function findSpecification(): Specification | undefined {
  const beside = fileURLToPath(
    new URL('../../../../shared/spec/whatsapp-cloud-openapi.yaml', import.meta.url),
  );
  const path = process.env['COMADRE_CLOUD_API_SPEC'] ?? beside;
  if (!existsSync(path)) return undefined;
  const description = parse(readFileSync(path, 'utf8'), { maxAliasCount: -1 }) as {
    components: { schemas: Record<string, Schema> };
  };
  const { schemas } = description.components;
  putRight(schemas);
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false, logger: false });
  ajv.addSchema(description, 'cloud');
  const checks = new Map<string, ValidateFunction>();
  const checkOf = (name: string): ValidateFunction => {
    const known = checks.get(name) ?? ajv.compile({ $ref: `cloud#/components/schemas/${name}` });
    checks.set(name, known);
    return known;
  };
  return (call) => {
    const name = MESSAGES[String(call['type'])];
    // What is younger than the description cannot be judged by it.
    if (name === undefined || call['recipient'] !== undefined) return [];
    const check = checkOf(name);
    if (check(call)) return [];
    return (check.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`);
  };
}

const putRight = (schemas: Record<string, Schema>): void => {
  openUp(schemas);
  for (const name of Object.values(MESSAGES)) {
    const schema = schemas[name];
    if (schema) schema['unevaluatedProperties'] = false;
  }
  const language = schemas['LanguageObject'];
  if (language) language['required'] = ['code'];
};

const openUp = (value: unknown): void => {
  if (typeof value !== 'object' || value === null) return;
  if ('additionalProperties' in value && value.additionalProperties === false) {
    delete (value as Schema)['additionalProperties'];
  }
  for (const inner of Object.values(value)) openUp(inner);
};
