import { errorsIn, terraform, terraformVersion } from "./terraform";

const options = { directory: process.cwd(), variables: process.env };

it("tells the version of the Terraform that runs", async () => {
  expect(await terraformVersion(options)).toMatch(/^\d+\.\d+\.\d+/);
});

it("tells how it ended, and what it wrote to which of its outputs", async () => {
  const { code, output, text } = await terraform(["no-such-command"], options);
  expect(code).toBe(1);
  expect(text).toContain("Terraform has no command named");
  expect(text).toContain(output);
});

it("leaves out what is drawn around an error, and what came before it", () => {
  expect(errorsIn("Refreshing...\n╷\n│ Error: first\n│ \n│   on line 3\n╵\n")).toBe("Error: first\n\n  on line 3");
});
