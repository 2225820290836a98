// Trains the second opinion on what people write and puts it into locales/understand-model.json: `npm run understand:train`,
// after a change to the lexicons or the corpus. With `-- --measure` it writes nothing and says how well it judges messages
// it has not seen. Bad news: more than 1.5 % of chatter acted on.

import { writeFileSync } from 'node:fs';
import { bareLexicons } from '../tests/support/bare-lexicons.ts';
import { trainingExamples } from './model-examples.ts';
import { foldLines, judgedByFolds, lessonOf } from './model-folds.ts';
import { train } from './model-train.ts';

const examples = trainingExamples(bareLexicons);
if (process.argv.includes('--measure')) {
  process.stdout.write(`${foldLines(judgedByFolds(examples, bareLexicons)).join('\n')}\n`);
} else {
  const json = `${JSON.stringify(train(examples.map((example) => lessonOf(example, bareLexicons))), null, 2)}\n`;
  writeFileSync(new URL('../locales/understand-model.json', import.meta.url), json);
  process.stdout.write(`${examples.length} examples, ${json.length} characters\n`);
}
