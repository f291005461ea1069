import { addonsStack, devOn, objectNamed, tenancyStack } from "../testing/platform";

const stack = tenancyStack(devOn("fargate"));
const contract = (output: string) => `data.terraform_remote_state.infra-cluster-v1.outputs.cluster_v1.${output}`;

describe("a team's namespace on Fargate", () => {
  it("has its pods in the team's own security group, whatever their labels, and never in the cluster's", () => {
    const release = stack.resources("helm_release").find(({ name }) => name === "security-group-policies");
    const { objects } = JSON.parse(String((release?.["values"] as unknown[])[0]).replace(/\["(\w+)"\]/g, ".$1")) as {
      objects: { metadata: { namespace: string }; spec: object }[];
    };
    expect(objects).toHaveLength(4);
    const [pets] = objects.filter(({ metadata }) => metadata.namespace.includes("team-pets"));
    expect(pets).toMatchObject({
      apiVersion: "vpcresources.k8s.aws/v1beta1",
      kind: "SecurityGroupPolicy",
      metadata: { labels: { "demarc/owner": "k8s-platform" } },
      spec: {
        podSelector: {},
        securityGroups: {
          groupIds: [`\${${contract("teamSecurityGroupIds")}.pets}`, `\${${contract("podSecurityGroupId")}}`],
        },
      },
    });
    expect(JSON.stringify(objects)).not.toContain("cluster_v1.securityGroupId");
  });

  it("lets its team in once pods get that group", () => {
    const waitsFor = (of: typeof stack) =>
      JSON.stringify(objectNamed(of, "role_binding", "team", "pets")["depends_on"]);
    expect(waitsFor(stack)).toContain("helm_release.security-group-policies_");
    expect(waitsFor(tenancyStack())).not.toContain("security-group-policies");
  });

  it("gives its team no right on what decides that", () => {
    const roles = JSON.stringify(stack.resources("kubernetes_role_v1").map(({ rule }) => rule));
    expect(roles).toContain('"apps"');
    expect(roles).not.toMatch(/vpcresources|securitygrouppolicies|"\*"/);
  });

  it("is refused by the plan where no profile selects its pods", () => {
    expect(objectNamed(stack, "namespace", "pets")["lifecycle"]).toEqual({
      precondition: [
        {
          condition: `\${can(regex(${contract("podNamespaces")}, "pets"))}`,
          error_message: expect.stringMatching(
            /^No Fargate profile of cluster dev-a selects all pods of namespace pets/,
          ),
        },
      ],
    });
  });

  it("needs none of it on nodes", () => {
    const nodes = tenancyStack();
    expect(objectNamed(nodes, "namespace", "pets")).not.toHaveProperty("lifecycle");
    expect(JSON.stringify(nodes.json)).not.toContain("SecurityGroupPolicy");
  });
});

it("a namespace of objects alone needs no Fargate profile", () => {
  const observability = objectNamed(addonsStack(devOn("fargate")), "namespace", "aws-observability");
  expect(observability).not.toHaveProperty("lifecycle");
});
