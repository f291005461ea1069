/** @import { Reporter, TestCase, TestModule, TestSuite } from "vitest/node" */
import { appendFileSync, mkdirSync } from "node:fs";
import path from "node:path";

/** Environment variable that names the file of attempts. Unset, nothing is written. */
const FILE_VARIABLE = "DEMARC_ATTEMPTS";

/**
 * A reporter of Vitest that writes each test whose title says what refuses something to a file, a line of JSON each.
 *
 * @implements {Reporter}
 */
export default class AttemptsReporter {
  /** @param {TestModule} testModule */
  onTestModuleEnd(testModule) {
    const file = process.env[FILE_VARIABLE];
    if (file === undefined || file === "") return;
    const lines = [...testModule.children.allTests()]
      .map((test) => ({ titles: titlesOf(test), state: test.result().state }))
      .filter(({ state, titles }) => ["passed", "failed"].includes(state) && titles.join(" ").includes("refused by"))
      .map(({ titles, state }) => ({ title: titles.join(": "), passed: state === "passed" }));
    mkdirSync(path.dirname(file), { recursive: true });
    appendFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
  }
}

/**
 * @param {TestCase | TestSuite} task
 * @returns {string[]}
 */
function titlesOf({ parent, name }) {
  return [...(parent.type === "module" ? [] : titlesOf(parent)), name];
}
