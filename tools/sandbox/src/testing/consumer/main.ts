import { type Contract, consume, type OpaqueBoolean, type OpaqueNumber } from "@demarc/shared/contract";
import {
  clusterContract,
  databaseAccessContract,
  dataContract,
  dnsContract,
  networkContract,
  platformContract,
} from "@demarc/shared/contracts";
import { k8sPlatform } from "@demarc/shared/workspace";
import { synthesize, WorkspaceStack } from "@demarc/shared/stack";
import { TerraformOutput, Token } from "cdktf";

/** What the consumer reads, by what E2E_CONTRACTS says. */
const contracts: Readonly<Record<string, readonly Contract[]>> = {
  served: [networkContract, dnsContract, dataContract, clusterContract, databaseAccessContract, platformContract],
  "not-served": [{ ...networkContract, version: 99 }],
};

/** A stack of nothing but outputs: what contracts give to whoever consumes them. k8s-platform's, which may consume all of them. */
synthesize((app, environment) => {
  const [cluster = ""] = Object.keys(environment.clusters);
  const stack = new WorkspaceStack(app, { workspace: k8sPlatform, stack: "consumer", environment, cluster });
  for (const contract of contracts[process.env["E2E_CONTRACTS"] ?? "served"] ?? []) {
    const values: Readonly<Record<string, unknown>> = consume(stack, contract);
    const plain = Object.entries(values).map(([key, value]): [string, unknown] => [
      key,
      isOpaque(value) ? Token.asAny(value.reference) : value,
    ]);
    new TerraformOutput(stack, contract.name, { value: Object.fromEntries(plain), staticId: true });
  }
});

function isOpaque(value: unknown): value is OpaqueNumber | OpaqueBoolean {
  return typeof value === "object" && value !== null && "opaque" in value;
}
