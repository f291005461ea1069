import { findings } from "../testing/plan";
import { DEPENDED_ON } from "./depended-on";

it.each(Object.keys(DEPENDED_ON))("refuses to destroy or to replace %s", (type) => {
  expect(findings({ [`${type}.it`]: { before: { id: "a" } } }, "dependents")).toMatchObject([{ verdict: "refused" }]);
  const replaced = { before: { id: "a" }, after: {}, replacedBy: ["vpc_id"] };
  expect(findings({ [`${type}.it`]: replaced }, "dependents")).toHaveLength(1);
});

describe("a role", () => {
  const arn = "arn:aws:iam::123456789012:role/demarc/dev/infra/nodes";
  const role = {
    before: { name: "nodes", arn },
    after: { name: "nodes" },
    unknown: { arn: true },
    replacedBy: ["path"],
  };
  const nodes = { node_role_arn: arn };

  it("that something keeps is not replaced, and who keeps it is named", () => {
    expect(
      findings({ "aws_iam_role.nodes": role, "aws_eks_node_group.it": { before: nodes, after: nodes } }, "dependents"),
    ).toMatchObject([
      { address: "aws_iam_role.nodes", reason: expect.stringContaining("in use, by aws_eks_node_group.it") },
    ]);
  });

  it("that something has whose next role is not known yet counts as in use", () => {
    const group = { before: nodes, after: {}, unknown: { node_role_arn: true } };
    expect(findings({ "aws_iam_role.nodes": role, "aws_eks_node_group.it": group }, "dependents")).toHaveLength(1);
  });

  it("goes with what had it, with its own policies, and from what gets another", () => {
    const other = { node_role_arn: "arn:aws:iam::123456789012:role/other" };
    expect(
      findings(
        {
          "aws_iam_role.nodes": { before: { name: "nodes", arn } },
          "aws_eks_node_group.gone": { before: nodes },
          "aws_eks_node_group.moved": { before: nodes, after: other },
          "aws_iam_role_policy_attachment.it": {
            before: { role: "nodes", note: arn },
            after: { role: "nodes", note: arn },
          },
        },
        "dependents",
      ),
    ).toEqual([]);
  });
});
