import { readFileSync } from "node:fs";
import { resolvePackage } from "../../packageRoot";

/** The family's name inside its files. */
export const PRINT_FONT = "Arimo";

/** The files of one face of the font in which pictures are printed. */
export interface PrintFonts {
  readonly regular: Buffer;
  readonly bold: Buffer;
  readonly italic: Buffer;
  readonly boldItalic: Buffer;
}

/**
 * Arimo, whose letters are as wide as those of Helvetica and Arial, which the pictures name; it
 * comes with the project, so that a file is the same wherever it is made.
 */
export function loadPrintFonts(): PrintFonts {
  const face = (name: string): Buffer =>
    readFileSync(resolvePackage(`@expo-google-fonts/arimo/${name}/Arimo_${name}.ttf`));
  return {
    regular: face("400Regular"),
    bold: face("700Bold"),
    italic: face("400Regular_Italic"),
    boldItalic: face("700Bold_Italic"),
  };
}
