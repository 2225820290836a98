// Picture signs for those who would rather look than read, as SVG paths on 24 by 24. Ours: simple shapes only.

/** A pile of coins. */
export const COINS =
  'M12 2c5 0 8.5 1.4 8.5 3.2S17 8.4 12 8.4 3.5 7 3.5 5.2 7 2 12 2z' +
  'M3.5 8.200c1.5 1.5 4.7 2.4 8.5 2.400s7-.9 8.5-2.400v3.200c0 1.8-3.5 3.2-8.5 3.200s-8.5-1.4-8.5-3.200z' +
  'M3.5 14.600c1.5 1.5 4.7 2.4 8.5 2.400s7-.9 8.5-2.400v3.600c0 1.8-3.5 3.2-8.5 3.200s-8.5-1.4-8.5-3.200z';

/** A page of a calendar. */
export const CALENDAR =
  'M6 4V2h2.500v2h7V2H18v2h1.500A1.5 1.5 0 0 1 21 5.500v14a1.5 1.5 0 0 1-1.5 1.500h-15A1.5 1.5 0 0 1 3 19.500v-14' +
  'A1.5 1.5 0 0 1 4.5 4zM5 9v10h14V9zM7.5 11.500h3v3h-3z';

/** A banknote. */
export const BANKNOTE =
  'M2 5h20v14H2zM4 7v10h16V7zM12 8.800a3.2 3.2 0 1 1 0 6.4 3.2 3.2 0 0 1 0-6.400zM5.5 11h2v2h-2zM16.5 11h2v2h-2z';

/** A star. */
export const STAR =
  'M12 1.500l3.100 6.900 7.500.800-5.600 5 1.600 7.400L12 17.800l-6.600 3.800 1.600-7.400-5.600-5 7.500-.800z';
