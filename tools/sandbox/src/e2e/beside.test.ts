import { expect, it } from "vitest";
import { MEMORY } from "../preflight/memory";
import { lanesIn } from "./beside";

const withClusters = (count: number) => MEMORY.deploy + MEMORY.localAws + count * MEMORY.controlPlane;

it("runs two tests beside each other only where memory has room for the two largest, or where nobody knows how much there is", () => {
  const both = withClusters(3) + withClusters(2);
  expect(lanesIn([1, 3, 2], both - 1)).toBe(1);
  expect(lanesIn([1, 3, 2], both)).toBe(2);
  expect(lanesIn([1, 3, 2], undefined)).toBe(2);
});
