import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { TerraformStack, Testing } from "cdktf";
import { protect } from "./protection";

it("has Terraform refuse to destroy a resource, and notes by which setting", () => {
  const key = new KmsKey(new TerraformStack(Testing.app(), "stack"), "key", {
    lifecycle: { ignoreChanges: ["description"] },
  });
  protect(key, "retain.logs");
  const [written] = Object.values((key.toTerraform() as { resource: { aws_kms_key: object } }).resource.aws_kms_key);
  expect(written).toMatchObject({
    lifecycle: { ignore_changes: ["description"], prevent_destroy: true },
    "//": { protectedBy: "retain.logs", metadata: expect.anything() },
  });
});
