import { argumentOf } from "./addon";

describe("an argument of a controller", () => {
  it.each([
    ["--cluster-name=dev-a", "dev-a"],
    ["--cluster-name dev-a", "dev-a"],
    ["--cluster-name", "true"],
    ["--cluster-name --v=4", "true"],
    ["--cluster-name=", ""],
    ["--cluster-name=old --v=4 --cluster-name=dev-a", "dev-a"],
    ["--cluster-name-prefix=dev", undefined],
    ["./controller", undefined],
  ])("is read from %s", (words, value) => {
    expect(argumentOf("cluster-name", words.split(" "))).toBe(value);
  });
});
