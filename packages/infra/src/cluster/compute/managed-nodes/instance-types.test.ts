import families from "../../../testing/instance-families.json";
import { architectureOf, isMac } from "./instance-types";

describe("the architecture of an instance type", () => {
  it.each(families.arm64.map((family) => `${family}.large`))("is arm64 for %s, as EC2 says", (type) => {
    expect(architectureOf(type)).toBe("arm64");
  });

  it.each(families.x86_64.map((family) => `${family}.large`))("is x86_64 for %s, as EC2 says", (type) => {
    expect(architectureOf(type)).toBe("x86_64");
  });

  it("is arm64 where NVIDIA's processor is the machine's own", () => {
    expect(architectureOf("p6e-gb200.36xlarge")).toBe("arm64");
    expect(architectureOf("p6-b200.48xlarge")).toBe("x86_64");
  });
});

it("knows a Mac, which no node can be", () => {
  expect(["mac1.metal", "mac2-m2pro.metal", "mac-m4.metal", "m7i.large"].map(isMac)).toEqual([true, true, true, false]);
});
