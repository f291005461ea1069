import { createServer, type Server } from "node:http";
import { madeByControllers, whatIsLeft, whatIsLeftOf } from "./inventory";
import { listen } from "./loopback/listening";

const thing = (type: string, environment?: string, reason?: string) => ({
  account: "123456789012",
  region: "eu-west-1",
  service: "ec2",
  type,
  id: `${type}-1`,
  name: environment ?? null,
  tags: environment === undefined ? {} : { environment },
  ...(reason === undefined ? {} : { reason }),
});

const answers: Record<string, object> = {
  "/_sandbox/inventory": {
    resources: [thing("vpc", "dev"), thing("vpc", "prod"), thing("network-interface")],
    kept: [thing("nat-gateway", "dev", "EC2 goes on listing it")],
  },
  "/_sandbox/state": { clusters: ["dev-a", "prod-a"], addons: ["dev-a/coredns"] },
};

let server: Server;
let local: { awsUrl: string; eksUrl: string; region: string };

beforeAll(async () => {
  server = createServer((request, response) => response.end(JSON.stringify(answers[request.url ?? ""])));
  const url = `http://127.0.0.1:${String(await listen(server))}`;
  local = { awsUrl: url, eksUrl: url, region: "eu-west-1" };
});

afterAll(() => {
  server.close();
  server.closeAllConnections();
});

it("lists everything that either server holds, and apart what AWS itself keeps", async () => {
  expect(await whatIsLeft(local)).toEqual({
    behind: [
      "ec2 vpc vpc-1 (dev)",
      "ec2 vpc vpc-1 (prod)",
      "ec2 network-interface network-interface-1",
      "eks clusters dev-a",
      "eks clusters prod-a",
      "eks addons dev-a/coredns",
    ],
    kept: ["ec2 nat-gateway nat-gateway-1 (dev): EC2 goes on listing it"],
  });
});

it("tells what the settings keep from what a service made anew", async () => {
  const inventory = answers["/_sandbox/inventory"];
  const logs = { ...thing("log-group", "dev"), service: "logs", name: null };
  answers["/_sandbox/inventory"] = { resources: [logs, { ...logs, id: "anew", tags: {} }], kept: [] };
  const { behind, kept } = await whatIsLeft(local);
  answers["/_sandbox/inventory"] = inventory ?? {};
  expect(behind).toContain("logs log-group anew");
  expect(kept).toEqual(["logs log-group log-group-1: the settings keep it"]);
});

it("lists what is one environment's while another one is there", async () => {
  const { behind } = await whatIsLeft(local, "prod");
  expect(behind).toEqual(["ec2 vpc vpc-1 (prod)", "eks clusters prod-a"]);
});

it("knows what controllers made for apps: not the cluster's own, and no record that a stack made", async () => {
  const record = (id: string, environment: string) => ({ ...thing("record", environment), service: "route53", id });
  const balancer = { ...thing("load-balancer"), name: "k8s-pets", tags: { "elbv2.k8s.aws/cluster": "dev-a" } };
  answers["/_sandbox/inventory"] = {
    resources: [
      thing("vpc", "dev"),
      balancer,
      { ...balancer, name: "k8s-other", tags: { "elbv2.k8s.aws/cluster": "dev-b" } },
      record("petstore.dev.example.com. A", "dev"),
      record("shop.dev.example.com. A dev-a-alb-ingress", "dev"),
      record("shop.dev.example.com. A dev-b-alb-ingress", "dev"),
      record("_validation.dev.example.com. CNAME", "dev"),
      record("petstore.prod.example.com. A", "prod"),
    ],
    kept: [],
  };
  const own = new Set(["_validation.dev.example.com CNAME"]);
  expect(await madeByControllers(local, { environment: "dev", cluster: "dev-a", own })).toEqual([
    "load-balancer k8s-pets",
    "record petstore.dev.example.com A",
    "record shop.dev.example.com A dev-a-alb-ingress",
  ]);
});

it("knows what is left of one cluster, and nothing of another one or of a stack", async () => {
  const inventory = answers["/_sandbox/inventory"] ?? {};
  const ids = ["shop.dev.example.com. A dev-a-alb-ingress", "shop.dev.example.com. A dev-b-alb-ingress"];
  const resources = [...ids, "_validation.dev.example.com. CNAME"].map((id) => ({ ...thing("record", "dev"), id }));
  answers["/_sandbox/inventory"] = { resources, kept: [] };
  const leftOf = (cluster: string) =>
    whatIsLeftOf(local, { environment: "dev", cluster, own: new Set(["_validation.dev.example.com CNAME"]) });
  expect(await leftOf("dev-a")).toEqual([
    "eks clusters dev-a",
    "eks addons dev-a/coredns",
    "record shop.dev.example.com A dev-a-alb-ingress",
  ]);
  expect(await leftOf("dev-b")).toEqual(["record shop.dev.example.com A dev-b-alb-ingress"]);
  answers["/_sandbox/inventory"] = inventory;
});
