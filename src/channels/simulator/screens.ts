import type { IncomingBody } from '../../conversation/message.ts';
import type { EditResult, OutgoingFile, ToSend } from '../channel.ts';
import { fileShelf } from './files.ts';
import {
  type SimulatorChange,
  type SimulatorFile,
  type SimulatorMessage,
  simulatorHistory,
} from './history.ts';
import { shownText } from './shown-text.ts';
import { type SimulatorStory, simulatorStory } from './story.ts';

/** Where a bubble goes, under which id, and when: an ISO instant. */
type Place = { readonly address: string; readonly id: string; readonly at: string };

/** What all phones show, with the files behind the bubbles and the story of how it came about. */
export type SimulatorScreens = {
  readonly story: SimulatorStory;
  /** The same id again is shown once. */
  showHers(place: Place, body: IncomingBody, file: OutgoingFile | undefined): void;
  showOurs(place: Place, message: ToSend): void;
  /** Takes back messages of ours, and says how many were there. */
  erase(address: string, ids: readonly string[]): number;
  /** Has a message of ours say other words. */
  edit(address: string, id: string, message: ToSend): EditResult;
  file(key: string): OutgoingFile | undefined;
  history(address: string): SimulatorMessage[];
  watch(address: string, onChange: (change: SimulatorChange) => void): () => void;
};

/** @param bytesMax how many bytes of files are kept */
export function simulatorScreens(bytesMax: number | undefined): SimulatorScreens {
  const messages = simulatorHistory();
  const story = simulatorStory();
  const files = fileShelf((key) => messages.fileGone(...placeOf(key)), bytesMax);

  return {
    story,
    file: (key) => files.get(key),
    history: (address) => messages.of(address),
    watch: (address, onChange) => messages.subscribe(address, onChange),

    showHers({ address, id, at }, body, file) {
      const text =
        file && body.type === 'media' ? (body.caption ?? '') : shownText(body, messages.of(address));
      if (file) files.put(keyOf(address, id), file);
      const isNew = messages.add(address, { id, from: 'person', text, choices: [], at, ...fileOf(file) });
      const label = body.type === 'button' ? text : undefined;
      if (isNew) story.add({ type: 'said', address, body, label });
    },

    showOurs({ address, id, at }, { text, choices, columns, file }) {
      if (file) files.put(keyOf(address, id), file);
      const unasked = messages.of(address).at(-1)?.from === 'person' ? {} : ({ unasked: true } as const);
      const named = file && { file: { kind: file.kind, name: file.name } };
      story.add({ type: 'heard', address, text, choices, ...named });
      const message = { id, from: 'bot', text, choices: [...choices], columns, at } as const;
      messages.add(address, { ...message, ...fileOf(file), ...unasked });
    },

    erase(address, ids) {
      const erased = ids.filter((id) => messages.erase(address, id));
      for (const id of erased) {
        files.remove(keyOf(address, id));
        story.add({ type: 'erased', address });
      }
      return erased.length;
    },

    edit(address, id, { text, choices, columns }) {
      if (!messages.edit(address, id, { text, choices: [...choices], columns })) return 'gone';
      story.add({ type: 'edited', address, text, choices });
      return { ok: true, sentId: id };
    },
  };
}

/** Under which a message's file is kept. Ids have no "/" in them, so the last one ends the address. */
export const keyOf = (address: string, id: string): string => `${address}/${id}`;

const placeOf = (key: string): [address: string, id: string] => {
  const end = key.lastIndexOf('/');
  return [key.slice(0, end), key.slice(end + 1)];
};

const fileOf = (file: OutgoingFile | undefined): { readonly file?: SimulatorFile } => {
  if (!file) return {};
  const { kind, name, mime, bytes } = file;
  return { file: { kind, name, mime, size: bytes.byteLength, kept: true } };
};
