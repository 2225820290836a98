/** The questions about what is kept of somebody, and about what others may see of it. */
export type RightsFlow =
  /** She writes her name to say that she means it. */
  | { readonly type: 'erase-name' }
  /** She writes how her name is spelled. */
  | { readonly type: 'right-name' }
  /** She says in which hours she is written to. */
  | { readonly type: 'safe-hours' }
  /** She hid: recipes are all there is to see. */
  | { readonly type: 'recipes' };
