import assert from "node:assert/strict";
import { DescribeInstancesCommand, DescribeSecurityGroupsCommand } from "@aws-sdk/client-ec2";
import {
  DescribeAccessEntryCommand,
  ListAccessEntriesCommand,
  ListAssociatedAccessPoliciesCommand,
} from "@aws-sdk/client-eks";
import { clusterNames, roleArn, teamGroup } from "@demarc/shared/environment";
import { kinds } from "../../controllers/kubernetes/kinds";
import { FORBIDDEN, refuses } from "../team-client";
import { appTeams, clustersOf } from "./deployed";
import type { Live, Row } from "./row";

/** Who acts in a cluster, and how its API is reached. */
export const access: readonly Row[] = [
  { id: "S3.5", what: "access entries: roles alone, each team in its own namespace", look: entries },
  { id: "S3.6", what: "the API's endpoint, and the bastion that leads to it", look: endpoint },
];

/** The entries of people's roles, with what each may do. */
async function entries(live: Live): Promise<string> {
  const { environment, eks } = live;
  const told: string[] = [];
  for (const clusterName of clusterNames(environment)) {
    const { accessEntries = [] } = await eks.send(new ListAccessEntriesCommand({ clusterName }));
    for (const principalArn of accessEntries) {
      assert.match(principalArn, /^arn:aws:iam::\d{12}:role\//);
      const { accessEntry } = await eks.send(new DescribeAccessEntryCommand({ clusterName, principalArn }));
      const { associatedAccessPolicies = [] } = await eks.send(
        new ListAssociatedAccessPoliciesCommand({ clusterName, principalArn }),
      );
      const policies = associatedAccessPolicies.map(({ policyArn = "" }) => policyArn.replace(/.*\//, ""));
      const may = [...(accessEntry?.kubernetesGroups ?? []), ...policies].join(" + ");
      told.push(`${principalArn.replace(/.*:role\//, "")}: ${may || String(accessEntry?.type)}`);
    }
    for (const [team, { roles }] of Object.entries(environment.teams))
      for (const role of roles) {
        const principalArn = roleArn(environment, role);
        const { accessEntry } = await eks.send(new DescribeAccessEntryCommand({ clusterName, principalArn }));
        assert.ok(accessEntry?.kubernetesGroups?.includes(teamGroup(team)), `${role} does not act for ${team}`);
      }
  }
  await seesItsOwnAlone(live);
  return told.join("; ");
}

/** Each team that owns no workspace lists the pods of its namespace, and not those of another. */
async function seesItsOwnAlone(live: Live): Promise<void> {
  const teams = appTeams(live);
  for (const team of teams)
    for (const kubernetes of (await live.clusters(team)).values()) {
      await kubernetes.list(kinds.pods, { namespace: team });
      for (const namespace of [...teams, "kube-system"].filter((other) => other !== team))
        await refuses(kubernetes.list(kinds.pods, { namespace }), FORBIDDEN);
    }
}

/** Nobody reaches it from the internet; the machine that leads there lets nobody in and only looks. */
async function endpoint(live: Live): Promise<string> {
  const told: string[] = [];
  for (const { name = "", resourcesVpcConfig: vpc } of await clustersOf(live)) {
    assert.equal(vpc?.endpointPrivateAccess, true);
    assert.equal(vpc.endpointPublicAccess, false);
    const Filters = [
      { Name: "tag:demarc-bastion-of", Values: [name] },
      { Name: "instance-state-name", Values: ["running"] },
    ];
    const { Reservations = [] } = await live.ec2.send(new DescribeInstancesCommand({ Filters }));
    const [machine, ...others] = Reservations.flatMap(({ Instances = [] }) => Instances);
    assert.ok(machine && others.length === 0, `${name} has no bastion, or several`);
    assert.equal(machine.PublicIpAddress, undefined);
    assert.equal(machine.KeyName, undefined);
    const GroupIds = (machine.SecurityGroups ?? []).flatMap(({ GroupId }) => GroupId ?? []);
    const { SecurityGroups = [] } = await live.ec2.send(new DescribeSecurityGroupsCommand({ GroupIds }));
    assert.deepEqual(
      SecurityGroups.flatMap(({ IpPermissions = [] }) => IpPermissions),
      [],
    );
    const { SecurityGroups: [ofApi] = [] } = await live.ec2.send(
      new DescribeSecurityGroupsCommand({ GroupIds: [vpc.clusterSecurityGroupId ?? ""] }),
    );
    const callers = (ofApi?.IpPermissions ?? []).filter(({ FromPort, ToPort }) => FromPort === 443 && ToPort === 443);
    const peers = callers.flatMap(({ UserIdGroupPairs = [] }) => UserIdGroupPairs.map(({ GroupId }) => GroupId));
    assert.ok(
      GroupIds.some((id) => peers.includes(id)),
      "the API does not let the bastion in",
    );
    const principalArn = roleArn(live.environment, `demarc/${live.environment.name}/infra/${name}-bastion`);
    const { associatedAccessPolicies = [] } = await live.eks.send(
      new ListAssociatedAccessPoliciesCommand({ clusterName: name, principalArn }),
    );
    const policies = associatedAccessPolicies.map(({ policyArn = "" }) => policyArn.replace(/.*\//, ""));
    assert.deepEqual(policies, ["AmazonEKSViewPolicy"]);
    told.push(
      `${name}: private; ${machine.InstanceId ?? ""} without address, key or rule that lets in, ${policies.join()}`,
    );
  }
  return told.join("; ");
}
