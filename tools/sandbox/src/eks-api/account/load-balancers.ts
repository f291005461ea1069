import {
  type Action,
  DescribeRulesCommand,
  type ElasticLoadBalancingV2Client,
  paginateDescribeListeners,
  paginateDescribeLoadBalancers,
  type Rule,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import type { TargetGroupHosts } from "../hosts";

/** Load balancers of the local AWS. */
export class LoadBalancers {
  constructor(private readonly client: ElasticLoadBalancingV2Client) {}

  /** Host names that rules of listeners lead to each target group, by its ARN: whatever share of the requests it gets. */
  async hostsOfTargetGroups(): Promise<TargetGroupHosts> {
    const hosts = new Map<string, string[]>();
    for (const listener of await this.#listeners()) {
      const { Rules = [] } = await this.client.send(new DescribeRulesCommand({ ListenerArn: listener }));
      for (const rule of Rules)
        for (const group of (rule.Actions ?? []).flatMap(targetGroupsOf))
          hosts.set(group, [...(hosts.get(group) ?? []), ...hostsOf(rule)]);
    }
    return hosts;
  }

  async #listeners(): Promise<string[]> {
    const { client } = this;
    const arns: string[] = [];
    for await (const { LoadBalancers = [] } of paginateDescribeLoadBalancers({ client }, {}))
      for (const { LoadBalancerArn } of LoadBalancers)
        for await (const { Listeners = [] } of paginateDescribeListeners({ client }, { LoadBalancerArn }))
          arns.push(...Listeners.flatMap(({ ListenerArn }) => ListenerArn ?? []));
    return arns;
  }
}

function targetGroupsOf({ TargetGroupArn, ForwardConfig }: Action): string[] {
  const groups = [TargetGroupArn, ...(ForwardConfig?.TargetGroups ?? []).map((group) => group.TargetGroupArn)];
  return [...new Set(groups.filter((arn) => arn !== undefined))];
}

function hostsOf({ Conditions = [] }: Rule): string[] {
  return Conditions.flatMap(({ Field, HostHeaderConfig, Values }) =>
    Field === "host-header" ? (HostHeaderConfig?.Values ?? Values ?? []) : [],
  );
}
