import {
  type Action,
  AddListenerCertificatesCommand,
  CreateListenerCommand,
  CreateRuleCommand,
  DeleteListenerCommand,
  DeleteRuleCommand,
  DescribeListenerCertificatesCommand,
  DescribeListenersCommand,
  DescribeRulesCommand,
  type Listener,
  ModifyListenerCommand,
  ModifyRuleCommand,
  RemoveListenerCertificatesCommand,
  type Rule,
  type RuleCondition,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { type Aws, present, tagList } from "./aws";
import type { Ownership } from "./ownership";
import type { ActionPlan, ListenerPlan, LoadBalancerPlan, RulePlan } from "./plan";

/** What the listeners of a plan need that was made before them. */
export interface ListenerSurroundings {
  readonly loadBalancerArn: string;
  /** ARNs of target groups by name. */
  readonly targetGroups: ReadonlyMap<string, string>;
}

/** Brings the listeners of a load balancer and their rules into line with its plan: it has these ports, and no others. */
export async function setListeners(
  aws: Aws,
  ownership: Ownership,
  plan: LoadBalancerPlan,
  around: ListenerSurroundings,
): Promise<void> {
  const { loadBalancerArn: LoadBalancerArn } = around;
  const { Listeners = [] } = await aws.elb.send(new DescribeListenersCommand({ LoadBalancerArn }));
  for (const { Port, ListenerArn } of Listeners) {
    if (plan.listeners.some(({ port }) => port === Port)) continue;
    await aws.elb.send(new DeleteListenerCommand({ ListenerArn }));
  }
  for (const listener of plan.listeners) {
    const found = Listeners.find(({ Port }) => Port === listener.port);
    const arn = await ensureListener(aws, ownership, plan, listener, found, around);
    await setCertificates(aws, arn, listener.certificates);
    if (plan.type === "application") await setRules(aws, ownership, plan, listener, arn, around);
  }
}

async function ensureListener(
  { elb }: Aws,
  ownership: Ownership,
  plan: LoadBalancerPlan,
  { port, protocol, certificates, sslPolicy, defaultAction }: ListenerPlan,
  found: Listener | undefined,
  around: ListenerSurroundings,
): Promise<string> {
  const asked = {
    Port: port,
    Protocol: protocol,
    DefaultActions: [actionOf(defaultAction, around)],
    ...(sslPolicy === undefined ? {} : { SslPolicy: sslPolicy }),
    ...(certificates[0] === undefined ? {} : { Certificates: [{ CertificateArn: certificates[0] }] }),
  };
  if (found?.ListenerArn !== undefined) {
    await elb.send(new ModifyListenerCommand({ ListenerArn: found.ListenerArn, ...asked }));
    return found.ListenerArn;
  }
  const Tags = tagList({ ...plan.tags, ...ownership.tagsOf(String(port)) });
  const command = new CreateListenerCommand({ LoadBalancerArn: around.loadBalancerArn, ...asked, Tags });
  return present((await elb.send(command)).Listeners?.[0]?.ListenerArn, "listener");
}

/** The first certificate is the listener's own; the others are chosen by host name. */
async function setCertificates({ elb }: Aws, ListenerArn: string, wanted: readonly string[]): Promise<void> {
  if (wanted.length === 0) return;
  const { Certificates = [] } = await elb.send(new DescribeListenerCertificatesCommand({ ListenerArn }));
  const current = Certificates.map(({ CertificateArn = "" }) => CertificateArn);
  const asked = (arns: readonly string[]) => arns.map((CertificateArn) => ({ CertificateArn }));
  const missing = wanted.filter((arn) => !current.includes(arn));
  const extra = current.filter((arn) => !wanted.includes(arn));
  if (missing.length > 0) {
    await elb.send(new AddListenerCertificatesCommand({ ListenerArn, Certificates: asked(missing) }));
  }
  if (extra.length > 0)
    await elb.send(new RemoveListenerCertificatesCommand({ ListenerArn, Certificates: asked(extra) }));
}

/** By priority: what stands at one is changed into what is to stand there, as the real controller does. */
async function setRules(
  { elb }: Aws,
  ownership: Ownership,
  plan: LoadBalancerPlan,
  { port, rules }: ListenerPlan,
  ListenerArn: string,
  around: ListenerSurroundings,
): Promise<void> {
  const { Rules = [] } = await elb.send(new DescribeRulesCommand({ ListenerArn }));
  for (const [index, rule] of rules.entries()) {
    const priority = index + 1;
    const wanted = { Conditions: conditionsOf(rule), Actions: [actionOf(rule.action, around)] };
    const found = Rules.find(({ Priority }) => Priority === String(priority));
    if (found === undefined) {
      const Tags = tagList({ ...plan.tags, ...ownership.tagsOf(`${port}:${priority}`) });
      await elb.send(new CreateRuleCommand({ ListenerArn, Priority: priority, ...wanted, Tags }));
    } else if (!isSame(found, wanted)) {
      await elb.send(new ModifyRuleCommand({ RuleArn: found.RuleArn, ...wanted }));
    }
  }
  for (const { RuleArn, Priority, IsDefault } of Rules) {
    if (IsDefault !== true && Number(Priority) > rules.length) await elb.send(new DeleteRuleCommand({ RuleArn }));
  }
}

function conditionsOf({ host, paths }: RulePlan): RuleCondition[] {
  return [
    ...(host === undefined || host === "" ? [] : [{ Field: "host-header", HostHeaderConfig: { Values: [host] } }]),
    ...(paths.length === 0 ? [] : [{ Field: "path-pattern", PathPatternConfig: { Values: [...paths] } }]),
  ];
}

function actionOf(plan: ActionPlan, { targetGroups }: ListenerSurroundings): Action {
  switch (plan.kind) {
    case "forward":
      return { Type: "forward", TargetGroupArn: present(targetGroups.get(plan.targetGroup), plan.targetGroup) };
    case "redirect":
      return { Type: "redirect", RedirectConfig: { Protocol: "HTTPS", Port: plan.port, StatusCode: "HTTP_301" } };
    case "fixed-response":
      return {
        Type: "fixed-response",
        FixedResponseConfig: { StatusCode: plan.status, ContentType: "text/plain" },
      };
  }
}

function isSame(rule: Rule, wanted: { readonly Conditions: RuleCondition[]; readonly Actions: Action[] }): boolean {
  return summary(rule.Conditions, rule.Actions) === summary(wanted.Conditions, wanted.Actions);
}

function summary(conditions: readonly RuleCondition[] = [], actions: readonly Action[] = []): string {
  const matched = conditions.map(({ Field, HostHeaderConfig, PathPatternConfig, Values }) => [
    Field,
    HostHeaderConfig?.Values ?? PathPatternConfig?.Values ?? Values,
  ]);
  const done = actions.map(({ Type, TargetGroupArn, ForwardConfig }) => [
    Type,
    TargetGroupArn ?? ForwardConfig?.TargetGroups?.[0]?.TargetGroupArn,
  ]);
  return JSON.stringify([matched, done]);
}
