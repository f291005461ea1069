import { type Environment } from "@demarc/shared/environment";
import { dev } from "@demarc/shared/testing";
import { clusterStack } from "../testing/cluster";

const role = (name: string) => `arn:aws:iam::123456789012:role/team/${name}`;
const deliverer = (name: string) => `arn:aws:iam::123456789012:role/demarc/dev/access/dev-${name}`;

const apps = [{ name: "cats", team: "pets", hostnames: [] }];

/** Groups of each principal that has an access entry. */
function entries(environment: Environment = dev): Record<string, unknown> {
  return Object.fromEntries(
    clusterStack({}, environment, apps)
      .resources("aws_eks_access_entry")
      .map((entry) => [String(entry["principal_arn"]), entry["kubernetes_groups"]]),
  );
}

describe("access to the cluster", () => {
  it("puts each team's roles in the team's group, which has no right but what its namespace binds", () => {
    expect(entries()).toMatchObject({
      [role("infra")]: ["demarc:infra"],
      [role("platform")]: ["demarc:platform"],
      [role("pets")]: ["demarc:pets"],
      [role("shop")]: ["demarc:shop"],
    });
  });

  it("lets in the roles that deploy apps as their team, those that plan as who reads the same, and none of infra's", () => {
    const delivery = Object.entries(entries()).filter(([principal]) => principal.includes("/access/"));
    expect(Object.fromEntries(delivery)).toEqual({
      [deliverer("k8s-platform-plan")]: [],
      [deliverer("k8s-platform-deploy")]: [],
      [deliverer("cats-plan")]: ["demarc:pets:plan"],
      [deliverer("cats-deploy")]: ["demarc:pets"],
    });
  });

  it("makes an admin of the owner of k8s-platform and of what deploys it, lets its plan read all, and nobody else, infra included", () => {
    const policies = clusterStack({}, dev, apps)
      .resources("aws_eks_access_policy_association")
      .map(({ principal_arn: principal, policy_arn: policy, access_scope: scope }) => ({
        principal: /access_role-(.*)_[0-9A-F]{8}\.principal_arn/.exec(String(principal))?.[1],
        policy: String(policy).split("/")[1],
        scope,
      }));
    const scope = { type: "cluster" };
    expect(policies).toHaveLength(3);
    expect(policies).toEqual(
      expect.arrayContaining([
        { principal: "teamplatform", policy: "AmazonEKSClusterAdminPolicy", scope },
        { principal: expect.stringMatching(/k8s-platform-deploy$/), policy: "AmazonEKSClusterAdminPolicy", scope },
        { principal: expect.stringMatching(/k8s-platform-plan$/), policy: "AmazonEKSAdminViewPolicy", scope },
      ]),
    );
  });

  it("takes roles of which one is named after another that is an admin", () => {
    const teams = { ...dev.teams, pets: { roles: ["team/platform-admin", "team--platform", "constructor"] } };
    expect(Object.keys(entries({ ...dev, teams }))).toHaveLength(6 + 4);
  });

  it("maps roles, never users", () => {
    const users = { ...dev, teams: { ...dev.teams, pets: { roles: ["team/pets", "ops/pets-on-call"] } } };
    for (const principal of Object.keys(entries(users))) expect(principal).toMatch(/^arn:aws:iam::\d{12}:role\//);
    expect(entries(users)).toHaveProperty(["arn:aws:iam::123456789012:role/ops/pets-on-call"], ["demarc:pets"]);
  });

  it("gives a role that acts for two teams one entry with both groups: EKS takes no second", () => {
    const shared = { ...dev, teams: { ...dev.teams, shop: { roles: ["team/shop", "team/pets"] } } };
    expect(entries(shared)[role("pets")]).toEqual(["demarc:pets", "demarc:shop"]);
  });
});
