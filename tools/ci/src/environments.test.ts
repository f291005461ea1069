import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { dev } from "@demarc/shared/testing";
import { inTheirTurn } from "./environments";
import { namesInTurn } from "./environments-command";

const staged = (name: string, stage: number) => ({
  ...dev,
  name,
  pipelines: { kind: "github-actions" as const, repositoryId: "1", ownerId: "2", subjects: "ids" as const, stage },
});

it("takes environments by their stages and, within one, by name; those without pipelines are people's", () => {
  const all = [staged("live", 3), staged("b", 1), { ...dev, name: "own" }, staged("a", 1), staged("trial", 2)];
  expect(inTheirTurn(all).map(({ name }) => name)).toEqual(["a", "b", "trial", "live"]);
});

it("leaves out those of which no task is told, wherever in a folder the files of tasks lie", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "demarc-tasks-"));
  const write = (name: string, tasks: readonly unknown[]) => {
    mkdirSync(path.join(folder, `tasks-${name}`));
    writeFileSync(path.join(folder, `tasks-${name}`, `${name}.json`), JSON.stringify(tasks));
  };
  write("live", [{ environment: "live", workspaces: ["infra"] }]);
  write("trial", []);
  write("first", [{ environment: "first", workspaces: ["infra"] }]);
  const all = [staged("live", 2), staged("trial", 1), staged("first", 1)];
  expect(namesInTurn({ environment: undefined, affected: folder }, all)).toEqual(["first", "live"]);
  expect(namesInTurn({ environment: "live", affected: undefined }, all)).toEqual(["live"]);
});

it("refuses an environment that people alone deploy", () => {
  expect(() => namesInTurn({ environment: "dev", affected: undefined }, [dev])).toThrow(
    /environment "dev" is not valid[^]*no pipeline deploys it/,
  );
});
