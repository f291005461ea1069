import type { Environment } from "@demarc/shared/environment";
import { edgeStack, edgeStacks, listenedApps as apps, networkEdgeEnvironment } from "../testing/edge";

const environment = networkEdgeEnvironment({ petstore: 8001, storefront: 8002 });
const stack = edgeStack({ environment, apps });

describe("network load balancers that infra owns", () => {
  it("are one for each cluster: internal, with a security group that lets nobody in", () => {
    const balancers = stack.resources("aws_lb");
    expect(balancers.map(({ name }) => name)).toEqual(["dev-a-edge", "dev-b-edge"]);
    for (const balancer of balancers)
      expect(balancer).toMatchObject({
        load_balancer_type: "network",
        internal: true,
        subnets: expect.stringContaining("internalSubnetIds"),
        security_groups: [expect.stringMatching(/^\$\{aws_security_group\./)],
        enforce_security_group_inbound_rules_on_private_link_traffic: "off",
        enable_deletion_protection: true,
        lifecycle: { prevent_destroy: true },
      });
    expect(stack.resources("aws_vpc_security_group_ingress_rule")).toEqual([]);
    expect(stack.resources("aws_vpc_security_group_egress_rule")).toMatchObject([{ from_port: 80, to_port: 80 }]);
  });

  it("have a listener for each app, at the port that the environment says, and a target group of pods behind it", () => {
    const listeners = stack.resources("aws_lb_listener");
    expect(listeners.map(({ port, protocol }) => [port, protocol])).toEqual([
      [8001, "TCP"],
      [8002, "TCP"],
      [8001, "TCP"],
      [8002, "TCP"],
    ]);
    for (const group of stack.resources("aws_lb_target_group"))
      expect(group).toMatchObject({ target_type: "ip", protocol: "TCP", preserve_client_ip: "false" });
  });

  it("have a VPC link each, which is published with the target groups", () => {
    expect(stack.resources("aws_api_gateway_vpc_link").map(({ name }) => name)).toEqual(["dev-a", "dev-b"]);
    const { edge_v1 } = stack.outputs as { edge_v1: Record<string, Record<string, string>> };
    expect(Object.keys(edge_v1["targetGroupArns"] ?? {})).toEqual([
      "a/petstore",
      "a/storefront",
      "b/petstore",
      "b/storefront",
    ]);
    expect(Object.keys(edge_v1["vpcLinkIds"] ?? {})).toEqual(["a", "b"]);
  });

  it("reach pods on the apps' ports in every cluster, and need no bucket for logs that they do not write", () => {
    expect(Object.keys(edgeStacks({ environment, apps })).sort()).toEqual([
      "dev-a-edge-access",
      "dev-b-edge-access",
      "dev-edge",
    ]);
  });

  it("are refused with all that they could not be", () => {
    const twice = { name: "petstore", team: "pets", hostnames: ["petstore", "pets"] };
    const read = () => edgeStack({ environment: networkEdgeEnvironment({ petstore: 1, nobody: 2 }), apps: [twice] });
    expect(read).toThrow(/exposures\.0\.listeners\.nobody: "nobody" is not registered/);
    expect(read).toThrow(/give "petstore" one listener, and it has "pets" beside/);
    const two: Environment = {
      ...environment,
      exposures: [...environment.exposures, { kind: "target-group-binding", apps: ["petstore"] }],
    };
    expect(() => edgeStack({ environment: two, apps })).toThrow(/are two with a load balancer of infra's/);
    const names = Array.from({ length: 51 }, (_, at) => `app-${String(at)}`);
    const many = networkEdgeEnvironment(Object.fromEntries(names.map((name, at) => [name, at + 1])));
    expect(() =>
      edgeStack({ environment: many, apps: names.map((name) => ({ name, team: "shop", hostnames: [name] })) }),
    ).toThrow(/need 51 listeners, and a network load balancer has 50 at most/);
  });
});
