import { accountStackId } from "@demarc/shared/environment";
import { accountContract, clusterContract, networkContract } from "@demarc/shared/contracts";
import { dev } from "@demarc/shared/testing";
import { infra } from "@demarc/shared/workspace";
import { synthesizedStacks } from "../stacks";
import { outputOf } from "../testing/repository";
import { recordedUsesOf } from "./uses";

const local = { ...dev, state: { kind: "local" as const, directory: ".states" } };

it.each([dev, local])(
  "knows by their states which stacks a stack uses, that are not there: states are $state.kind",
  (environment) => {
    const consumes = [accountContract, networkContract, clusterContract];
    const output = outputOf([{ workspace: infra, stack: "reader", cluster: "a", consumes }], environment);
    const [stack] = synthesizedStacks(output);
    const uses = stack && recordedUsesOf(stack, environment);
    const use = { team: "infra", version: 1, outputs: [] };
    expect(uses).toEqual([
      { ...use, contract: "account", producer: accountStackId(environment) },
      { ...use, contract: "cluster", producer: "dev-a-cluster" },
      { ...use, contract: "network", version: networkContract.version, producer: "dev-network" },
    ]);
  },
);
