import { readFileSync } from "node:fs";
import path from "node:path";
import { sensitiveIn } from "@demarc/upstream/src/sensitive";
import { describeWithTerraform } from "../eks-api/testing/with-terraform";

const DATA = path.resolve(__dirname, "../../../../packages/shared/src/ownership/sensitive/aws.json");

describeWithTerraform("what is sensitive of the AWS provider", (terraform) => {
  it("is what the real one says (if not: npm run upstream)", async () => {
    const { resources, data } = JSON.parse(readFileSync(DATA, "utf8")) as Record<string, unknown>;
    expect({ resources, data }).toEqual(sensitiveIn(await terraform.schema()));
  });
});
