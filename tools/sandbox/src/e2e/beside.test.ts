import { expect, it } from "vitest";
import { MEMORY } from "../preflight/memory";
import { lanesIn } from "./beside";

it("runs two tests beside each other only where memory has room for both, or where nobody knows how much there is", () => {
  const one = MEMORY.deploy + MEMORY.localAws + 2 * MEMORY.controlPlane;
  expect(lanesIn(2 * one - 1)).toBe(1);
  expect(lanesIn(2 * one)).toBe(2);
  expect(lanesIn(undefined)).toBe(2);
});
