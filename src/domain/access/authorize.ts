import { isOfficer } from '../group.ts';
import type { GroupId, MemberId, ProgrammeId, StaffId } from '../ids.ts';
import { ACTIONS, type Action, isAction, type Level, type Relation } from './actions.ts';
import type { Actor, Kind } from './actor.ts';

/** What an action is about. What is left out is hers, of her group and of her programme: no other one is there to be named. */
export type Thing = {
  readonly memberId?: MemberId | undefined;
  readonly groupId?: GroupId | undefined;
  readonly programmeId?: ProgrammeId | undefined;
  /** Who said it first, of what two have to say. */
  readonly saidBy?: MemberId | StaffId | undefined;
};

/** `locked`: she may, once she has given her PIN. */
export type Permission = 'allowed' | 'locked' | 'denied';

/** Levels at which the telephone has to be in her hand now. */
const UNLOCKED: ReadonlySet<Level> = new Set<Level>(['L2', 'L3', 'L4']);

/**
 * Whether somebody may do something: the one place where that is decided, for messages, commands and routes. Whatever the
 * table does not allow is denied; so is an action that is not in it.
 */
export const authorize = (actor: Actor, action: Action | undefined, thing: Thing = {}): Permission => {
  const rule = action !== undefined && isAction(action) ? ACTIONS[action] : undefined;
  const kind = kindOf(actor);
  if (!rule || !kind || !(rule.who as readonly Kind[]).includes(kind)) return 'denied';
  if (!isRelated(actor, rule.of, thing)) return 'denied';
  const isLocked = actor.type === 'member' && !actor.unlocked && UNLOCKED.has(rule.level);
  return isLocked ? 'locked' : 'allowed';
};

/** Names on a roster that nobody has come for are nobody here. An officer who is suspended is an officer no more. */
export const kindOf = (actor: Actor): Kind | undefined => {
  if (actor.type === 'staff') return actor.role;
  if (actor.type !== 'member') return actor.type;
  if (actor.state === 'pending' || actor.state === 'suspended') return actor.state;
  if (actor.state === 'left') return 'former';
  if (actor.state !== 'active') return undefined;
  return isOfficer(actor.role) ? 'officer' : 'member';
};

const isRelated = (actor: Actor, of: Relation, thing: Thing): boolean => {
  if (of === 'any') return true;
  if (actor.type !== 'member' && actor.type !== 'staff') return false;
  if (!isSame(thing.programmeId, actor.programmeId)) return false;
  if (actor.type === 'staff' && of === 'second') return isSaidBy(thing, actor.staffId);
  if (actor.type === 'staff') return thing.groupId === undefined || of === 'programme';
  if (!isSame(thing.groupId, actor.groupId)) return false;
  if (of === 'own') return isSame(thing.memberId, actor.memberId);
  return of !== 'second' || isSaidBy(thing, actor.memberId);
};

/** Who spoke first has to be known: her own second word is none. */
const isSaidBy = ({ saidBy }: Thing, but: string): boolean => saidBy !== undefined && saidBy !== but;

const isSame = (one: string | undefined, own: string): boolean => one === undefined || one === own;
