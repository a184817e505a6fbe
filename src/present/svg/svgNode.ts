/**
 * The members of a DOM element that drawing needs. Written out, for the DOM's own declarations
 * would make browser globals visible in every file.
 */
export interface SvgNode {
  readonly tagName: string;
  readonly children: ArrayLike<SvgNode>;
  readonly parentElement: SvgNode | null;
  readonly attributes: ArrayLike<{ readonly name: string; readonly value: string }>;
  textContent: string | null;
  getAttribute(name: string): string | null;
  setAttribute(name: string, value: string): void;
  removeAttribute(name: string): void;
  remove(): void;
  /** Puts others in the element's place. */
  replaceWith(...nodes: SvgNode[]): void;
  querySelectorAll(selector: string): ArrayLike<SvgNode>;
}

/** One property of an element: from its style, else from the attribute of that name. */
export function propertyOf(node: SvgNode, name: string): string | undefined {
  const style = node.getAttribute("style") ?? "";
  for (const declaration of style.split(";")) {
    const colon = declaration.indexOf(":");
    if (colon > 0 && declaration.slice(0, colon).trim() === name) {
      return declaration.slice(colon + 1).trim();
    }
  }
  return node.getAttribute(name) ?? undefined;
}

/** A property that children take over from their parents. */
export function inheritedProperty(node: SvgNode, name: string): string | undefined {
  for (let at: SvgNode | null = node; at !== null; at = at.parentElement) {
    const value = propertyOf(at, name);
    if (value !== undefined && value !== "") return value;
  }
  return undefined;
}
