import { dev } from "@demarc/shared/testing";
import { inTheirTurn } from "./environments";

const staged = (name: string, stage: number) => ({
  ...dev,
  name,
  pipelines: { kind: "github-actions" as const, repositoryId: "1", ownerId: "2", subjects: "ids" as const, stage },
});

it("takes environments by their stages and, within one, by name; those without pipelines are people's", () => {
  const all = [staged("live", 3), staged("b", 1), { ...dev, name: "own" }, staged("a", 1), staged("trial", 2)];
  expect(inTheirTurn(all).map(({ name }) => name)).toEqual(["a", "b", "trial", "live"]);
});
