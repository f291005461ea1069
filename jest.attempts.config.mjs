import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { base, covered } from "./jest.config.base.mjs";

const root = import.meta.dirname;

/** Every fast test that makes an attempt: its title says what refuses it. */
const files = ["packages", "tools"].flatMap((folder) =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
    .map((file) => path.join(root, folder, file))
    .filter(
      (file) =>
        file.endsWith(".test.ts") &&
        !/node_modules|tools.attempts|\.(cluster|provider|terraform)\.test\.ts$/.test(file),
    )
    .filter((file) => /refused by/.test(readFileSync(file, "utf8"))),
);

/** What teams try, and what refuses it: each attempt is a line of the file that DEMARC_ATTEMPTS names. */
export default {
  ...base,
  rootDir: root,
  displayName: "attempts",
  setupFilesAfterEnv: covered.setupFilesAfterEnv,
  testMatch: files,
  testNamePattern: "refused by",
  // The end-to-end test leaves a copy of the projects there.
  modulePathIgnorePatterns: ["<rootDir>/\\.sandbox/"],
  reporters: [["default", { summaryThreshold: 1 }], "<rootDir>/tools/attempts/src/reporter.mjs"],
};
