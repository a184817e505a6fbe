import { requirePackage } from "../../../src/packageRoot";
import { cleanSvg } from "../../../src/present/svg/svgClean";
import type { SvgNode } from "../../../src/present/svg/svgNode";

// The part of jsdom that is used here.
const { JSDOM } = requirePackage<{
  readonly JSDOM: new (html: string) => {
    readonly window: {
      readonly document: {
        querySelector(selector: string): (SvgNode & { innerHTML: string }) | null;
      };
    };
  };
}>("jsdom");

function cleaned(inner: string): string {
  const { document } = new JSDOM(`<svg xmlns="http://www.w3.org/2000/svg">${inner}</svg>`).window;
  const svg = document.querySelector("svg");
  if (svg === null) throw new Error("the picture has no outermost element");
  cleanSvg(svg, "f");
  return svg.innerHTML;
}

describe("cleanSvg", () => {
  test("keeps a clear rectangle that clips, and drops one that only stands there", () => {
    const shape = '<rect width="5" height="5" fill="none"></rect>';
    const picture = cleaned(
      `<clipPath id="edge">${shape}</clipPath>${shape}<path d="M0,0L1,1" clip-path="url(#edge)"></path>`,
    );
    expect(picture.match(/<rect/g)).toHaveLength(1);
    expect(picture).toMatch(/<clipPath id="f-1"><rect/);
  });
});
