import { clusterStack } from "../testing/cluster";

describe("the identity provider", () => {
  const stack = clusterStack();

  it("trusts tokens that the cluster made for AWS", () => {
    expect(stack.resource("aws_iam_openid_connect_provider")).toMatchObject({
      url: expect.stringContaining("identity[0].oidc[0].issuer"),
      client_id_list: ["sts.amazonaws.com"],
    });
  });

  it("is published as IAM's condition keys want it: with no https://", () => {
    expect(stack.outputs["cluster_v1"]).toMatchObject({
      oidcIssuer: expect.stringMatching(/^\$\{trimprefix\(aws_eks_cluster\..*issuer, "https:\/\/"\)\}$/),
    });
  });
});
