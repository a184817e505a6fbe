import {
  lowerPlane,
  lowerPlanes,
  upperPlane,
  upperPlanes,
  type NeuronRange,
  type Plane,
} from "../../../../src/analyse/bound/symbolic/planes";
import { createRandom, type RandomSource } from "../../../../src/numeric/random";

const at = ({ onValue, onDifference, constant }: Plane, xi: number, delta: number): number =>
  onValue * xi + onDifference * delta + constant;
const moved = (xi: number, delta: number): number => Math.max(0, xi + delta) - Math.max(0, xi);

/** A few roundings of numbers of order one. */
const ROUNDING = 1e-14;

const SIGNS = ["dead", "active", "unstable"] as const;
type Sign = (typeof SIGNS)[number];
const CASES = SIGNS.flatMap((value) => SIGNS.map((twin) => [value, twin] as const));

function interval(sign: Sign, random: RandomSource): [number, number] {
  const ends = [random.next(), random.next()].sort((one, other) => one - other);
  if (sign === "active") return [ends[0], ends[1]];
  if (sign === "dead") return [-ends[1], -ends[0]];
  return [-ends[0], ends[1]];
}

/** Points of the hexagon: uniform ones, and those on lines where Δ bends or ends. */
function* pointsOf(range: NeuronRange, random: RandomSource): Generator<[number, number]> {
  const { a, b, alpha, beta, twinA, twinB } = range;
  const within = (low: number, high: number) => low + random.next() * (high - low);
  const isInside = (xi: number, delta: number): boolean =>
    xi >= a &&
    xi <= b &&
    delta >= alpha &&
    delta <= beta &&
    xi + delta >= twinA &&
    xi + delta <= twinB;
  for (let trial = 0; trial < 600; trial++) {
    const [xi, delta] = [within(a, b), within(alpha, beta)];
    const [end, other] = [random.next() < 0.5 ? a : b, random.next() < 0.5 ? alpha : beta];
    const points: [number, number][] = [
      ...([
        [xi, delta],
        [0, delta],
        [-delta, delta],
        [xi, -xi],
      ] as [number, number][]),
      ...([
        [end, delta],
        [xi, other],
        [end, other],
      ] as [number, number][]),
      ...([
        [twinA - delta, delta],
        [twinB - delta, delta],
        [twinB - other, other],
      ] as [number, number][]),
    ];
    for (const point of points) if (isInside(...point)) yield point;
  }
}

describe.each(CASES)("with ξ %s and ξ̃ %s", (value, twin) => {
  test("no plane is on the wrong side of Δ anywhere", () => {
    const random = createRandom(31);
    let seen = 0;
    for (let trial = 0; trial < 60; trial++) {
      const [a, b] = interval(value, random);
      const [twinA, twinB] = interval(twin, random);
      const alpha = twinA - b + random.next() * (twinB - b - twinA + b) * 0.5;
      const beta = alpha + random.next() * (twinB - a - alpha);
      const range = { a, b, alpha, beta, twinA, twinB };
      const uppers = [...upperPlanes(range), upperPlane(range)];
      const lowers = [...lowerPlanes(range), lowerPlane(range)];
      for (const [xi, delta] of pointsOf(range, random)) {
        seen++;
        const truth = moved(xi, delta);
        for (const upper of uppers) {
          if (at(upper, xi, delta) < truth - ROUNDING)
            throw new Error(JSON.stringify({ range, upper, xi, delta }));
        }
        for (const lower of lowers) {
          if (at(lower, xi, delta) > truth + ROUNDING)
            throw new Error(JSON.stringify({ range, lower, xi, delta }));
        }
      }
    }
    expect(seen).toBeGreaterThan(10_000);
  });
});

describe("worked by hand", () => {
  const expectPlanes = (
    found: readonly Plane[],
    expected: readonly (readonly number[])[],
  ): void => {
    expect(found).toHaveLength(expected.length);
    found.forEach(({ onValue, onDifference, constant }, index) => {
      [onValue, onDifference, constant].forEach((part, place) =>
        expect(part).toBeCloseTo(expected[index][place], 12),
      );
    });
  };

  test("a neuron with ξ in [−1, 1] that moves by 0.1 at most", () => {
    const range = { a: -1, b: 1, alpha: -0.1, beta: 0.1, twinA: -1.1, twinB: 1.1 };
    expectPlanes(upperPlanes(range), [
      [0, 0.5, 0.05],
      [0.1, 0, 0.1],
      [-0.1, 1, 0.1],
    ]);
    expectPlanes(lowerPlanes(range), [
      [0, 0.5, -0.05],
      [-1 / 11, -1 / 11, -0.1],
      [1 / 11, 12 / 11, -0.1],
    ]);
  });

  test("a neuron with ξ in [−0.5, 1.5] that moves by −0.1", () => {
    const range = { a: -0.5, b: 1.5, alpha: -0.1, beta: -0.1, twinA: -0.6, twinB: 1.4 };
    expectPlanes(upperPlanes(range), [
      [0, 0, 0],
      [-1 / 15, 0, 0],
      [-1 / 15, 1, 0.1],
    ]);
    expectPlanes([lowerPlanes(range)[0]], [[0, 1, 0]]);
    // In the middle, ξ = 0.5, the second lies lowest.
    expect(upperPlane(range).onValue).toBeCloseTo(-1 / 15, 12);
  });

  test("where δ may have either sign, the chord over δ is lowest in the middle", () => {
    const random = createRandom(4);
    for (let trial = 0; trial < 500; trial++) {
      const [a, b, alpha, beta] = [-random.next(), random.next(), -random.next(), random.next()];
      const range = { a, b, alpha, beta, twinA: a + alpha, twinB: b + beta };
      if (range.twinB <= 0) continue;
      expect(upperPlane(range).onValue).toBe(0);
    }
  });

  test("a difference of nothing is nothing", () => {
    const range = { a: -1, b: 1, alpha: 0, beta: 0, twinA: -1, twinB: 1 };
    const difference = { onValue: 0, onDifference: 1, constant: 0 };
    expect([upperPlane(range), lowerPlane(range)]).toEqual([difference, difference]);
  });
});
