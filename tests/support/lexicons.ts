import { readFileSync } from 'node:fs';
import { type Lexicons, withModel } from '../../src/conversation/understand/lexicon.ts';
import { parseModel } from '../../src/conversation/understand/model.ts';
import { bareLexicons } from './bare-lexicons.ts';

const model = new URL('../../locales/understand-model.json', import.meta.url);

/** The lexicons as they ship, with the model. */
export const lexicons: Lexicons = withModel(
  bareLexicons,
  parseModel(JSON.parse(readFileSync(model, 'utf8'))),
);
