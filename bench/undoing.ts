// What a measurement leaves on the machine (databases, programs, browsers) is taken away however it ends.

/** Newest last. */
const open: (() => Promise<void>)[] = [];

/** Runs `work`, then `undo`, once: also when the work fails, or when the whole run is broken off. */
export const undoing = async <Value>(
  undo: () => Promise<void>,
  work: () => Promise<Value>,
): Promise<Value> => {
  let undone: Promise<void> | undefined;
  const once = (): Promise<void> => (undone ??= undo());
  open.push(once);
  try {
    return await work();
  } finally {
    open.splice(open.indexOf(once), 1);
    await once();
  }
};

/** On Ctrl+C and on SIGTERM: takes everything away, newest first, and ends. A second one ends at once. */
export const undoOnSignal = (): void => {
  let ending = false;
  const end = async (): Promise<void> => {
    if (ending) process.exit(1);
    ending = true;
    // What still runs loses its database under its hands: that must not end the taking away.
    process.on('uncaughtException', () => undefined);
    process.on('unhandledRejection', () => undefined);
    for (const undo of open.toReversed()) await undo().catch(() => undefined);
    process.exit(130);
  };
  process.on('SIGINT', () => void end());
  process.on('SIGTERM', () => void end());
};
