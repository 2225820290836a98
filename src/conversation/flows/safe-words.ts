import type { Temporal } from 'temporal-polyfill';
import { localDate } from '../../domain/calendar.ts';
import { type Say, say } from '../say.ts';

/** "Nadie te escribe antes de …": a moment where she lives. */
export const notBefore = (at: Temporal.Instant, timeZone: string): Say =>
  say('danger.not-before', dayAndTime(at, timeZone));

/** From when on somebody reads it: today, tomorrow, or a day by its name. */
export const fromWhen = (at: Temporal.Instant, now: Temporal.Instant, timeZone: string): Say => {
  const { date, time } = dayAndTime(at, timeZone);
  const days = localDate(now, timeZone).until(date).days;
  if (days === 0) return say('danger.from-today', { time });
  return days === 1 ? say('danger.from-tomorrow', { time }) : say('danger.from-day', { date, time });
};

/** A moment as the day and the hour where she lives. */
export const dayAndTime = (at: Temporal.Instant, timeZone: string) => {
  const local = at.toZonedDateTimeISO(timeZone);
  return { date: local.toPlainDate(), time: local.toPlainTime() };
};
