/** The questions about what is kept of somebody. */
export type RightsFlow =
  /** She writes her name to say that she means it. */
  | { readonly type: 'erase-name' }
  /** She writes how her name is spelled. */
  | { readonly type: 'right-name' };
