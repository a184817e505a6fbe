import type { Twins } from "../analyse/twin";
import { approximate } from "../approximate/approximate";
import { parseApproximation } from "../approximate/parseApproximation";
import type { Network } from "../network/network";
import { networkChecksum } from "./appMaxExperiment";

const NET1 = "cfb5e118de6fb12bfb93ee6fe3cc159eb7368a64c361a19e036fd966392b2ebf";
const NET2 = "2c409453e78ceb9b37b71bf4e3d7ede22923afb2629e6854b1a6217407d2df7d";

/**
 * The checksums of the twins that named runs ask for, by network checksum and approximation: making
 * all of them takes ten seconds, too long for a table that only reads. They are constants of this
 * version of `approximate`: a test makes every twin and compares, so whoever mends a quantiser
 * changes them, and with them the keys.
 */
export const PINNED_TWINS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  [NET1]: {
    none: NET1,
    half: "74eb31b85f67295b54667ee121b6e144fd25629bc6f222f1823e1a41e17574c0",
    "paper-12": "090061b2c194915567eb5ca1f086e2282fa31f9839c02aa4ebdbd089a9ebf5e9",
    "paper-8": "37ffa4e38a768178364ea5bc57ccabe44e6bd4a96d02c7a47d8d106d66626a7b",
    "paper-6": "93e4589edae7e27ffe7d7ac6a26c68537940a78a3c78e86b8956227dbd61bc8d",
    "paper-4": "778607c4d78b08e0bd205184d631512634d8ce56ff9e931125a7436100c8135b",
    "corrected-12": "9141a3f056d9f1d6e26942dfe3422002aba3d1a3cae0248c9b5b51bc2389057b",
    "corrected-8": "9e76aab61102f166c1b7f2ef7958338842a4c7a4f8ba99f6f20f4cdfd4837374",
    "corrected-6": "5c394e29a9e0012c1db9fada3d34d5bbae857d9b9beb4dccaf420d7f7be850ab",
    "corrected-4": "203cbb4c7511b11e4aa19b307a5c3f1c379857b416ea45ba67e92a156e6ebe01",
  },
  [NET2]: {
    none: NET2,
    half: "bf54e4a2fe373db68d3440082b1bdfe6fa508263495443d4c4dbe8ed999e9c18",
    "paper-12": "404259a1b462c6d00a8c8f0e3caf30fb42739676a1aa9b0ec1c8901ae8af446c",
    "paper-8": "a8dc6db0575df54dba8cb925a84f545cd56f8f7c7623f5b0563c27bb40a0336f",
    "paper-6": "d7231cc045cb2d46086a9db40cd61681b0ae3097eb82e6271cb2db369fdeedb8",
    "paper-4": "5a527b528ff73737fc453072df3eeac6b959d53c947465a9b0545af649f12e56",
    "corrected-12": "e2ee6a58dd1ce24fdebed7ba90c635a0b94edba4846031b753708c66a3a24326",
    "corrected-8": "427508c9cb8c335946d768e29d65cf91acc770f17daa56a3f616b98ada87cc4c",
    "corrected-6": "cd93a7deb06e8b25f602ab798985686f8552fbd709a6c8749c950962d20f6765",
    "corrected-4": "31bc78798b75920d4a2d07d0f4536ff91dbfb0993f66ca2a633ad0a6172f75c4",
  },
};

/** What a network and its twin are known by. */
export interface TwinChecksums {
  readonly networkChecksum: string;
  readonly approximatedChecksum: string;
}

/** The checksums of two networks; they read every parameter, so a run computes them once. */
export function checksumsOf({ network, approximated }: Twins): TwinChecksums {
  return {
    networkChecksum: networkChecksum(network),
    approximatedChecksum: networkChecksum(approximated),
  };
}

/** Whether these are a network and a twin that its approximation is known to make of it. */
export function isPinned(checksums: TwinChecksums, approximation: string): boolean {
  const { networkChecksum: network, approximatedChecksum } = checksums;
  return PINNED_TWINS[network]?.[approximation] === approximatedChecksum;
}

/**
 * The checksum of the twin that an approximation makes of a network: looked up where it is pinned,
 * computed otherwise.
 *
 * @param checksum  `networkChecksum(network)`, for who has it already
 */
export function twinChecksum(
  network: Network,
  approximation: string,
  checksum = networkChecksum(network),
): string {
  const pinned = PINNED_TWINS[checksum]?.[approximation];
  return pinned ?? networkChecksum(approximate(network, parseApproximation(approximation)));
}
