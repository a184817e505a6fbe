import { requirePackage } from "../../packageRoot";
import { loadPrintFonts, type PrintFonts } from "./printFonts";
import { pictureSizeOf } from "./svgSize";

/** The part of pdfkit that is used. */
interface PdfDocument {
  registerFont(name: string, file: Buffer): void;
  on(event: "data", listener: (chunk: Buffer) => void): void;
  on(event: "end", listener: () => void): void;
  end(): void;
}
type PdfKit = new (options: object) => PdfDocument;
type SvgToPdfKit = (
  document: PdfDocument,
  svg: string,
  x: number,
  y: number,
  options: object,
) => void;

/** A pixel of a page is 1/96 inch, a point of paper 1/72. */
const POINTS_PER_PIXEL = 72 / 96;

/**
 * A picture as a PDF of its own size: lines and letters stay what they are, and the letters used
 * are embedded. Equal pictures give equal bytes.
 */
export async function printPdf(svg: string): Promise<Buffer> {
  const Document = requirePackage<PdfKit>("pdfkit");
  const addSvg = requirePackage<SvgToPdfKit>("svg-to-pdfkit");
  const [width, height] = pictureSizeOf(svg).map((pixels) => pixels * POINTS_PER_PIXEL);
  // The date is part of the file's identity, which is to be that of its content.
  const info = { CreationDate: new Date(0) };
  const document = new Document({ size: [width, height], margin: 0, info });
  const chunks: Buffer[] = [];
  const finished = new Promise<void>((resolve) => {
    document.on("data", (chunk) => chunks.push(chunk));
    document.on("end", resolve);
  });
  for (const [name, file] of Object.entries(loadPrintFonts())) document.registerFont(name, file);
  addSvg(document, svg, 0, 0, { width, height, fontCallback: faceOf });
  document.end();
  await finished;
  return Buffer.concat(chunks);
}

function faceOf(_: string, isBold: boolean, isItalic: boolean): keyof PrintFonts {
  if (isBold) return isItalic ? "boldItalic" : "bold";
  return isItalic ? "italic" : "regular";
}
