import type { Environment } from "@demarc/shared/environment";
import { dev } from "@demarc/shared/testing";
import { next } from "./summary";

const cluster: Environment["clusters"][string] = { version: "1.35", compute: { kind: "managed-nodes" } };
const environment: Environment = { ...dev, clusters: { a: cluster, b: cluster } };

it.each([
  [undefined, ["plan dev", "up dev", "destroy dev"], "dev-a"],
  ["b", ["plan dev --cluster b", "up dev --cluster b", "destroy dev --cluster b"], "dev-b"],
])("tells what to do next with what was deployed alone: cluster %s", (only, commands, name) => {
  const lines = next({ environment, cluster: only }, "context").map((line) => line.trim());
  const about = lines.flatMap((line) => /^npm run sandbox -- ((?:plan|up|destroy) .*?) {2}/.exec(line)?.[1] ?? []);
  expect(about).toEqual(commands);
  expect(lines).toContainEqual(expect.stringMatching(new RegExp(`^aws eks describe-cluster --name ${name} `)));
});
