import { z } from "zod";
import data from "./chart-webhooks.json";

/** Selectors as Kubernetes writes them. */
export const expressions = z.array(
  z.object({ key: z.string(), operator: z.string(), values: z.array(z.string()).default([]) }),
);
const webhook = z.object({
  name: z.string(),
  kind: z.enum(["MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"]),
  failurePolicy: z.enum(["Fail", "Ignore"]),
  namespaceSelector: expressions.default([]),
  objectSelector: expressions.default([]),
  rules: z.array(z.object({ operations: z.array(z.string()), resources: z.array(z.string()) })),
});

/** A webhook of a real chart. */
export type Webhook = z.output<typeof webhook>;

/** What each real chart puts between the API server and whoever asks it, by the chart's name: read from the rendered chart. */
export const asked = z
  .record(z.string(), z.object({ version: z.string(), webhooks: z.array(webhook), apiServices: z.array(z.string()) }))
  .parse(data);

/** Who waits while nobody answers, by the name of the webhook or the APIService. */
export const whoWaits: Readonly<Record<string, string>> = {
  "mpod.elbv2.k8s.aws":
    "Teams: no pod of an app is made, nor one of Traefik. Rollouts stand still, lost pods stay lost, autoscalers add none. Pods that run go on.",
  "quicid.elbv2.k8s.aws": "Nobody: no namespace has the label.",
  "alb-target-control.namespace.elbv2.k8s.aws": "Nobody: no namespace has the label.",
  "alb-target-control.object.elbv2.k8s.aws": "Whoever labels a pod so: that pod is not made.",
  "mtargetgroupbinding.elbv2.k8s.aws": "Whoever binds pods to a target group. Else only the controller itself does.",
  "vingressclassparams.elbv2.k8s.aws": "The platform: a deploy that changes a team's load balancer fails.",
  "vtargetgroupbinding.elbv2.k8s.aws": "Whoever binds pods to a target group. Else only the controller itself does.",
  "vingress.elbv2.k8s.aws":
    "Teams: a deploy that changes an Ingress fails, whatever its class. Taking one away does not ask.",
  "v1beta1.metrics.k8s.io":
    "Teams: autoscalers leave the number of pods as it is. The platform: a namespace that is taken away hangs.",
};

/**
 * The table for whoever is on call: a row for all that is asked.
 * @param asInstalled a chart's webhook, as the values make it that the platform gives
 */
export function awayTable(asInstalled: (webhook: Webhook) => Webhook): string[] {
  const rows = Object.entries(asked).flatMap(([chart, { webhooks, apiServices }]) => [
    ...webhooks
      .map(asInstalled)
      .map((one) => [chart, code(one.name), questionOf(one), one.failurePolicy, whoWaits[one.name] ?? ""]),
    ...apiServices.map((name) => [chart, code(name), "all requests of this API", "Fail", whoWaits[name] ?? ""]),
  ]);
  return rows.map((cells) => `| ${cells.join(" | ")} |`);
}

/** Such as: CREATE pods, in namespaces with `a` in `b`. */
function questionOf({ rules, namespaceSelector, objectSelector }: Webhook): string {
  const what = rules.map(({ operations, resources }) => `${operations.join(", ")} ${resources.join(", ")}`).join("; ");
  // The controller's own objects are never asked about.
  const objects = objectSelector.filter(({ key }) => key !== "app.kubernetes.io/name");
  return [
    what,
    ...namespaceSelector.map((selector) => `in namespaces with ${selectorText(selector)}`),
    ...objects.map((selector) => `with ${selectorText(selector)}`),
  ].join(", ");
}

function selectorText({ key, operator, values }: Webhook["namespaceSelector"][number]): string {
  if (operator === "DoesNotExist") return `no label ${code(key)}`;
  return `${code(key)} ${operator === "NotIn" ? "not " : ""}${values.join(" or ")}`;
}

function code(text: string): string {
  return `\`${text}\``;
}
