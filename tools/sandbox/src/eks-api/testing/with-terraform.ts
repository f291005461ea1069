import { Terraform } from "./terraform";

/**
 * A suite that needs Terraform and the AWS provider. Where they cannot be had it is skipped, with the reason; under CI it
 * fails instead, so that it cannot go missing unnoticed.
 */
export function describeWithTerraform(name: string, suite: (terraform: Terraform) => void): void {
  const terraform = Terraform.prepare();
  if (terraform instanceof Terraform) {
    describe(name, () => {
      suite(terraform);
      afterAll(() => {
        terraform.remove();
      });
    });
    return;
  }
  if (process.env["CI"]) throw new Error(`${name}: ${terraform}`);
  console.warn(`Skipped: ${name}. ${terraform}`);
  describe.skip(name, () => {
    it.todo(terraform);
  });
}
