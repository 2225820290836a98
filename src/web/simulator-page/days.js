/* oxlint-disable typescript/no-unsafe-argument, typescript/no-unsafe-assignment, typescript/no-unsafe-call, typescript/no-unsafe-member-access, typescript/no-unsafe-return -- the browser runs this file as it is: it has no types */
/** Days and hours as they are where somebody lives, and by the simulator's clock. */

/** @param {{ zone: string | undefined, now: () => Date, words: Map<string, string> }} options */
export function daysIn({ zone, now, words }) {
  const timeZone = zone === undefined ? {} : { timeZone: zone };
  const hour = new Intl.DateTimeFormat('es-MX', { hour: 'numeric', minute: '2-digit', ...timeZone });
  const longDay = new Intl.DateTimeFormat('es-MX', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    ...timeZone,
  });
  const shortDay = new Intl.DateTimeFormat('es-MX', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    ...timeZone,
  });
  const isoDay = new Intl.DateTimeFormat('en-CA', timeZone);

  const wordsFor = (day, at) => {
    const today = isoDay.format(now());
    if (day === today) return words.get('today');
    const before = new Date(Date.parse(today) - 86_400_000).toISOString().slice(0, 10);
    return day === before ? words.get('yesterday') : longDay.format(new Date(at));
  };

  return {
    hourOf: (at) => hour.format(new Date(at)),
    nowInWords: () => `${shortDay.format(now())}, ${hour.format(now())}`,

    addWhenNew(list, at) {
      const day = isoDay.format(new Date(at));
      if (list.dataset.lastDay === day) return;
      list.dataset.lastDay = day;
      const line = document.createElement('li');
      line.className = 'day';
      Object.assign(line.dataset, { day, at });
      const label = document.createElement('span');
      label.textContent = wordsFor(day, at);
      line.append(label);
      list.append(line);
    },

    /** The clock moved: what was today is not any more. */
    refresh(list) {
      for (const line of list.querySelectorAll('.day')) {
        line.firstElementChild.textContent = wordsFor(line.dataset.day, line.dataset.at);
      }
    },
  };
}
