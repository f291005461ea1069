import { type Aws, type Tags } from "./aws";
import { bindingsOf, setBindings } from "./stack-bindings";
import type { Controller } from "./controller";
import { setListeners } from "./listeners";
import { allLoadBalancers, deleteLoadBalancer, ensureLoadBalancer } from "./load-balancers";
import { backendSecurityGroupName } from "./names";
import { Ownership } from "./ownership";
import type { LoadBalancerPlan } from "./plan";
import { deleteSecurityGroup, ensureSecurityGroup, setInboundRules } from "./security-groups";
import { findSubnets } from "./subnets";
import { setWebAcl } from "./web-acls";
import { deleteTargetGroup, ensureTargetGroups, ownTargetGroups } from "./target-groups";

const MANAGED_GROUP = "ManagedLBSecurityGroup";

/** What is in AWS and in the cluster for one group of Ingresses or one Service. */
export class Stack {
  readonly #ownership: Ownership;

  /** @param prefix of its tags and labels, e.g. ingress.k8s.aws */
  constructor(
    private readonly controller: Controller,
    private readonly prefix: string,
    private readonly id: string,
  ) {
    this.#ownership = new Ownership(controller.flavor.clusterTag, controller.cluster, prefix, id);
  }

  /** Brings all of it into line. @returns the load balancer's DNS name, and whether everything that is no longer planned has gone */
  async deploy(aws: Aws, plan: LoadBalancerPlan): Promise<{ readonly dnsName: string; readonly settled: boolean }> {
    const subnets = await findSubnets(aws, this.controller.cluster, plan);
    const { attached, peer } = await this.#securityGroups(aws, plan);
    const targetGroups = await ensureTargetGroups(aws, this.#ownership, plan);
    const { arn, dnsName } = await ensureLoadBalancer(aws, this.#ownership, plan, {
      subnets,
      securityGroups: attached,
    });
    await setListeners(aws, this.#ownership, plan, { loadBalancerArn: arn, targetGroups });
    await setBindings(this.controller, this.prefix, plan, { targetGroups, peer });
    if (this.controller.guards && plan.webAcl !== undefined) await setWebAcl(aws.webAcls, arn, plan.webAcl);
    const settled = await this.#deleteTargetGroups(aws, [...targetGroups.values()]);
    return { dnsName, settled };
  }

  /** Takes all of it away. @returns whether all has gone; if not, it is to be called again */
  async destroy(aws: Aws): Promise<boolean> {
    const { kubernetes, flavor } = this.controller;
    const own = (await allLoadBalancers(aws)).filter(({ tags }) => this.#ownership.owns(tags));
    for (const { arn } of own) await deleteLoadBalancer(aws, arn);
    for (const { metadata } of await bindingsOf(this.controller, this.prefix, this.id)) {
      await kubernetes.delete(flavor.bindings, metadata);
    }
    if (!(await this.#deleteTargetGroups(aws, []))) return false;
    await deleteSecurityGroup(aws, this.#ownership.tagsOf(MANAGED_GROUP));
    return true;
  }

  /** Deletes target groups, but for those to keep, that no binding is about any more: until then it has targets. */
  async #deleteTargetGroups(aws: Aws, kept: readonly string[]): Promise<boolean> {
    const bindings = await bindingsOf(this.controller, this.prefix, this.id);
    const bound = bindings.map(({ spec }) => spec.targetGroupARN);
    const obsolete = (await ownTargetGroups(aws, this.#ownership)).filter(({ arn }) => !kept.includes(arn));
    for (const { arn } of obsolete) if (!bound.includes(arn)) await deleteTargetGroup(aws, arn);
    return bindings.every(({ spec }) => kept.includes(spec.targetGroupARN ?? ""));
  }

  /** Groups that the load balancer is in, and the one that its targets let in. */
  async #securityGroups(aws: Aws, plan: LoadBalancerPlan): Promise<{ attached: string[]; peer: string }> {
    const { securityGroups } = plan;
    if ("ids" in securityGroups) {
      await deleteSecurityGroup(aws, this.#ownership.tagsOf(MANAGED_GROUP));
      const peer = await ensureBackendSecurityGroup(this.controller, aws, plan.tags);
      return { attached: [...securityGroups.ids, peer], peer };
    }
    const about = { name: plan.name, description: "[k8s] Managed SecurityGroup for LoadBalancer" };
    const own = await ensureSecurityGroup(aws, about, this.#ownership.tagsOf(MANAGED_GROUP), plan.tags);
    const rules = securityGroups.inbound.map(({ port, protocol, cidr }) => ({
      protocol,
      from: port,
      to: port,
      peer: { cidr },
    }));
    await setInboundRules(aws, own, rules);
    const peer = await ensureBackendSecurityGroup(this.controller, aws, plan.tags);
    return { attached: [own, peer], peer };
  }
}

/** The security group that all load balancers of the cluster are in, and that its pods let in. @returns its id */
async function ensureBackendSecurityGroup(controller: Controller, aws: Aws, tags: Tags): Promise<string> {
  const name = backendSecurityGroupName(controller.cluster);
  const about = { name, description: "[k8s] Shared Backend SecurityGroup for LoadBalancer" };
  return ensureSecurityGroup(aws, about, backendTags(controller), tags);
}

/** Deletes the shared group once no load balancer of the cluster is left. */
export async function deleteUnusedBackendSecurityGroup(controller: Controller, aws: Aws): Promise<void> {
  const { clusterTag } = controller.flavor;
  const used = (await allLoadBalancers(aws)).some(({ tags }) => tags[clusterTag] === controller.cluster);
  if (!used) await deleteSecurityGroup(aws, backendTags(controller));
}

function backendTags({ flavor, cluster }: Controller): Tags {
  return { [flavor.clusterTag]: cluster, [flavor.backendTag]: "backend-sg" };
}
