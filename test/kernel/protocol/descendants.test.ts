import { descendantsOf } from "../../../kernel/protocol/descendants";

const all = [
  { pid: 1, parent: 0, group: 1 },
  { pid: 10, parent: 1, group: 10 },
  { pid: 11, parent: 10, group: 10 },
  { pid: 12, parent: 11, group: 10 },
  // Left in the background by a shell that has ended.
  { pid: 13, parent: 1, group: 10 },
  // Started detached, with a process of its own that has lost its parent.
  { pid: 14, parent: 10, group: 14 },
  { pid: 15, parent: 1, group: 14 },
  { pid: 20, parent: 1, group: 20 },
];

describe("descendantsOf", () => {
  test("finds children, their children, and all in the groups of these, and no one else", () => {
    expect(descendantsOf(10, all)).toEqual([11, 12, 13, 14, 15]);
  });

  test("finds nothing of a process that has started nothing", () => {
    expect(descendantsOf(20, all)).toEqual([]);
  });
});
