import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { base, covered } from "./vitest.config.base.mjs";

const root = import.meta.dirname;

/** Every fast test that makes an attempt: its title says what refuses it. */
const files = ["packages", "tools"].flatMap((folder) =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
    .map((file) => path.join(folder, file))
    .filter(
      (file) =>
        file.endsWith(".test.ts") &&
        !/node_modules|tools.attempts|\.(cluster|provider|terraform)\.test\.ts$/.test(file),
    )
    .filter((file) => /refused by/.test(readFileSync(path.join(root, file), "utf8"))),
);

/** What teams try, and what refuses it: each attempt is a line of the file that DEMARC_ATTEMPTS names. */
export default {
  ...base,
  test: {
    ...base.test,
    root,
    name: "attempts",
    setupFiles: covered.test.setupFiles,
    include: files,
    testNamePattern: "refused by",
    // Some of them start whole programs.
    testTimeout: 120_000,
    reporters: ["default", "./tools/attempts/src/reporter.mjs"],
  },
};
