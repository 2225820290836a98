import { type BoxMark, box, type Ink } from './page.ts';

const PERMILLE = 1000;

/**
 * A bar that is full to `permille` thousandths: what is there in `ink`, the rest of the way in `track`.
 *
 * @param permille 0 to 1000; more is drawn as full. Above zero a little is always seen
 */
export const bar = (
  permille: bigint,
  place: {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
    readonly ink: Ink;
    readonly track: Ink;
  },
): BoxMark[] => {
  const { x, y, width, height } = place;
  const full = Math.min(Number(permille), PERMILLE) / PERMILLE;
  const track = box({ x, y, width, height, radius: height / 2, fill: place.track });
  if (full <= 0) return [track];
  const inner = Math.max(height, width * full);
  return [track, box({ x, y, width: inner, height, radius: height / 2, fill: place.ink })];
};
