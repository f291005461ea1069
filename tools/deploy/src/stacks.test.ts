import path from "node:path";
import { synthesizedStacks } from "./stacks";
import { stateAt, synthesizedOutput } from "./testing/repository";

const network = { id: "dev-network", state: stateAt("dev/infra/network.tfstate") };
const dns = { id: "dev-dns", state: stateAt("dev/infra/dns.tfstate"), reads: [network.state] };

it("reads what a synth wrote", () => {
  const outdir = synthesizedOutput(network, dns);
  const [, stack] = synthesizedStacks(outdir);
  expect(stack).toEqual({
    id: "dev-dns",
    directory: path.join(outdir, "stacks/dev-dns"),
    state: dns.state,
    reads: [network.state],
    after: [],
    team: "infra",
    providers: [{ source: "aws", version: "5.100.0" }],
    boundaries: [],
    protected: [],
    logGroups: [],
    hasIngresses: false,
    resources: 3,
  });
});

it("knows which stacks its project deploys before it", () => {
  const [stack] = synthesizedStacks(synthesizedOutput({ ...network, after: ["dev-keys"] }));
  expect(stack?.after).toEqual(["dev-keys"]);
});

it("names each boundary of its roles once", () => {
  const [stack] = synthesizedStacks(synthesizedOutput({ ...network, boundaries: ["one", "two", "one"] }));
  expect(stack?.boundaries).toEqual(["one", "two"]);
});

it("names what Terraform may not destroy, and by which setting", () => {
  const [stack] = synthesizedStacks(synthesizedOutput({ ...network, keeps: true }));
  expect(stack?.protected).toEqual(["aws_kms_key.kept (retain.logs)"]);
});

it("names the log groups that a destroy takes away, and none that is kept or that only Terraform can name", () => {
  const logGroups = [{ name: "/logs/a" }, { name: "/logs/b", skip_destroy: true }, { name: "/logs/${var.c}" }];
  const [stack] = synthesizedStacks(synthesizedOutput({ ...network, logGroups }));
  expect(stack?.logGroups).toEqual([{ name: "/logs/a", region: "eu-west-1" }]);
});

it("knows states in folders too", () => {
  const state = { kind: "local" as const, path: "/states/dev/infra/network.tfstate" };
  const reader = { id: "dev-dns", state: { ...state, path: "/states/dev/infra/dns.tfstate" }, reads: [state] };
  const [first, second] = synthesizedStacks(synthesizedOutput({ id: "dev-network", state }, reader));
  expect(first).toMatchObject({ id: "dev-network", state });
  expect(second).toMatchObject({ id: "dev-dns", reads: [state] });
});
