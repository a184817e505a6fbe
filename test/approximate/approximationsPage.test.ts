import fs from "node:fs";
import path from "node:path";
import { APPROXIMATION_NAMES } from "../../src/approximate/approximationGrammar";
import { parseApproximation } from "../../src/approximate/parseApproximation";

const page = fs.readFileSync(path.join(__dirname, "..", "..", "docs", "approximations.md"), "utf8");
const rows = page.split("\n").filter((line) => line.startsWith("| `"));
const named = rows.flatMap((row) => {
  const [, cell = ""] = row.split("|");
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name);
});

describe("docs/approximations.md", () => {
  test("has every form of the grammar", () => {
    const forms = APPROXIMATION_NAMES.split(/, | or (?:just )?/).filter(
      (name) => name !== "NAME+NAME…",
    );
    for (const form of forms) expect(named).toContain(form);
    expect(forms.length).toBeGreaterThan(15);
  });

  test("names nothing that is not read", () => {
    const whole = named.filter((name) => !name.startsWith(":") && !name.startsWith("NAME"));
    for (const name of whole) {
      const one = name
        .replace("NofM", "2of4")
        .replace("BITS", "8")
        .replace("blockN", "block32")
        .replace("SEED", "1")
        .replace("PERCENT", "50");
      expect(() => parseApproximation(one)).not.toThrow();
    }
  });
});
