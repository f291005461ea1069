import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

const ROOT = path.resolve(__dirname, "../../..");
const read = (file: string) => readFileSync(path.join(ROOT, file), "utf8");

const E2E = "tools/sandbox/src/e2e";

/** Where each command of README is run: a file, and what stands in it that runs the command. */
const RUN: Readonly<Record<string, readonly [file: string, by: string]>> = {
  "npm run sandbox": [`${E2E}/faults.ts`, `sandbox(["up", "dev"])`],
  "npm test": [".ci/run", "npm test"],

  "npm run sandbox -- up fargate-alb": [`${E2E}/environment.ts`, `sandbox(["up", name])`],
  "npm run sandbox -- kubeconfig pets": [`${E2E}/team-client.ts`, `sandbox(["kubeconfig", team])`],
  'eval "$(npm run --silent sandbox -- env)"': [`${E2E}/day-to-day.ts`, 'eval "$(npm run --silent sandbox -- env)"'],
  'eval "$(npm run --silent sandbox -- env pets)"': [`${E2E}/judged.ts`, `sandbox(["env", "pets"])`],
  "npm run sandbox -- plan dev": [`${E2E}/changes.ts`, `sandbox(["plan", "dev"])`],
  "npm run sandbox -- audit dev": [`${E2E}/whole.ts`, `sandbox(["audit", "dev"])`],
  "npm run sandbox -- status": [`${E2E}/kills.ts`, `sandbox(["status"])`],
  "npm run sandbox -- calls [role]": [`${E2E}/judged.ts`, `sandbox(["calls", `],
  "npm run sandbox -- destroy dev": [`${E2E}/nothing-left.ts`, `["destroy", "dev"]`],
  "npm run sandbox -- down": [`${E2E}/nothing-left.ts`, `sandbox(["down"])`],

  "npx nx diff infra --configuration=dev": dayToDay("npx nx diff infra --configuration=dev"),
  "npx nx deploy infra --configuration=dev": dayToDay("npx nx deploy infra --configuration=dev"),
  "npx nx deploy petstore --configuration=dev -- --auto-approve": dayToDay(
    "npx nx deploy petstore --configuration=dev -- --auto-approve",
  ),
  "npx nx affected -t lint typecheck test": [
    "tools/nx/src/affected.integration.test.ts",
    `"affected", "-t", "lint", "typecheck", "test"`,
  ],
  "npx nx deploy k8s-platform --configuration=dev -- --cluster a": dayToDay(
    "npx nx deploy k8s-platform --configuration=dev -- --cluster a",
  ),
  "npx nx deploy <app> --configuration=<environment>": dayToDay(
    "npx nx deploy petstore --configuration=dev -- --auto-approve",
  ),
  "npm run deploy -- dev": dayToDay("npm run deploy -- dev"),
  "npm run deploy -- <environment>": dayToDay("npm run deploy -- dev"),
  "npm run plan -- dev": dayToDay("npm run plan -- dev"),
  "npm run deployed -- dev": [`${E2E}/app-change.ts`, `deployTool(root, ["deployed", "dev"]`],
  "npm run apply -- dev <digest>": [`${E2E}/app-change.ts`, `deployTool(root, ["apply", "dev", digest]`],
  "npm run ci -- tasks": [`${E2E}/pipeline.ts`, `ci("tasks"`],
  "npm run ci -- plan --base main": [`${E2E}/pipeline.ts`, `ci("plan", "--base", "main"`],
  "npm run ci -- comment summaries": [`${E2E}/pipeline.ts`, `ci("comment", `],
  "npm run ci -- apply --environment dev": [`${E2E}/pipeline.ts`, `ci("apply", ...named`],
  "cd packages/infra && npx cdktf deploy 'dev-*'": dayToDay("cd packages/infra && npx cdktf deploy 'dev-*'"),

  "npm run ownership -- <environment>": [
    "tools/inspect/src/ownership/main.test.ts",
    `"--import", "tsx", "tools/inspect/src/ownership/main.ts"`,
  ],
  "npm run gate -- <plan.json…>": [
    "tools/inspect/src/gate/main.test.ts",
    `"--import", "tsx", "tools/inspect/src/gate/main.ts"`,
  ],
  "npm run generate": ["tools/new-app/src/main.integration.test.ts", `"tsx", "tools/generate/src/main.ts"`],
  "npm run new-app -- <name> --team <team>": [
    "tools/new-app/src/main.integration.test.ts",
    `newApp(["cart", "--team", "shop"])`,
  ],
  "npm run bootstrap -- <environment>": dayToDay("npm run bootstrap -- dev"),
  "npx nx deploy infra --configuration=<environment>": dayToDay("npx nx deploy infra --configuration=dev"),
  "npm run smoke -- <environment>": ["tools/sandbox/src/smoke.provider.test.ts", "run(checks"],
  "npm run e2e": [".ci/run", "npm run e2e"],
};

