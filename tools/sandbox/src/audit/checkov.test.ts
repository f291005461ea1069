import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { findings } from "./checkov";

describe("what checkov finds", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "checkov-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  /** A program that answers so, whatever it is asked. */
  function answers(passed: readonly string[], failed: readonly string[], parsing_errors = 0): string {
    const checkOf = (file: string) => ({
      ...{ check_id: "CKV_AWS_1", check_name: "Ensure it is", resource: "aws_sqs_queue.queue" },
      file_path: `/${file}.json`,
    });
    const results = { passed_checks: passed.map(checkOf), failed_checks: failed.map(checkOf) };
    const answer = path.join(folder, "answer.json");
    writeFileSync(answer, JSON.stringify({ results, summary: { parsing_errors } }));
    const program = path.join(folder, "checkov");
    writeFileSync(program, `#!/bin/sh\ncat '${answer}'\n`, { mode: 0o755 });
    return program;
  }

  const plans = ["/plans/dev-dns.json", "/plans/dev-keys.json"];

  it("is told by the stack that each plan is of", async () => {
    expect(await findings(answers(["dev-dns"], ["dev-keys"]), plans)).toEqual([
      { check: "CKV_AWS_1", title: "Ensure it is", stack: "dev-keys", resource: "aws_sqs_queue.queue" },
    ]);
  });

  it("is an error where it checked nothing in a plan, or could not read one", async () => {
    await expect(findings(answers(["dev-dns"], []), plans)).rejects.toThrow(
      "checkov checked nothing in /plans/dev-keys.json",
    );
    await expect(findings(answers(["dev-dns", "dev-keys"], [], 1), plans)).rejects.toThrow("checkov could not read");
  });
});
