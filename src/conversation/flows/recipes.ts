import type { IncomingMessage } from '../message.ts';
import type { StepResult } from '../outcome.ts';
import { offer, type Reply, reply, type Say, say } from '../say.ts';
import { decide, type Input, type Turn } from '../turn.ts';
import type { Intent } from '../understand/meaning.ts';

/** So long after the last word nothing else is in sight, unless she asks for it in words. */
const RECIPE_MINUTES = 30;

/** Of each dish what it is called, and how it is made. */
const RECIPES: Readonly<Record<string, readonly [Say, Say]>> = {
  soup: [say('recipe.soup'), say('recipe.soup-how')],
  rice: [say('recipe.rice'), say('recipe.rice-how')],
  water: [say('recipe.water'), say('recipe.water-how')],
};

/** What whoever holds the telephone may write without knowing what it is for. */
const NO_COMMAND: ReadonlySet<Intent> = new Set<Intent>([
  'unknown',
  'greeting',
  'thanks',
  'yes',
  'no',
  'cancel',
  'help',
  'hide',
]);

/** Recipes, and nothing else of ours; what her PIN opened is closed. */
export const recipes = (turn: Turn): StepResult => show(turn, say('recipe.title'));

/** One of them, with the others below it. Undefined: there is none of that name. */
export const recipeVerb = (turn: Turn, name: string): StepResult | undefined => {
  const [, how] = (Object.hasOwn(RECIPES, name) ? RECIPES[name] : undefined) ?? [];
  return how && show(turn, how);
};

/**
 * While recipes are open greetings, numbers, old buttons and words that nobody knows are answered by them. Undefined: they are
 * not open, or she writes a word that asks for something: then it is answered, behind her PIN where she has one.
 */
export const recipesOpen = (turn: Turn, { body }: IncomingMessage): StepResult | undefined => {
  const { session, snapshot, input } = turn;
  if (session.flow.type !== 'recipes' || session.at === undefined) return undefined;
  if (snapshot.now.since(session.at).total('minutes') >= RECIPE_MINUTES) return undefined;
  if (input.type === 'choice' && input.verb === 'recipe') return recipeVerb(turn, input.args[0] ?? '');
  const isHers = ['text', 'button', 'start', 'media', 'unread'].includes(body.type);
  return isHers && !isCommand(input, body.type) ? recipes(turn) : undefined;
};

/** A word for one of our buttons is a word as well: "ver". */
const isCommand = (input: Input, by: IncomingMessage['body']['type']): boolean =>
  by === 'text' &&
  (input.type === 'choice' || (input.type === 'words' && !NO_COMMAND.has(input.meaning.intent)));

const show = (turn: Turn, line: Say): StepResult =>
  decide(turn, {
    flow: { type: 'recipes' },
    session: { unlocked: undefined, waiting: undefined },
    replies: [menuUnder(line)],
  });

const menuUnder = (line: Say): Reply =>
  reply(
    [line],
    Object.entries(RECIPES).map(([name, [title]]) => offer(`recipe:${name}`, title)),
  );
