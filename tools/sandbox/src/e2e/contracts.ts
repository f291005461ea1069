import assert from "node:assert/strict";
import { existsSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Environment } from "@demarc/shared/environment";
import { type Contract, outputsIn } from "@demarc/shared/contract";
import {
  clusterContract,
  databaseAccessContract,
  dataContract,
  dnsContract,
  networkContract,
  platformContract,
} from "@demarc/shared/contracts";
import { bucketOf } from "../session";
import { deployTool, HOME, inOneLine, ROOT, runningServers, shellVariables } from "./programs";
import { step } from "./step";

const CONTRACTS: readonly Contract[] = [
  networkContract,
  dnsContract,
  dataContract,
  clusterContract,
  databaseAccessContract,
  platformContract,
];

/** A repository whose k8s-platform has another stack, which reads contracts. */
const CONSUMING = path.join(HOME, "repository");

/** contracts give what they promise to a stack, and a sentence where they cannot. */
export async function readsContracts(environment: Environment): Promise<void> {
  const servers = await runningServers();
  const variables = shellVariables(servers);
  const deploy = (contracts: string, action = "deploy") => {
    addConsumer(contracts);
    return deployTool(CONSUMING, [action, "k8s-platform", environment.name, "--auto-approve"], variables);
  };
  const deployedStates = await bucketOf({ environment, servers }).states();

  await step("a version that is not served: workspace, stack, what is served and command are named", async () => {
    const { code, printed } = await deploy("not-served");
    assert.equal(code, 1);
    const sentence =
      "Contract network version 99 is not served by stack dev-network of infra, which serves 1, 2. Deploy it first: npx nx deploy infra --configuration=dev";
    assert.ok(inOneLine(printed).includes(sentence), "the sentence is not there");
  });

  await step("a stack reads every output of every contract, each of its type", async () => {
    assert.equal((await deploy("served")).code, 0);
    const states = await bucketOf({ environment, servers }).states();
    const consumer = states.find(({ key }) => key === "dev/a/k8s-platform/consumer.tfstate");
    for (const contract of CONTRACTS) {
      const values = consumer?.outputs[contract.name];
      assert.ok(typeof values === "object" && values !== null, `${contract.name} was not read`);
      const outputs = outputsIn(contract, { environment, cluster: "a" });
      assert.deepEqual(Object.keys(values).sort(), Object.keys(outputs).sort());
      for (const [output, { type }] of Object.entries(outputs)) {
        const value: unknown = Object.entries(values).find(([key]) => key === output)?.[1];
        assert.ok(isOf[type](value), `${contract.name}.${output} is no ${type}: ${JSON.stringify(value)}`);
        console.log(`    ${contract.name}.${output} = ${JSON.stringify(value).slice(0, 100)}`);
      }
    }
  });

  await step("the stack is destroyed", async () => {
    assert.equal((await deploy("served", "destroy")).code, 0);
    const left = (await bucketOf({ environment, servers }).states()).filter(({ resources }) => resources > 0);
    assert.equal(left.length, deployedStates.filter(({ resources }) => resources > 0).length);
  });
}

const isString = (value: unknown): boolean => typeof value === "string" && value !== "";

/** What each type of output is in a state. */
const isOf = {
  string: isString,
  strings: (value: unknown) => Array.isArray(value) && value.length > 0 && value.every(isString),
  map: (value: unknown) => typeof value === "object" && value !== null && Object.values(value).every(isString),
  number: (value: unknown) => typeof value === "number",
  boolean: (value: unknown) => typeof value === "boolean",
};

/** A synth sees no variables of whoever deploys: what it is to read stands in its command. */
function addConsumer(contracts: string): void {
  const folder = path.join(CONSUMING, "packages/k8s-platform");
  mkdirSync(folder, { recursive: true });
  const packages = path.join(CONSUMING, "node_modules");
  if (!existsSync(packages)) symlinkSync(path.join(ROOT, "node_modules"), packages);
  const app = `E2E_CONTRACTS=${contracts} node --import tsx ${path.join(__dirname, "../testing/consumer/main.ts")}`;
  writeFileSync(path.join(folder, "package.json"), JSON.stringify({ nx: { name: "k8s-platform" } }));
  writeFileSync(
    path.join(folder, "cdktf.json"),
    JSON.stringify({
      language: "typescript",
      app,
      projectId: "demarc-e2e-consumer",
      sendCrashReports: "false",
      context: {},
    }),
  );
}
