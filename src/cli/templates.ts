import { loadTemplates } from '../app/load-templates.ts';
import { filledBody, type TemplateText } from '../content/templates.ts';
import { ROOT } from '../start.ts';
import { json, print } from './command.ts';

/** What to register with Meta, as text or, for the Business Management API, as JSON. Exit 0. */
export const templatesCommand = async (options: { readonly json?: boolean }): Promise<number> => {
  const templates = loadTemplates(new URL('locales/', ROOT));
  const all = [...Object.values(templates.es), ...Object.values(templates.en)];
  if (options.json) print(json(all.map(asMetaTakesIt)));
  else print(all.map(asText).join('\n\n'));
  return 0;
};

const asText = ({ name, language, category, body, values, example }: TemplateText): string =>
  [
    `Name      ${name}`,
    `Language  ${language}`,
    `Category  ${category}`,
    `Body      ${body}`,
    ...values.map((value, at) => `{{${at + 1}}}     ${value}; for example: ${example[at]}`),
    `So        ${filledBody(body, example)}`,
  ].join('\n');

/** POST /<account id>/message_templates takes each as it is. */
const asMetaTakesIt = ({ name, language, category, body, example }: TemplateText) => ({
  name,
  language,
  category,
  parameter_format: 'positional',
  components: [
    { type: 'BODY', text: body, ...(example.length > 0 && { example: { body_text: [example] } }) },
  ],
});
