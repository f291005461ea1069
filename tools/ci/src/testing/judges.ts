import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";

const ROOT = path.resolve(__dirname, "../../../..");
const CI = path.join(ROOT, "tools/ci");

/** What judges workflows: each is installed once, by files that pin all of it. */
const JUDGES = {
  actionlint: {
    pinnedBy: ["go/actionlint/go.mod", "go/actionlint/go.sum"],
    install: (folder: string) => {
      const args = ["build", "-trimpath", "-o", path.join(folder, "actionlint")];
      execFileSync("go", [...args, "github.com/rhysd/actionlint/cmd/actionlint"], {
        cwd: path.join(CI, "go/actionlint"),
        stdio: "pipe",
      });
    },
    program: "actionlint",
  },
  zizmor: {
    pinnedBy: ["python/requirements.txt"],
    install: (folder: string) => {
      execFileSync("python3", ["-m", "venv", folder], { stdio: "pipe" });
      const args = ["install", "--quiet", "--disable-pip-version-check", "--no-deps", "-r"];
      execFileSync(path.join(folder, "bin/pip"), [...args, path.join(CI, "python/requirements.txt")], {
        stdio: "pipe",
      });
    },
    program: "bin/zizmor",
  },
} as const;

/** Installs a judge where it is not there. @returns path of its program */
export function judge(name: keyof typeof JUDGES): string {
  const { pinnedBy, install, program } = JUDGES[name];
  const hash = createHash("sha256");
  for (const file of pinnedBy) hash.update(readFileSync(path.join(CI, file)));
  const folder = path.join(ROOT, ".sandbox/workflows", `${name}-${hash.digest("hex").slice(0, 12)}`);
  const mark = path.join(folder, "complete");
  if (!existsSync(mark)) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    install(folder);
    mkdirSync(mark);
  }
  return path.join(folder, program);
}
