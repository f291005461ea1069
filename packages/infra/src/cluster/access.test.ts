import { type Environment } from "@demarc/shared/environment";
import { dev } from "@demarc/shared/testing";
import { clusterStack } from "../testing/cluster";

const role = (name: string) => `arn:aws:iam::123456789012:role/team/${name}`;

/** Groups of each principal that has an access entry. */
function entries(environment: Environment = dev): Record<string, unknown> {
  return Object.fromEntries(
    clusterStack({}, environment)
      .resources("aws_eks_access_entry")
      .map((entry) => [String(entry["principal_arn"]), entry["kubernetes_groups"]]),
  );
}

describe("access to the cluster", () => {
  it("puts each team's roles in the team's group, which has no right but what its namespace binds", () => {
    expect(entries()).toEqual({
      [role("infra")]: ["demarc:infra"],
      [role("platform")]: ["demarc:platform"],
      [role("pets")]: ["demarc:pets"],
      [role("shop")]: ["demarc:shop"],
    });
  });

  it("makes an admin of the owner of k8s-platform and of nobody else, infra included", () => {
    expect(clusterStack().resource("aws_eks_access_policy_association")).toMatchObject({
      principal_arn: expect.stringMatching(/aws_eks_access_entry\.access_role-teamplatform_.*\.principal_arn/),
      policy_arn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy",
      access_scope: { type: "cluster" },
    });
  });

  it("takes roles of which one is named after another that is an admin", () => {
    const teams = { ...dev.teams, pets: { roles: ["team/platform-admin", "team--platform", "constructor"] } };
    expect(Object.keys(entries({ ...dev, teams }))).toHaveLength(6);
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
