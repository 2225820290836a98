import type { Temporal } from 'temporal-polyfill';
import type { AddressId, DangerId, MemberId, StaffId } from '../domain/ids.ts';
import type { SafeTime } from '../domain/safe-time.ts';

/** What was decided about a woman who asked for a person because she is in danger. */
export type DangerEvent =
  | {
      readonly type: 'danger-asked';
      readonly id: DangerId;
      readonly memberId: MemberId;
      /** Where she asked: nowhere else is she written to about it. */
      readonly addressId: AddressId;
      readonly safe: SafeTime;
      readonly safeFrom: Temporal.Instant | undefined;
    }
  | { readonly type: 'danger-said'; readonly id: DangerId; readonly line: DangerLine }
  | { readonly type: 'danger-assigned'; readonly id: DangerId; readonly to: StaffId }
  /** `by` undefined: she needs it no more. */
  | { readonly type: 'danger-closed'; readonly id: DangerId; readonly by: StaffId | undefined }
  /** Those who are trained for it are told again. `was`: how often they were before. */
  | { readonly type: 'danger-reminded'; readonly id: DangerId; readonly was: number };

/** @property by undefined: she wrote it */
export type DangerLine = {
  readonly id: string;
  readonly by: StaffId | undefined;
  readonly words: string;
};
