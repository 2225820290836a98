// How well we understand what people write: `npm run understand:report`, with `-- --wrong` each line that goes wrong.
// Bad news is any figure below the bar behind it, in the part that was held apart; see the "Measure it".

import { judgedCorpus } from '../tests/conversation/understand/corpus.ts';
import { reportLines } from '../tests/conversation/understand/report.ts';

const wrong = process.argv.includes('--wrong');
process.stdout.write(`${reportLines(judgedCorpus(), { wrong }).join('\n')}\n`);
