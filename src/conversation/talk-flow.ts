import type { DangerId, TalkId } from '../domain/ids.ts';

/** The questions of a conversation between a member and staff. */
export type TalkFlow =
  /** What she writes is for the programme's staff; `more`: she has written once, and may go on. */
  | { readonly type: 'talk-words'; readonly more: boolean }
  /** Whether these words, or the file of that name on her channel, are for staff. */
  | { readonly type: 'talk-send'; readonly words: string; readonly ref: string | undefined }
  /** What somebody of the staff writes is for the member of this conversation. */
  | { readonly type: 'talk-answer'; readonly talkId: TalkId }
  /** Who of the staff is to look after it. */
  | { readonly type: 'talk-give'; readonly talkId: TalkId }
  /** Of which group an officer is whom no other officer can see. */
  | { readonly type: 'phone-group' }
  /** When it is safe to write to her. */
  | { readonly type: 'danger-when' }
  /** What she writes is for those who are trained for it, and for nobody else. */
  | { readonly type: 'danger-words' }
  /** What one of those writes is for her. */
  | { readonly type: 'danger-answer'; readonly dangerId: DangerId };
