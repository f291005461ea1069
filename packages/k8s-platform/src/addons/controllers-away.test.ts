import { readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { asked, awayTable, expressions, type Webhook, whoWaits } from "../testing/controllers-away";
import { addonsStack, dev, releaseNamed, tenancyStack, valuesOf } from "../testing/platform";
import { addons } from "./registry";

const RUNBOOK = path.resolve(__dirname, "../../../../docs/runbooks/controllers-away.md");

/** What the values of the load balancer controller decide of its chart's webhooks. */
const controller = z
  .looseObject({
    podMutatorWebhookConfig: z.object({ failurePolicy: z.enum(["Fail", "Ignore"]) }),
    objectSelector: z.object({ matchExpressions: expressions }),
    enableServiceMutatorWebhook: z.literal(false),
  })
  .parse(valuesOf(releaseNamed(addonsStack(), "aws-load-balancer-controller"))[0]);

const POD_GATES = "mpod.elbv2.k8s.aws";

/** The chart lays our selector over that of two of its webhooks, and our policy over that of one. */
function asInstalled(webhook: Webhook): Webhook {
  if (![POD_GATES, "quicid.elbv2.k8s.aws"].includes(webhook.name)) return webhook;
  const objectSelector = [...webhook.objectSelector, ...controller.objectSelector.matchExpressions];
  const { failurePolicy } = webhook.name === POD_GATES ? controller.podMutatorWebhookConfig : webhook;
  return { ...webhook, objectSelector, failurePolicy };
}

type Exposure = (typeof dev.exposures)[number];
const BY_ALB: Exposure = { kind: "alb-ingress", scheme: "internet-facing" };

/** Namespaces of an environment whose apps are exposed so. */
function namespaces(exposure: Exposure) {
  const found = tenancyStack({ ...dev, exposures: [exposure] }).resources("kubernetes_namespace_v1");
  const made = z.object({ name: z.string(), labels: z.record(z.string(), z.string()) });
  return found.map(({ metadata }) => made.parse(metadata));
}

/** Namespaces in which that webhook is asked. */
function reach(name: string, exposure = BY_ALB): string[] {
  const webhook = Object.values(asked).flatMap(({ webhooks }) => webhooks.filter((one) => one.name === name))[0];
  const selects = (labels: Readonly<Record<string, string>>) =>
    webhook?.namespaceSelector.every(({ key, operator, values }) =>
      operator === "DoesNotExist" ? !(key in labels) : values.includes(labels[key] ?? ""),
    );
  return namespaces(exposure).flatMap((namespace) => (selects(namespace.labels) === true ? namespace.name : []));
}

describe("while a controller is away", () => {
  it("what is asked of it is known of the pinned version of every add-on's chart", () => {
    const known = Object.fromEntries(Object.entries(asked).map(([name, { version }]) => [name, version]));
    expect(known).toEqual(Object.fromEntries(addons.map(({ chart }) => [chart.name, chart.version])));
  });

  it("who waits is known of each webhook and API, and of nothing else", () => {
    const names = Object.values(asked).flatMap(({ webhooks, apiServices }) => [
      ...webhooks.map(({ name }) => name),
      ...apiServices,
    ]);
    expect(Object.keys(whoWaits).sort()).toEqual(names.sort());
  });

  it("the runbook says so, row by row (if not: these are the rows)", () => {
    const rows = awayTable(asInstalled);
    const lines = readFileSync(RUNBOOK, "utf8").split("\n");
    const table = lines.filter((line) => line.startsWith("| ")).map((line) => line.replace(/ +/g, " "));
    expect(table.filter((line) => addons.some(({ chart }) => line.startsWith(`| ${chart.name} `)))).toEqual(rows);
  });

  it("teams' pods are not made without the gate that their rollouts wait for, but for a Job's", () => {
    expect(controller.podMutatorWebhookConfig.failurePolicy).toBe("Fail");
    expect(controller.objectSelector.matchExpressions).toMatchObject([
      { key: "batch.kubernetes.io/job-name", operator: "DoesNotExist" },
    ]);
    expect(reach(POD_GATES).sort()).toEqual(Object.keys(dev.teams).sort());
    expect(reach(POD_GATES, { kind: "traefik", scheme: "internal" })).toEqual([]);
  });

  it("no namespace is one of those that the runbook says nobody has", () => {
    const nobody = Object.keys(whoWaits).filter((name) => whoWaits[name]?.startsWith("Nobody") === true);
    expect(nobody.map((name) => reach(name))).toEqual(nobody.map(() => []));
  });

  it("nobody who makes the controllers' own pods or nodes is asked: they come back by themselves", () => {
    const system = Object.values(asked).flatMap(({ webhooks }) =>
      webhooks.filter(
        ({ rules, namespaceSelector, objectSelector }) =>
          rules.some(({ resources }) => resources.some((one) => ["pods", "nodes", "services", "*"].includes(one))) &&
          namespaceSelector.every(({ operator }) => operator === "DoesNotExist") &&
          objectSelector.every(({ operator }) => operator !== "In"),
      ),
    );
    expect(system).toEqual([]);
  });
});
