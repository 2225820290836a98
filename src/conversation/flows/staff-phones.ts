import { firstName } from '../../domain/group.ts';
import type { MemberId } from '../../domain/ids.ts';
import type { StepResult } from '../outcome.ts';
import { offer, type Reply, reply, type Say, say } from '../say.ts';
import type { PhonePerson, PhoneWord, StaffTelephones } from '../telephone-facts.ts';
import { decide, needs, type StaffTurn } from '../turn.ts';
import { normalise } from '../understand/normalise.ts';
import { lookedAt, numbered, phoneNo, phoneStop, phoneVouch, phoneYes } from './staff-phone-said.ts';

/** So many fit one message. */
const SHOWN = 8;

/**
 * Telephones that staff have a word on, since officers cannot: what waits for one of theirs, new ones for which an old one rests,
 * and officers whom no other officer can see. Lists are read over a shoulder: names come with one that is opened, and that
 * leaves a row in the record. Undefined: something else was said.
 */
export const staffPhonesSaid = (turn: StaffTurn): StepResult | undefined => {
  const { input, staff, session } = turn;
  const isNamed = input.type === 'words' && session.flow.type === 'phone-group';
  if (isNamed && input.meaning.intent === 'cancel') return undefined;
  if (!isNamed && !(input.type === 'choice' && input.verb === 'phones')) return undefined;
  const { telephones } = staff;
  if (!telephones) return needs({ type: 'telephones' });
  if (input.type === 'words') return named(turn, telephones, input.text);
  return input.type === 'choice' ? verbOf(turn, telephones, input.args) : undefined;
};

const verbOf = (
  turn: StaffTurn,
  telephones: StaffTelephones,
  [what = '', id = '']: readonly string[],
): StepResult => {
  const word = telephones.waiting.find((one) => one.id === id);
  const alone = telephones.alone.find(({ member }) => member.memberId === id);
  const resting = telephones.resting.find((one) => one.id === id);
  if (what === 'word' && word) return showWord(turn, word);
  if (what === 'yes' && word) return phoneYes(turn, word);
  if (what === 'no' && word) return phoneNo(turn, word);
  if (what === 'of' && alone) return showAlone(turn, alone);
  if (what === 'new' && alone) return phoneVouch(turn, alone.member, undefined);
  if (what === 'known' && alone?.doubted) return phoneVouch(turn, alone.member, alone.doubted);
  if (what === 'rest' && resting) return showResting(turn, resting);
  if (what === 'stop' && resting) return phoneStop(turn, resting);
  return list(turn, telephones);
};

/** By number and group. Who is alone with her office is asked for by her group: there may be a thousand of them. */
const list = (turn: StaffTurn, { waiting, resting, alone }: StaffTelephones): StepResult => {
  const lines: { readonly line: Say; readonly open: string }[] = [
    ...waiting.map((word) => ({ line: waitsLine(turn, word), open: `phones:word:${word.id}` })),
    ...resting.map((one) => ({
      line: say('phones.resting', numbered(one.member)),
      open: `phones:rest:${one.id}`,
    })),
  ].slice(0, SHOWN);
  return decide(turn, {
    flow: alone.length > 0 ? { type: 'phone-group' } : { type: 'idle' },
    replies: [
      reply(
        [
          say(lines.length === 0 ? 'phones.none' : 'phones.title'),
          ...lines.map(({ line }, at) => say('phones.line', { n: at + 1, what: [line] })),
          ...(alone.length > 0 ? [say('phones.alone')] : []),
        ],
        lines.map(({ open }, at) => offer(open, say('phones.see', { n: at + 1 }))),
      ),
    ],
  });
};

const waitsLine = ({ staff }: StaffTurn, { by, addressId, member }: PhoneWord): Say => {
  if (by.id === staff.staffId) return say('phones.own', numbered(member));
  return say(addressId ? 'phones.waits-known' : 'phones.waits', numbered(member));
};

/** Officers without another one, of the groups whose name has these words. */
const named = (turn: StaffTurn, { alone }: StaffTelephones, text: string): StepResult => {
  const words = normalise(text);
  const found = alone.filter(({ member }) => normalise(member.groupName).includes(words));
  const shown = found.slice(0, SHOWN);
  if (words === '' || shown.length === 0)
    return decide(turn, { flow: { type: 'phone-group' }, replies: [reply([say('phones.no-group')])] });
  return decide(turn, {
    flow: { type: 'phone-group' },
    replies: [
      reply(
        [
          say('phones.who'),
          ...shown.map(({ member }, at) =>
            say('phones.line', { n: at + 1, what: [say('phones.one', numbered(member))] }),
          ),
          ...(found.length > shown.length ? [say('phones.more')] : []),
        ],
        shown.map(({ member }, at) =>
          offer(`phones:of:${member.memberId}`, say('phones.see', { n: at + 1 })),
        ),
      ),
    ],
  });
};

/** `officer`: whose name stands beside hers. */
type Named = { readonly member: PhonePerson; readonly officer?: MemberId | undefined };

const show = (turn: StaffTurn, { member, officer }: Named, shown: Reply): StepResult =>
  decide(turn, {
    groupId: member.groupId,
    events: [
      lookedAt(turn, member, 'telephone-seen'),
      ...(officer === undefined ? [] : [lookedAt(turn, { memberId: officer }, 'name-seen')]),
    ],
    replies: [shown],
  });

const showWord = (turn: StaffTurn, word: PhoneWord): StepResult => {
  const { member, by } = word;
  if (by.id === turn.staff.staffId) return decide(turn, { replies: [reply([say('phones.other-person')])] });
  const whose = { name: firstName(member.contact.name), by: firstName(by.name), ...numbered(member) };
  return show(
    turn,
    { member, officer: by.officer },
    reply(
      [
        say(word.addressId ? 'phones.says-known' : 'phones.says', whose),
        ...(word.contested ? [say('phones.contested')] : []),
        say('phones.careful'),
      ],
      [offer(`phones:yes:${word.id}`, say('pin-reset.yes')), offer(`phones:no:${word.id}`, say('choice.no'))],
    ),
  );
};

const showAlone = (turn: StaffTurn, { member, doubted }: StaffTelephones['alone'][number]): StepResult =>
  show(
    turn,
    { member },
    reply(
      [say('phones.saw', { name: firstName(member.contact.name), ...numbered(member) }), say('phones.then')],
      [
        offer(`phones:new:${member.memberId}`, say('phones.new')),
        ...(doubted ? [offer(`phones:known:${member.memberId}`, say('phones.known'))] : []),
        offer('no', say('choice.no')),
      ],
    ),
  );

const showResting = (turn: StaffTurn, { id, member }: StaffTelephones['resting'][number]): StepResult =>
  show(
    turn,
    { member },
    reply(
      [
        say('phones.rests', { name: firstName(member.contact.name), ...numbered(member) }),
        say('phones.stop-if'),
      ],
      [offer(`phones:stop:${id}`, say('phones.stop')), offer('no', say('phones.leave'))],
    ),
  );
