import type { Pool } from 'pg';

/** An approval of the words of a lesson. `by`: who gave it; "staff/<id>" when by message. */
export type LessonApproval = {
  readonly lessonId: string;
  readonly language: string;
  /** The fingerprint of the words. */
  readonly textHash: string;
  readonly by: string;
};

/** Every approval there is, of words of today and of earlier ones. */
export const readApprovals = async (pool: Pool): Promise<LessonApproval[]> => {
  const { rows } = await pool.query<LessonApproval>(
    `select lesson_id as "lessonId", language, text_hash as "textHash", approved_by as by
       from lesson_approval order by approved_at, lesson_id, language`,
  );
  return rows;
};

/** Writes an approval down; the same words are approved once. Resolves to whether it is new. */
export const approveLesson = async (
  pool: Pool,
  { lessonId, language, textHash, by }: LessonApproval,
): Promise<boolean> => {
  const { rowCount } = await pool.query(
    `insert into lesson_approval (lesson_id, language, text_hash, approved_by) values ($1, $2, $3, $4) on conflict do nothing`,
    [lessonId, language, textHash, by],
  );
  return rowCount === 1;
};
