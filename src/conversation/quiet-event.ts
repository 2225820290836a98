import type { MemberId } from '../domain/ids.ts';
import type { SafeHours } from '../domain/quiet-hours.ts';

/** What was decided about what comes unasked. */
export type QuietEvent =
  /** What waited closed goes out now, whole: that of these kinds. */
  | { readonly type: 'notices-shown'; readonly memberId: MemberId; readonly kinds: readonly string[] }
  /** Her own word, over her programme's. */
  | { readonly type: 'notices-set'; readonly memberId: MemberId; readonly open: boolean }
  /** Without hours she is written to at any of them. */
  | { readonly type: 'safe-hours-set'; readonly memberId: MemberId; readonly hours: SafeHours | undefined };
