import { type Finding, judge } from "./finding";

const finding: Finding = {
  check: "CKV_AWS_130",
  title: "no public addresses by default",
  stack: "dev-network",
  resource: "aws_subnet.public_a_1A2B3C4D",
};
const exception = { check: "CKV_AWS_130", stack: "network", resource: "aws_subnet.public_*", reason: "load balancers" };
const audited = { environment: "dev", stacks: ["account-123456789012-ap-northeast-1", "dev-network"] };

describe("the verdict on a plan", () => {
  it("is clean when every finding is reviewed and every review is needed", () => {
    expect(judge([finding], [exception], audited)).toEqual({ unreviewed: [], stale: [] });
  });

  it("shows a finding that no exception names: other check, other resource, other stack", () => {
    const others = [
      { ...finding, check: "CKV_AWS_131" },
      { ...finding, resource: "aws_subnet.private_a_1A2B3C4D" },
      { ...finding, stack: "dev-a-cluster" },
    ];
    expect(judge([finding, ...others], [exception], audited).unreviewed).toEqual(others);
  });

  it("knows the account stack, whose id begins with its name", () => {
    const account = { ...finding, stack: "account-123456789012-ap-northeast-1" };
    expect(judge([account], [{ ...exception, stack: "account" }], audited).unreviewed).toEqual([]);
  });

  it("shows an exception that nothing needs any more", () => {
    expect(judge([], [exception], audited).stale).toEqual([exception]);
  });

  it("asks for a review in an environment that has its stack, and in no other", () => {
    const without = { environment: "edge", stacks: ["edge-a-cluster", "edge-network-access"] };
    expect(judge([], [exception], without).stale).toEqual([]);
    const everywhere = { ...exception, stack: "*" };
    expect(judge([], [everywhere], without).stale).toEqual([everywhere]);
  });

  it("takes a review of what environments choose in those alone, and asks each of them for it", () => {
    const chosen = { ...exception, environments: ["dev", "test"] };
    const strict = { environment: "prod", stacks: ["prod-network"] };
    const inStrict = { ...finding, stack: "prod-network" };
    expect(judge([finding], [chosen], audited)).toEqual({ unreviewed: [], stale: [] });
    expect(judge([], [chosen], audited).stale).toEqual([chosen]);
    expect(judge([], [chosen], strict)).toEqual({ unreviewed: [], stale: [] });
    expect(judge([inStrict], [chosen], strict).unreviewed).toEqual([inStrict]);
  });

  it("takes a dot in an address as a dot", () => {
    expect(judge([{ ...finding, resource: "aws_subnetXpublic_a" }], [exception], audited).unreviewed).toHaveLength(1);
  });
});
