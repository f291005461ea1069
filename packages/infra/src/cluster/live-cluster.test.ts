import { nodesStack } from "../testing/cluster";

const stack = nodesStack({ nodeVersion: "1.34" });

const precondition = (condition: RegExp, message: RegExp) => ({
  lifecycle: expect.objectContaining({
    precondition: expect.arrayContaining([
      { condition: expect.stringMatching(condition), error_message: expect.stringMatching(message) },
    ]),
  }),
});

describe("the cluster as it runs while Terraform plans", () => {
  it("is asked for only where EKS lists it, for a first install has none", () => {
    expect(JSON.stringify(stack.json["data"])).toMatch(
      /"aws_eks_cluster":\{"live_\w+":\{"count":"\$\{contains\(data\.aws_eks_clusters\.live_all_\w+\.names, \\"dev-a\\"\) \? 1 : 0\}","name":"dev-a"/,
    );
  });

  it("holds a control plane to the next version, or its own", () => {
    expect(stack.resource("aws_eks_cluster")).toMatchObject(
      precondition(/^\$\{contains\(\[0, 1\], 35 - tonumber\(.*\[0\]\.version, "1\.35"\)/, /1\.35 is not the next one/),
    );
  });

  it("holds nodes to its version", () => {
    expect(stack.resource("aws_eks_node_group")).toMatchObject(
      precondition(/^\$\{tonumber\(.*\[0\]\.version, "1\.35"\).* >= 34\}$/, /set clusters\.a\.compute\.nodeVersion to/),
    );
  });
});
