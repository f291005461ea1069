import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { chosenId } from "@demarc/shared/stack";
import { Construct } from "constructs";
import type { ComputeProps } from "../compute";

/** What pods of teams ask the cluster's own group for: the Kubernetes API, and CoreDNS. */
const ASKED = [
  { id: "api", what: "Kubernetes API", ipProtocol: "tcp", port: 443 },
  { id: "dns", what: "DNS", ipProtocol: "udp", port: 53 },
  { id: "dns-tcp", what: "DNS", ipProtocol: "tcp", port: 53 },
] as const;

/** From where on pods may listen. The kubelet of each, which the control plane and metrics-server ask, has 10250. */
const PORTS = { fromPort: 1024, toPort: 65_535 };

/**
 * What keeps the pods of teams apart on Fargate, where no NetworkPolicy holds: a security group for each team, which lets in nobody but
 * the team's own pods and those whom the load balancer controller lets in. None of those pods is in the cluster's group, in which
 * all would reach each other. https://docs.aws.amazon.com/eks/latest/userguide/security-groups-for-pods.html
 */
export class PodSecurityGroups extends Construct {
  /** Of every team's pods: the ways that all of them need. It lets no pod of a team in. */
  readonly shared: string;
  /** Of each team's pods alone, by the team's name. */
  readonly ofTeams: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, props: ComputeProps) {
    super(scope, id);
    const { environment, cluster } = props;
    const name = `${cluster.name}-pods`;
    this.shared = this.#group("shared", props, name, "Ways of all teams' pods");
    this.#ways(this.shared, props.securityGroupId);
    this.ofTeams = Object.fromEntries(
      Object.keys(environment.teams).map((team) => [team, this.#ofTeam(team, props, `${name}-${team}`)]),
    );
  }

  /** @param cluster security group of the control plane, CoreDNS and the platform's pods */
  #ways(shared: string, cluster: string): void {
    for (const { id, what, ipProtocol, port } of ASKED) {
      new VpcSecurityGroupIngressRule(this, id, {
        description: `${what} for pods of teams`,
        securityGroupId: cluster,
        referencedSecurityGroupId: shared,
        ipProtocol,
        fromPort: port,
        toPort: port,
      });
    }
    new VpcSecurityGroupIngressRule(this, "platform", {
      description: "Control plane and pods of the platform",
      securityGroupId: shared,
      referencedSecurityGroupId: cluster,
      ipProtocol: "tcp",
      ...PORTS,
    });
    // Whom apps connect to is known to apps alone. Between teams, and to whatever is ours, who is asked decides.
    new VpcSecurityGroupEgressRule(this, "out", {
      description: "Whatever apps connect to",
      securityGroupId: shared,
      cidrIpv4: "0.0.0.0/0",
      ipProtocol: "-1",
    });
  }

  #ofTeam(team: string, props: ComputeProps, name: string): string {
    const id = chosenId("team", team);
    // The controller writes its rules to the only group of a pod that has this tag.
    const tags = { [`kubernetes.io/cluster/${props.cluster.name}`]: "owned" };
    const group = this.#group(id, props, name, `Pods of team ${team}`, tags);
    new VpcSecurityGroupIngressRule(this, `${id}-itself`, {
      description: "Pods of the same team",
      securityGroupId: group,
      referencedSecurityGroupId: group,
      ipProtocol: "-1",
    });
    return group;
  }

  #group(id: string, { network }: ComputeProps, name: string, description: string, tags = {}): string {
    return new SecurityGroup(this, id, { name, description, vpcId: network.vpcId, tags: { Name: name, ...tags } }).id;
  }
}
