/** A message of ours in somebody's chat, under the id by which the platform knows it. */
export type Heard = { readonly id: string; readonly text: string };

/** A person's telephone at one platform. */
export type Phone = {
  /** Writes. Resolves, when her platform has it, to what brings the very same message to us once more. */
  says(text: string): Promise<() => Promise<void>>;
  /** What stands in her chat from us, oldest first. */
  heard(): Promise<readonly Heard[]>;
};
