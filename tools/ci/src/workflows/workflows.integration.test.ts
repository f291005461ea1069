import { spawnSync } from "node:child_process";
import path from "node:path";
import { judge } from "../testing/judges";

const ROOT = path.resolve(__dirname, "../../../..");

it("actionlint finds nothing in the workflows", () => {
  const { status, stdout, stderr } = spawnSync(judge("actionlint"), ["-no-color"], { cwd: ROOT, encoding: "utf8" });
  expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: "", stderr: "" });
});

it("zizmor finds nothing in them that .github/zizmor.yml gives no reason for", () => {
  const args = ["--offline", "--no-progress", "--persona", "pedantic", "--config", ".github/zizmor.yml", ".github"];
  const { status, stdout } = spawnSync(judge("zizmor"), args, { cwd: ROOT, encoding: "utf8" });
  expect({ status, stdout }).toMatchObject({ status: 0, stdout: expect.stringContaining("No findings to report") });
});
