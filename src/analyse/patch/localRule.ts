import type { ActivationPattern } from "../../network/activationPattern";
import type { Block, BlockMaker } from "../../numeric/arena";
import type { Kernels } from "../../numeric/kernels";
import type { LocalLayer, LocalValues } from "./localLayer";
import type { Rectangle, Term } from "./patch";

/** The pieces that a pattern says of one layer. */
export type Switches = ActivationPattern["switches"][number];

/** What analysis does with a kind of layer that a picture may pass. */
export interface LocalRules<L extends LocalLayer> {
  /** The values behind it. */
  valuesBehind(layer: L, before: LocalValues): LocalValues;
  /** The rectangle of values before it that those of one behind it depend on. */
  before(layer: L, behind: Rectangle): Rectangle;
  /** Asks for what it needs in the kernels' memory, and carries patches there. */
  place(layer: L, site: PatchSite): PlacedLocal;
}

/** Where a layer stands in the kernels' memory. Blocks may be used once the lot is laid out. */
export interface PatchSite {
  readonly kernels: Kernels;
  readonly make: BlockMaker;
  readonly before: PatchPlace;
  readonly behind: PatchPlace;
  /** Whether a ReLU follows: its switches tell which values behind the layer count. */
  readonly isRectified: boolean;
}

/** The values between two layers, and room for any patch of them. */
export interface PatchPlace {
  readonly values: LocalValues;
  readonly block: Block<Float64Array>;
}

/** A layer in the kernels' memory. */
export type PlacedLocal = MovingLocal | OpeningLocal;

/** One value behind it is one value before it, or none. */
export interface MovingLocal extends PatchCarrier {
  readonly takes: "values";
  /** Terms behind it become terms before it. */
  moveTerms(terms: readonly Term[], switches: Switches): void;
}

/** One value behind it is a window of values before it. */
export interface OpeningLocal extends PatchCarrier {
  readonly takes: "windows";
  /** Writes its weights into the memory, once that is laid out. */
  fill(): void;
  /**
   * Takes note of the values behind it that a following ReLU lets through, for patches to come;
   * the switches are those of the layer behind it.
   */
  listActive(switches: Switches): void;
  /** Terms on the values behind it, which lie in a patch, as a patch on those before it. */
  openTerms(terms: readonly Term[], behind: Rectangle, before: Rectangle): void;
}

interface PatchCarrier {
  /** Coefficients of a patch behind it become those of one before it, as large as `before` says. */
  carry(behind: Rectangle, before: Rectangle, switches: Switches): void;
}
