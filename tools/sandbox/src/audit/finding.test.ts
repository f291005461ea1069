import { type Finding, judge } from "./finding";

const finding: Finding = {
  check: "CKV_AWS_130",
  title: "no public addresses by default",
  stack: "dev-network",
  resource: "aws_subnet.public_a_1A2B3C4D",
};
const exception = { check: "CKV_AWS_130", stack: "network", resource: "aws_subnet.public_*", reason: "load balancers" };

describe("the verdict on a plan", () => {
  it("is clean when every finding is reviewed and every review is needed", () => {
    expect(judge([finding], [exception])).toEqual({ unreviewed: [], stale: [] });
  });

  it("shows a finding that no exception names: other check, other resource, other stack", () => {
    const others = [
      { ...finding, check: "CKV_AWS_131" },
      { ...finding, resource: "aws_subnet.private_a_1A2B3C4D" },
      { ...finding, stack: "dev-a-cluster" },
    ];
    expect(judge([finding, ...others], [exception]).unreviewed).toEqual(others);
  });

  it("knows the account stack, whose id begins with its name", () => {
    const account = { ...finding, stack: "account-123456789012-ap-northeast-1" };
    expect(judge([account], [{ ...exception, stack: "account" }]).unreviewed).toEqual([]);
  });

  it("shows an exception that nothing needs any more", () => {
    expect(judge([], [exception]).stale).toEqual([exception]);
  });

  it("takes a dot in an address as a dot", () => {
    expect(judge([{ ...finding, resource: "aws_subnetXpublic_a" }], [exception]).unreviewed).toHaveLength(1);
  });
});
