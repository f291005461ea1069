import type { Environment } from "@demarc/shared/environment";
import { z } from "zod";
import { dev, devOn, objectNamed, releaseNamed, tenancyStack, valuesOf } from "../testing/platform";

const bound: Environment["exposures"] = [{ kind: "target-group-binding", apps: ["petstore"] }];
const EDGE = "data.terraform_remote_state.infra-edge-v1.outputs.edge_v1";

const manifests = z.object({
  objects: z.array(z.object({ kind: z.string(), metadata: z.object({ name: z.string() }), spec: z.looseObject({}) })),
});

/** What the policy about bindings is, by the kind of object. */
function policyIn(stack: ReturnType<typeof tenancyStack>) {
  const { objects } = manifests.parse(valuesOf(releaseNamed(stack, "admission-policies"))[0]);
  const named = objects.filter(({ metadata }) => metadata.name === "demarc-target-group-bindings");
  return Object.fromEntries(named.map(({ kind, spec }) => [kind, spec]));
}

it("are the teams' by the host names of the apps that bind, out of the teams' reach", () => {
  expect(objectNamed(tenancyStack({ ...dev, exposures: bound }), "config_map", "target-groups")).toMatchObject({
    metadata: { namespace: "kube-system" },
    data: {
      "security-group": `\${${EDGE}.securityGroupId}`,
      "pets.petstore": `\${${EDGE}.targetGroupArns["a/petstore"]}`,
    },
  });
});

it.each<[string, Environment["exposures"]]>([
  ["alone", bound],
  ["beside another exposure", [...dev.exposures, ...bound]],
])("are what a policy holds bindings to: %s", (_, exposures) => {
  expect(policyIn(tenancyStack({ ...dev, exposures }))).toMatchObject({
    ValidatingAdmissionPolicy: { paramKind: { apiVersion: "v1", kind: "ConfigMap" } },
    ValidatingAdmissionPolicyBinding: {
      paramRef: { name: "target-groups", namespace: "kube-system", parameterNotFoundAction: "Deny" },
    },
  });
});

it("are for pods that bindings open on Fargate, where each team has a group, and nowhere else", () => {
  const policy = (environment: Environment) =>
    JSON.stringify(policyIn(tenancyStack({ ...environment, exposures: bound }))["ValidatingAdmissionPolicy"]);
  expect(policy(devOn("fargate"))).toContain("spec.networking may let in the load balancer's security group");
  expect(policy(dev)).toContain("leave spec.networking out");
});

it("are none where no app binds", () => {
  const stack = tenancyStack();
  expect(policyIn(stack)).toEqual({});
  expect(() => objectNamed(stack, "config_map", "target-groups")).toThrow("0 of config_map target-groups");
});

it("lie behind load balancers whose ranges infra's edge says", () => {
  const { outputs } = tenancyStack({ ...dev, exposures: bound });
  expect(outputs["platform_v2"]).toMatchObject({ loadBalancerCidrs: `\${${EDGE}.subnetCidrs}` });
});
