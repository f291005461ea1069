import fc from "fast-check";
import { bytes, CPU_QUANTITY, MEMORY_QUANTITY, millicores } from "./quantity";

it.each([
  ["2", 2000],
  ["0.5", 500],
  ["500m", 500],
  ["0.001", 1],
])("%s is %d thousandths of a CPU", (quantity, expected) => {
  expect(millicores(quantity)).toBe(expected);
});

it.each([
  ["1Ki", 1024],
  ["256Mi", 268_435_456],
  ["1G", 1_000_000_000],
])("%s is %d bytes", (quantity, expected) => {
  expect(bytes(quantity)).toBe(expected);
});

it("thousandths and broken CPUs are the same, whichever is written", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 64_000 }), (thousandths) => {
      const broken = (thousandths / 1000).toFixed(3);
      expect(broken).toMatch(CPU_QUANTITY);
      expect(millicores(broken)).toBe(millicores(`${thousandths}m`));
    }),
  );
});

it("a larger unit is more memory", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000_000 }), (amount) => {
      const sizes = ["K", "Ki", "M", "Mi", "G", "Gi"].map((unit) => `${amount}${unit}`);
      expect(sizes.every((size) => MEMORY_QUANTITY.test(size))).toBe(true);
      expect(sizes.map(bytes)).toEqual(sizes.map(bytes).sort((a, b) => a - b));
    }),
  );
});
