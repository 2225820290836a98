/** Where a channel writes what an operator should know: ids and codes as fields, never words or numbers of people. */
export type ChannelLog = {
  warn(fields: Readonly<Record<string, unknown>>, message: string): void;
  info(fields: Readonly<Record<string, unknown>>, message: string): void;
};
