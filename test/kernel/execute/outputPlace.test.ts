import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ArgumentError } from "../../../src/errors";
import { planOutputs, refuseUnwritable, writeOrRescue } from "../../../kernel/execute/outputPlace";

let folder: string;
let book: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "roundlab-test-"));
  book = join(folder, "book.ipynb");
  writeFileSync(book, "{}");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("planOutputs", () => {
  test("puts the executed notebook beside its original, unless told where", () => {
    const other = join(folder, "out");
    expect([
      planOutputs(book, {}, true),
      planOutputs(book, { out: other }, true),
      planOutputs(book, { output: join(other, "run.ipynb") }, true),
      planOutputs(book, { inplace: true }, false),
    ]).toEqual([
      { notebookPath: join(folder, "book.executed.ipynb"), htmlPath: join(folder, "book.html") },
      { notebookPath: join(other, "book.ipynb"), htmlPath: join(other, "book.html") },
      { notebookPath: join(other, "run.ipynb"), htmlPath: join(other, "run.html") },
      { notebookPath: book, htmlPath: undefined },
    ]);
  });

  test("refuses to replace the original, under whichever name", () => {
    const link = join(folder, "link");
    symlinkSync(folder, link);
    for (const place of [{ out: folder }, { out: link }, { output: join(link, "book.ipynb") }])
      expect(() => planOutputs(book, place, false)).toThrow(
        /would replace its original .*book\.ipynb; if that is meant, say --inplace/,
      );
  });
});

describe("refuseUnwritable", () => {
  test("makes the folder, leaves no file, and an old one as it is", () => {
    const path = join(folder, "new", "deep", "a.ipynb");
    refuseUnwritable(path);
    expect([existsSync(join(folder, "new", "deep")), existsSync(path)]).toEqual([true, false]);
    refuseUnwritable(book);
    expect(readFileSync(book, "utf8")).toBe("{}");
    expect(readdirSync(folder).filter((name) => name.endsWith(".partial"))).toEqual([]);
  });

  test("refuses a folder in the file's place, a file in the folder's place, and /proc", () => {
    mkdirSync(join(folder, "taken.ipynb"));
    for (const [path, reason] of [
      [join(folder, "taken.ipynb"), "it is a folder"],
      ["/dev/null", "it is no regular file"],
      [join(book, "a.ipynb"), "a file stands where a folder is needed"],
      ...(existsSync("/proc/self")
        ? [["/proc/none/a.ipynb", "there is no such file or folder"]]
        : []),
    ]) {
      expect(() => refuseUnwritable(path)).toThrow(ArgumentError);
      expect(() => refuseUnwritable(path)).toThrow(`cannot be written: ${reason}`);
    }
  });
});

describe("writeOrRescue", () => {
  test("keeps the text among the temporary files where its place is gone, and says where", () => {
    const temporary = join(folder, "temporary");
    mkdirSync(temporary);
    const write = () => writeOrRescue(join(book, "run.ipynb"), "hours of work", temporary);
    expect(write).toThrow(/run\.ipynb cannot be written: .*what had run is kept in .*run\.ipynb$/);
    const [room] = readdirSync(temporary);
    expect(readFileSync(join(temporary, room, "run.ipynb"), "utf8")).toBe("hours of work");
  });
});
