import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import type { Finding } from "./finding";

const run = promisify(execFile);

const report = z.object({
  results: z.object({
    failed_checks: z.array(
      z.object({ check_id: z.string(), check_name: z.string(), resource: z.string(), file_path: z.string() }),
    ),
  }),
  summary: z.object({ failed: z.number(), parsing_errors: z.number(), resource_count: z.number() }),
});

/**
 * What checkov finds in plans.
 * @param checkov its program
 * @param plans files of `terraform show -json`, each named `<stack>.json`
 * @throws Error where checkov could not read a plan or saw no resource in one: silence would look like a clean bill.
 */
export async function findings(checkov: string, plans: readonly string[]): Promise<Finding[]> {
  const found: Finding[] = [];
  for (const plan of plans) found.push(...(await findingsOf(checkov, plan)));
  return found;
}

async function findingsOf(checkov: string, plan: string): Promise<Finding[]> {
  const stack = path.basename(plan, ".json");
  const args = [
    "-f",
    plan,
    "--framework",
    "terraform_plan",
    "--skip-download",
    "--compact",
    "--quiet",
    "--soft-fail",
    "-o",
    "json",
  ];
  const { stdout } = await run(checkov, args, { maxBuffer: 64 * 1024 * 1024 });
  const parsed = report.safeParse(JSON.parse(stdout));
  if (!parsed.success || parsed.data.summary.resource_count === 0 || parsed.data.summary.parsing_errors > 0) {
    throw new Error(`checkov read no resource in the plan of ${stack} (${plan}); it answered: ${stdout.slice(0, 300)}`);
  }
  return parsed.data.results.failed_checks.map(({ check_id, check_name, resource }) => ({
    check: check_id,
    title: check_name,
    stack,
    resource,
  }));
}
