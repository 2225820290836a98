import type { Audience, Part } from '../../domain/broadcast/audience.ts';
import type { BroadcastPlaces } from '../broadcast-facts.ts';
import { type Say, say } from '../say.ts';

/** Whom an audience means, in words; one thing after the other, and in the end who is left out. */
export const audienceSaid = (audience: Audience, places: BroadcastPlaces): Say[] => {
  const { except = [], ...main } = audience;
  const named = partSaid(main, places);
  return [
    named.length > 0 ? say('send.for', { who: named }) : say('send.for-all'),
    ...(except.length > 0
      ? [say('send.without', { who: except.flatMap((one) => partTogether(one, places)) })]
      : []),
  ];
};

const partTogether = (part: Part, places: BroadcastPlaces): Say[] => {
  const named = partSaid(part, places);
  return named.length > 1 ? [say('send.together', { who: named })] : named;
};

const partSaid = (part: Part, places: BroadcastPlaces): Say[] => [
  ...(part.roles ?? []).map((role) => say(`send.role-${role}`)),
  ...(part.groups ?? []).flatMap((id) =>
    places.groups.filter((group) => group.id === id).map(({ name }) => say('send.in-group', { name })),
  ),
  ...(part.municipalities ?? []).map((name) => say('send.in-place', { name })),
  ...(part.languages ?? []).map((language) => say(`send.reads-${language}`)),
  ...(part.tracks ?? []).map((track) => say('send.takes-track', { track: [say(`lesson.track-${track}`)] })),
  ...(part.loan ? [say('send.has-loan')] : []),
  ...(part.late ? [say('send.is-late')] : []),
  ...(part.unseenDays === undefined ? [] : [say('send.unseen', { count: part.unseenDays })]),
];
