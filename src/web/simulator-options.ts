import type { SimulatorChannel } from '../channels/simulator/simulator.ts';

/** Someone whose phone the page can be. `group` is the group's name, empty when she has none. */
export type SimulatorPerson = {
  readonly address: string;
  readonly name: string;
  readonly role: 'member' | 'leader' | 'treasurer' | 'secretary' | 'staff';
  readonly group: string;
  /** Where she lives; her phone shows its hours. Undefined: the computer's own zone. */
  readonly timeZone: string | undefined;
  /** One line for whoever tries it out, in the language of the page; may be empty. */
  readonly note: string;
  /** Texts she could send, offered above the keyboard. Empty: the page offers its own for her role. */
  readonly suggestions: readonly string[];
};

export type ClockMove = {
  readonly to: 'tomorrow' | 'week' | 'reminder';
  /** By whose group the step is measured. */
  readonly address: string;
};

export type SimulatorOptions = {
  readonly channel: SimulatorChannel;
  readonly people: () => Promise<readonly SimulatorPerson[]>;
  /** Writes down that somebody looks at this telephone or speaks from it, before anything of it is shown. */
  readonly spokenAs: (address: string) => Promise<void>;
  /** The programme's name, shown in the heading of the page. */
  readonly programme: string;
  readonly clock: {
    /** ISO instant. */
    now(): string;
    mayMove(): Promise<boolean>;
    /** Moves the program's clock on and runs what is due by then. False: it may not be moved so. */
    move(step: ClockMove): Promise<boolean>;
  };
  /** What happened since this page began, as a transcript for a test; undefined when its beginning is forgotten. */
  readonly transcript: (page: string) => Promise<string | undefined>;
};
