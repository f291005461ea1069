import { appendFileSync, mkdirSync } from "node:fs";
import path from "node:path";

/** Environment variable that names the file of attempts. Unset, nothing is written. */
const FILE_VARIABLE = "DEMARC_ATTEMPTS";

/** A jest reporter that writes each test whose title says what refuses something to a file, a line of JSON each. */
export default class AttemptsReporter {
  /**
   * @param {unknown} _test
   * @param {{ testResults: readonly { ancestorTitles: string[], title: string, fullName: string, status: string }[] }} result
   */
  onTestResult(_test, { testResults }) {
    const file = process.env[FILE_VARIABLE];
    if (file === undefined || file === "") return;
    const lines = testResults
      .filter(({ status, fullName }) => ["passed", "failed"].includes(status) && fullName.includes("refused by"))
      .map(({ ancestorTitles, title, status }) => ({
        title: [...ancestorTitles, title].join(": "),
        passed: status === "passed",
      }));
    mkdirSync(path.dirname(file), { recursive: true });
    appendFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
  }
}
