import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import type { Finding } from "./finding";

const run = promisify(execFile);

const checks = z.array(
  z.object({ check_id: z.string(), check_name: z.string(), resource: z.string(), file_path: z.string() }),
);

const report = z.object({
  results: z.object({ passed_checks: checks, failed_checks: checks }),
  summary: z.object({ parsing_errors: z.number() }),
});

/**
 * What checkov finds in plans. It looks at all of them at once, for it takes longer to start than to look.
 * @param checkov its program
 * @param plans files of `terraform show -json`, each named `<stack>.json`
 * @throws Error where checkov could not read a plan or checked nothing in one: silence would look like a clean bill.
 */
export async function findings(checkov: string, plans: readonly string[]): Promise<Finding[]> {
  const args = [
    ...plans.flatMap((plan) => ["-f", plan]),
    "--framework",
    "terraform_plan",
    "--skip-download",
    "--compact",
    "--soft-fail",
    "-o",
    "json",
  ];
  const { stdout } = await run(checkov, args, { maxBuffer: 64 * 1024 * 1024 });
  const parsed = report.safeParse(JSON.parse(stdout));
  if (!parsed.success || parsed.data.summary.parsing_errors > 0) {
    throw new Error(`checkov could not read ${plans.join(", ")}; it answered: ${stdout.slice(0, 300)}`);
  }
  const { passed_checks: passed, failed_checks: failed } = parsed.data.results;
  const seen = new Set([...passed, ...failed].map(({ file_path }) => stackOf(file_path)));
  const unseen = plans.filter((plan) => !seen.has(stackOf(plan)));
  if (unseen.length > 0) throw new Error(`checkov checked nothing in ${unseen.join(", ")}`);
  return failed.map(({ check_id, check_name, resource, file_path }) => ({
    check: check_id,
    title: check_name,
    stack: stackOf(file_path),
    resource,
  }));
}

function stackOf(plan: string): string {
  return path.basename(plan, ".json");
}
