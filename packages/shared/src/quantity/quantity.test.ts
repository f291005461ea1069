import fc from "fast-check";
import { bytes, canonical, CPU_QUANTITY, MEMORY_QUANTITY, millicores } from "./quantity";

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

it.each(["0Mi", "00Gi", "Mi", "1", "1K", `${"9".repeat(5_000)}Mi`, "1.5Gi"])("%s is no amount of memory", (none) => {
  expect(none).not.toMatch(MEMORY_QUANTITY);
});

it("a larger unit is more memory", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000_000 }), (amount) => {
      const sizes = ["k", "Ki", "M", "Mi", "G", "Gi", "T", "Ti"].map((unit) => `${amount}${unit}`);
      expect(sizes.every((size) => MEMORY_QUANTITY.test(size))).toBe(true);
      expect(sizes.map(bytes)).toEqual(sizes.map(bytes).sort((a, b) => a - b));
    }),
  );
});

describe("the canonical form", () => {
  it.each([
    ["2048Mi", "2Gi"],
    ["1024Ki", "1Mi"],
    ["1536Mi", "1536Mi"],
    ["1000Mi", "1000Mi"],
    ["1048576Mi", "1Ti"],
    ["1000M", "1G"],
    ["1.5", "1500m"],
    ["0.5", "500m"],
    ["2.0", "2"],
    ["1000m", "1"],
    ["1000", "1k"],
    ["007", "7"],
    ["0Mi", "0"],
  ])("of %s is %s", (quantity, expected) => {
    expect(canonical(quantity)).toBe(expected);
  });

  const memory = fc
    .tuple(fc.integer({ min: 1, max: 999_999_999 }), fc.constantFrom("k", "M", "G", "T", "Ki", "Mi", "Gi", "Ti"))
    .map(([amount, unit]) => `${amount}${unit}`);
  const cpu = fc.oneof(
    fc.integer({ min: 1, max: 999_999 }).map((thousandths) => `${thousandths}m`),
    fc.integer({ min: 1, max: 999_999 }).map((thousandths) => (thousandths / 1000).toFixed(3)),
    fc.integer({ min: 1, max: 999 }).map(String),
  );

  it("is as much as before, and is its own canonical form", () => {
    fc.assert(
      fc.property(memory, (quantity) => {
        expect(bytes(canonical(quantity))).toBe(bytes(quantity));
        expect(canonical(canonical(quantity))).toBe(canonical(quantity));
      }),
    );
    fc.assert(
      fc.property(cpu, (quantity) => {
        expect(millicores(canonical(quantity))).toBe(millicores(quantity));
        expect(canonical(canonical(quantity))).toBe(canonical(quantity));
      }),
    );
  });

  it("has no fraction, and the largest unit that leaves the number whole", () => {
    fc.assert(
      fc.property(fc.oneof(memory, cpu), (quantity) => {
        const [, amount = "", unit = ""] = /^(\d+)(\w*)$/.exec(canonical(quantity)) ?? [];
        expect(Number(amount) % (unit.endsWith("i") ? 1024 : 1000)).not.toBe(0);
      }),
    );
  });

  it("of what is no quantity is the text itself", () => {
    fc.assert(fc.property(fc.string(), (text) => /^\d/.test(text) || canonical(text) === text));
  });
});
