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
    fc.property(fc.integer({ min: 1, max: 999_999 }), (thousandths) => {
      const broken = (thousandths / 1000).toFixed(3);
      expect(broken).toMatch(CPU_QUANTITY);
      expect(millicores(broken)).toBe(millicores(`${thousandths}m`));
    }),
  );
});

it.each(["0", "0m", "0.000", "", "9".repeat(5_000), `${"9".repeat(5_000)}m`, "1e3", "-1"])(
  "%s is no amount of CPU",
  (none) => {
    expect(none).not.toMatch(CPU_QUANTITY);
  },
);

it.each(["0Mi", "00Gi", "Mi", "1", `${"9".repeat(5_000)}Mi`, "1.5Gi"])("%s is no amount of memory", (none) => {
  expect(none).not.toMatch(MEMORY_QUANTITY);
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
