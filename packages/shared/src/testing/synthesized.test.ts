import { SynthesizedStack } from ".";

it("a synthesized stack says so when there is not the one resource that a test means", () => {
  expect(() => new SynthesizedStack("s", {}).resource("aws_vpc")).toThrow("s has 0 of aws_vpc, not one");
});
