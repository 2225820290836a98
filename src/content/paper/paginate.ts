import { invariant } from '../../domain/result.ts';

/**
 * Rows shared over pages of the same room, in order; what closes the table stands whole on the last page, which may
 * have no row.
 *
 * @param room heights: of the rooms for rows, of one row, and of what stands below the last; the first page may have
 * little room, the others hold at least a row or the closing
 */
export const paginate = <Row>(
  rows: readonly Row[],
  room: { readonly first: number; readonly more: number; readonly row: number; readonly closing: number },
): (readonly Row[])[] => {
  invariant(
    room.row <= room.more && room.closing <= room.more,
    'a row, and what closes the table, fit on a page',
  );
  const pages: (readonly Row[])[] = [];
  let left = rows;
  for (;;) {
    const height = pages.length === 0 ? room.first : room.more;
    if (left.length * room.row + room.closing <= height) return [...pages, left];
    const count = Math.floor(height / room.row);
    pages.push(left.slice(0, count));
    left = left.slice(count);
  }
};