/** What no test runs as it stands, and why; its parts have tests. */
const NOT_RUN: Readonly<Record<string, string>> = {
  "npm run e2e -- --all": "deploys every environment, of which `.ci/run` takes two in turn",
  "npm run ci -- <command>": "stands for those that README lists",
  "npm run ci -- checks --base main": "runs what `npm test` runs, of a part",
  "npm run ci -- drift": "compares all of an environment; `drift.integration.test.ts` does with stacks of its own",
  "npm run bench": "measures a machine, which is nothing to assert",
  "npm run upstream": "asks the charts' repositories and the registry, which CI does not reach",
};

/** Run in a shell, as it stands there. */
function dayToDay(command: string): readonly [file: string, by: string] {
  return [`${E2E}/day-to-day.ts`, `command: "${command}"`];
}

/** Lines of its shell blocks, the first cells of its table of what to do with a sandbox that runs, and what its text tells to type. */
function commandsIn(markdown: string): string[] {
  const blocks = [...markdown.matchAll(/^```sh\n(.*?)^```/gms)].flatMap(([, block = ""]) => block.split("\n"));
  const [table = ""] = /^\| then +\|.*?\n\n/ms.exec(markdown) ?? [];
  const text = [...markdown.matchAll(/`(npm run [^`]+|npx nx \w+ [^`]+)`/g)].map(([, command = ""]) => command);
  const lines = blocks.map((line) => line.replace(/ +#.*$/, "")).filter((line) => line !== "");
  return [...new Set([...lines, ...cellsOf(table), ...text])];
}

function cellsOf(table: string): string[] {
  return [...table.matchAll(/^\| `([^`]+)`/gm)].map(([, command = ""]) => command);
}

it("finds commands in shell blocks, in the table and in the text, without what is said of them", () => {
  const markdown =
    "```sh\nnpm a   # does\n\nnpm b 'c-*'\n```\n\n| then | |\n| --- | --- |\n| `npm d` | e `f` |\n\n| `g` |\n\n";
  expect(commandsIn(`${markdown}Type \`npm run h -- i\` in \`j\`.`)).toEqual([
    "npm a",
    "npm b 'c-*'",
    "npm d",
    "npm run h -- i",
  ]);
});

it("README has no command that nothing runs, and none is listed that README does not have (if not: run it in a step of the end-to-end test, or in a fast test, and list it)", () => {
  expect(commandsIn(read("README.md")).sort()).toEqual([...Object.keys(RUN), ...Object.keys(NOT_RUN)].sort());
});

it.each(Object.entries(RUN))("%s is run where the list says", (_, [file, by]) => {
  expect(existsSync(path.join(ROOT, file))).toBe(true);
  expect(read(file)).toContain(by);
});

it("what the end-to-end test's files do is part of the end-to-end test", () => {
  const whole = read(`${E2E}/whole.ts`);
  const files = Object.values(RUN).map(([file]) => file);
  const own = files.filter((file) => file.startsWith(E2E) && !/\/(whole|team-client)\.ts$/.test(file));
  expect(own.filter((file) => !whole.includes(`from "./${path.basename(file, ".ts")}"`))).toEqual([]);
  expect(read(`${E2E}/borders.ts`)).toContain(`from "./team-client"`);
});
