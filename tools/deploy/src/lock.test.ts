import { lockSentence } from "./lock";
import { lockIn } from "./lock-info";
import { deployableStack } from "./testing/stack";

/** As Terraform 1.11 writes it into the bucket. */
const written = JSON.stringify({
  ID: "3dc13ba3-4183-3f0f-ef50-56fb19261d5c",
  Operation: "OperationTypeApply",
  Info: "",
  Who: "ada@workstation",
  Version: "1.11.4",
  Created: "2026-11-20T18:47:21.391737666Z",
  Path: "states/dev/infra/network.tfstate",
});

const stack = deployableStack({
  id: "dev-network",
  directory: `${process.cwd()}/.deploy/infra-1/stacks/dev-network`,
});

it("tells who holds a state since when, for what, and how to release it", () => {
  vi.useFakeTimers({ now: new Date("2026-11-20T19:00:00Z") });
  const lock = lockIn(written);
  expect(lock && lockSentence({ stack, lock })).toBe(
    "The state of dev-network is locked by ada@workstation since 2026-11-20T18:47:21.391Z (13 minutes), for terraform apply: wait until that ends or, if nothing runs there any more, release it: terraform -chdir=.deploy/infra-1/stacks/dev-network init && terraform -chdir=.deploy/infra-1/stacks/dev-network force-unlock 3dc13ba3-4183-3f0f-ef50-56fb19261d5c",
  );
  vi.useRealTimers();
});

it.each(["", "{", '{"ID":"1"}'])("takes %j for no lock", (content) => {
  expect(lockIn(content)).toBeUndefined();
});
