import { A4 } from '../../content/paper/a4.ts';
import { certificatePage } from '../../content/paper/certificate.ts';
import type {
  CertificateFacts,
  GroupPaperFacts,
  PassbookFacts,
  ReportFacts,
} from '../../content/paper/facts.ts';
import { type NoticeFacts, noticeChapters } from '../../content/paper/notice.ts';
import type { Page } from '../../content/paper/page.ts';
import { PASSBOOK_WIDTH, passbookPage } from '../../content/paper/passbook.ts';
import type { PersonFile } from '../../content/paper/person-chapter.ts';
import { personChapters } from '../../content/paper/person-file.ts';
import { textPages } from '../../content/paper/plain-text.ts';
import { reportPages, reportPicturePage } from '../../content/paper/report.ts';
import { sheetPages } from '../../content/paper/sheet.ts';
import { voiceOf } from '../../content/paper/voice.ts';
import { recordChapters } from '../../content/person-records.ts';
import type { Content } from '../../content/render.ts';
import type { Language } from '../../conversation/message.ts';
import { type Say, say } from '../../conversation/say.ts';

/** Makes the bytes of one kind of file. */
type Paper<Facts> = (facts: Facts, language: Language) => Promise<Uint8Array>;

/**
 * A passbook, a group's report, a meeting's sheet and a certificate as the bytes of a file. Pictures are PNG, for a telephone; PDFs
 * are for printing. What is in them comes from the facts alone, so the same facts give the same file.
 *
 * They are rejected where this machine has no build of the drawing library.
 */
export type Papers = {
  /** 1080 pixels wide, 1440 high. */
  readonly passbookPicture: Paper<PassbookFacts>;
  /** One page A5. */
  readonly passbookPdf: Paper<PassbookFacts>;
  /** 1190 pixels wide; the higher, the more members. */
  readonly reportPicture: Paper<ReportFacts>;
  /** A4, one page or, for a large group, more. */
  readonly reportPdf: Paper<ReportFacts>;
  /** A4, one page or, for a large group, more. */
  readonly sheetPdf: Paper<GroupPaperFacts>;
  /** 1080 pixels wide and high. */
  readonly certificatePicture: Paper<CertificateFacts>;
  /** A4: everything that is kept of a member. */
  readonly personPdf: Paper<Omit<PersonFile, 'voice'>>;
  /** A4: the whole privacy notice. */
  readonly noticePdf: Paper<NoticeFacts>;
};

/** 3 to 4: shown whole in a chat, and legible on a screen of 5 cm. */
const PASSBOOK_PICTURE_HEIGHT = 1440;
/** In points, as ISO 216 has it: 148 by 210 mm. */
const A5 = { width: 420, height: 595 };
const PIXELS_PER_POINT = 2;

export const createPapers = (content: Content): Papers => {
  const voice = (language: Language) => voiceOf(content, language);
  const pdf = async (
    pages: readonly Page[],
    title: Say,
    how: { language: Language; widthPoints: number },
  ) => {
    const { toPdf } = await drawing();
    return toPdf(pages, { widthPoints: how.widthPoints, title: content.sentence(title, how.language) });
  };
  const png = async (page: Page, scale: number) => {
    const { toPng } = await drawing();
    return toPng(page, scale);
  };
  return {
    passbookPicture: (facts, language) =>
      png(passbookPage(facts, voice(language), PASSBOOK_PICTURE_HEIGHT), 1),
    passbookPdf: (facts, language) => {
      const page = passbookPage(facts, voice(language), (PASSBOOK_WIDTH * A5.height) / A5.width);
      return pdf([page], say('paper.passbook-title'), { language, widthPoints: A5.width });
    },
    reportPicture: (facts, language) => png(reportPicturePage(facts, voice(language)), PIXELS_PER_POINT),
    reportPdf: (facts, language) =>
      pdf(reportPages(facts, voice(language)), say('paper.report-title'), {
        language,
        widthPoints: A4.width,
      }),
    sheetPdf: (facts, language) =>
      pdf(sheetPages(facts, voice(language)), say('paper.sheet-title'), { language, widthPoints: A4.width }),
    certificatePicture: (facts, language) => png(certificatePage(facts, voice(language)), 1),
    personPdf: (of, language) => {
      const file = { ...of, voice: voice(language) };
      const chapters = [...personChapters(file), ...recordChapters(file)];
      return pdf(textPages(chapters, file.voice), say('my-file.title'), { language, widthPoints: A4.width });
    },
    noticePdf: (facts, language) =>
      pdf(textPages(noticeChapters(facts, voice(language)), voice(language)), say('notice.title'), {
        language,
        widthPoints: A4.width,
      }),
  };
};

/** Loaded when the first paper is made: a program that only talks does without its 30 MB. */
const drawing = async (): Promise<typeof import('./draw.ts')> => {
  try {
    return await import('./draw.ts');
  } catch (error) {
    throw new Error(
      'Pictures and PDFs cannot be made here: the drawing library @napi-rs/canvas has no build for this machine, or ' +
        'was not installed with it. Run npm ci, or make them on another machine.',
      { cause: error },
    );
  }
};
