import path from "node:path";
import { synthesizedStacks } from "./stacks";
import { stateAt, synthesizedOutput } from "./testing/repository";

const network = { id: "dev-network", state: stateAt("dev/infra/network.tfstate") };
const dns = { id: "dev-dns", state: stateAt("dev/infra/dns.tfstate"), reads: [network.state] };
const cluster = {
  id: "dev-a-cluster",
  state: stateAt("dev/a/infra/cluster.tfstate"),
  reads: [dns.state, network.state],
};
const prod = { id: "prod-network", state: stateAt("prod/infra/network.tfstate") };

it("reads what a synth wrote, each stack after those that it reads", () => {
  const outdir = synthesizedOutput(cluster, dns, prod, network);
  const stacks = synthesizedStacks(outdir, "dev-");
  expect(stacks.map(({ id }) => id)).toEqual(["dev-network", "dev-dns", "dev-a-cluster"]);
  expect(stacks[1]).toEqual({
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
    resources: 3,
  });
});

it("puts a stack after one that its project deploys first, though it reads nothing of it", () => {
  const tenancy = { id: "dev-a-tenancy", state: stateAt("dev/a/k8s-platform/tenancy.tfstate"), after: ["dev-network"] };
  const [first, second] = synthesizedStacks(synthesizedOutput(tenancy, network), "dev-");
  expect([first?.id, second?.id]).toEqual(["dev-network", "dev-a-tenancy"]);
});

it("names each boundary of its roles once", () => {
  const [stack] = synthesizedStacks(synthesizedOutput({ ...network, boundaries: ["one", "two", "one"] }), "dev-");
  expect(stack?.boundaries).toEqual(["one", "two"]);
});

it("names what Terraform may not destroy", () => {
  const [stack] = synthesizedStacks(synthesizedOutput({ ...network, keeps: true }), "dev-");
  expect(stack?.protected).toEqual(["aws_kms_key.kept"]);
});

it("names the log groups that a destroy takes away, and none that is kept or that only Terraform can name", () => {
  const logGroups = [{ name: "/logs/a" }, { name: "/logs/b", skip_destroy: true }, { name: "/logs/${var.c}" }];
  const [stack] = synthesizedStacks(synthesizedOutput({ ...network, logGroups }), "dev-");
  expect(stack?.logGroups).toEqual([{ name: "/logs/a", region: "eu-west-1" }]);
});

it("knows states in folders too", () => {
  const state = { kind: "local" as const, path: "/states/dev/infra/network.tfstate" };
  const reader = { id: "dev-dns", state: { ...state, path: "/states/dev/infra/dns.tfstate" }, reads: [state] };
  const [first, second] = synthesizedStacks(synthesizedOutput(reader, { id: "dev-network", state }), "dev-");
  expect(first).toMatchObject({ id: "dev-network", state });
  expect(second).toMatchObject({ id: "dev-dns", reads: [state] });
});
