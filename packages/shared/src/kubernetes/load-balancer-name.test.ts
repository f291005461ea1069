import { ServiceV1 } from "@cdktf/provider-kubernetes/lib/service-v1";
import { TerraformOutput, TerraformStack, Testing } from "cdktf";
import { networkLoadBalancerName, networkLoadBalancerNameOf } from "./load-balancer-name";

const [written = ""] = /(?<=, ").*(?=", "")/.exec(networkLoadBalancerNameOf("x")) ?? [];
/** Go's expressions and JavaScript's agree on this one. */
const afterTheName = new RegExp(written.slice(1, -1));

it.each([
  ["k8s-pets-petstore-0a1b2c3d4e", "k8s-pets-petstore-0a1b2c3d4e-0123456789abcdef.elb.ap-northeast-1.amazonaws.com"],
  ["a-0123456789abcdef", "a-0123456789abcdef-fedcba9876543210.elb.eu-west-1.amazonaws.com"],
])("of %s is what its host name begins with", (name, hostname) => {
  expect(hostname.replace(afterTheName, "")).toBe(name);
});

it("is written as it is looked for", () => {
  const stack = new TerraformStack(Testing.app(), "stack");
  const service = new ServiceV1(stack, "service", { metadata: { name: "petstore" }, spec: {} });
  new TerraformOutput(stack, "name", { value: networkLoadBalancerName(service) });
  const { output } = JSON.parse(Testing.synth(stack)) as { output: { name: { value: string } } };
  expect(output.name.value).toBe(networkLoadBalancerNameOf("service"));
});
