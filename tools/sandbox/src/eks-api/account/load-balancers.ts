import {
  type Action,
  DescribeRulesCommand,
  type ElasticLoadBalancingV2Client,
  paginateDescribeListeners,
  paginateDescribeLoadBalancers,
  type Rule,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { unlessNotFound } from "../../load-balancers-gone";
import type { TargetGroupHosts } from "../hosts";

/** A rule of a listener that leads host names to target groups. */
export interface ForwardingRule {
  readonly hosts: readonly string[];
  readonly groups: readonly {
    readonly arn: string;
    /** Share of the requests, against those of the others. */
    readonly weight: number;
  }[];
}

/** Load balancers of the local AWS. */
export class LoadBalancers {
  constructor(private readonly client: ElasticLoadBalancingV2Client) {}

  /** Host names that rules of listeners lead to each target group, by its ARN: whatever share of the requests it gets. */
  async hostsOfTargetGroups(): Promise<TargetGroupHosts> {
    const found = new Map<string, string[]>();
    for (const { hosts, groups } of await this.forwardingRules())
      for (const { arn } of groups) found.set(arn, [...(found.get(arn) ?? []), ...hosts]);
    return found;
  }

  /** Of what has gone meanwhile there are none. */
  async forwardingRules(): Promise<ForwardingRule[]> {
    const rules: ForwardingRule[] = [];
    for (const ListenerArn of await this.#listeners()) {
      const described = await unlessNotFound(this.client.send(new DescribeRulesCommand({ ListenerArn })));
      for (const rule of described?.Rules ?? [])
        rules.push({ hosts: hostsOf(rule), groups: (rule.Actions ?? []).flatMap(groupsOf) });
    }
    return rules;
  }

  async #listeners(): Promise<string[]> {
    const { client } = this;
    const arns: string[] = [];
    for await (const { LoadBalancers = [] } of paginateDescribeLoadBalancers({ client }, {}))
      for (const { LoadBalancerArn = "" } of LoadBalancers)
        arns.push(...((await unlessNotFound(this.#listenersOf(LoadBalancerArn))) ?? []));
    return arns;
  }

  async #listenersOf(LoadBalancerArn: string): Promise<string[]> {
    const arns: string[] = [];
    for await (const { Listeners = [] } of paginateDescribeListeners({ client: this.client }, { LoadBalancerArn }))
      arns.push(...Listeners.flatMap(({ ListenerArn }) => ListenerArn ?? []));
    return arns;
  }
}

/** ELB gives a single group twice: as the action's own, and as the only one of its weights. */
function groupsOf({ TargetGroupArn, ForwardConfig }: Action): ForwardingRule["groups"][number][] {
  const weighted = (ForwardConfig?.TargetGroups ?? []).flatMap(({ TargetGroupArn: arn, Weight = 1 }) =>
    arn === undefined ? [] : { arn, weight: Weight },
  );
  if (TargetGroupArn === undefined || weighted.some(({ arn }) => arn === TargetGroupArn)) return weighted;
  return [{ arn: TargetGroupArn, weight: 1 }, ...weighted];
}

function hostsOf({ Conditions = [] }: Rule): string[] {
  return Conditions.flatMap(({ Field, HostHeaderConfig, Values }) =>
    Field === "host-header" ? (HostHeaderConfig?.Values ?? Values ?? []) : [],
  );
}
