import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), "demarc-scripts-"));
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

/** A command of that name that runs this instead. */
function stub(name: string, script: string): void {
  const file = path.join(directory, name);
  writeFileSync(file, `#!/bin/bash\n${script}\n`);
  chmodSync(file, 0o755);
}

const environment = (variables: Record<string, string> = {}) => ({
  env: { PATH: `${directory}:${process.env["PATH"] ?? ""}`, CREDENTIALS: directory, ...variables },
});
const content = (file: string) => readFileSync(path.join(directory, file), "utf8");

/** The script is for the bash of its image; the one that macOS brings is twenty years old. */
const bash = Number(spawnSync("bash", ["-c", "echo $BASH_VERSINFO"], { encoding: "utf8" }).stdout);

(bash >= 5 ? describe : describe.skip)("fetch-secret.sh", () => {
  const run = () =>
    spawnSync("bash", [path.join(__dirname, "fetch-secret.sh")], {
      ...environment({ SECRET_ARN: "arn:secret" }),
      encoding: "utf8",
    });
  /** Answers with that secret, as the AWS CLI prints it. */
  const secret = (text: string) => {
    writeFileSync(path.join(directory, "secret"), `${text}\n`);
    stub("aws", 'printf "%s\\n" "$@" > "$CREDENTIALS/arguments"; cat "$CREDENTIALS/secret"');
  };

  it.each([
    ["letters", "abcDEF123"],
    ["all that RDS may put into a password", "!#$%&()*+,-.:;<=>?[]^_`{|}~'"],
    ["backslashes", "a\\b\\\\n\\u0041\\"],
    ["quotes", 'a"b\\"c"'],
    ["what looks like another key", 'x","username":"root'],
  ])("writes a password of %s as it is", (_, password) => {
    secret(JSON.stringify({ username: "administrator", password }));
    expect(run()).toMatchObject({ status: 0, stdout: "", stderr: "" });
    expect(content("password")).toBe(password);
    expect(content("username")).toBe("administrator");
  });

  it("understands a secret that is written otherwise", () => {
    secret('{ "password" : "a\\u0026b",\n  "username": "administrator", "engine": "postgres" }');
    expect(run().status).toBe(0);
    expect(content("password")).toBe("a&b");
  });

  it("asks for the current version of that one secret", () => {
    secret('{"username":"administrator","password":"x"}');
    run();
    expect(content("arguments")).toContain("--secret-id\narn:secret\n--version-stage\nAWSCURRENT\n");
  });

  it("lets nobody else read the files", () => {
    secret('{"username":"administrator","password":"x"}');
    run();
    expect(statSync(path.join(directory, "password")).mode & 0o077).toBe(0);
  });

  it("fails where there is no such secret, or no password in it, and prints none of it", () => {
    stub("aws", 'echo "An error occurred (AccessDeniedException)" >&2; exit 254');
    expect(run()).toMatchObject({ status: 254, stderr: expect.stringContaining("AccessDenied") });
    secret('{"username":"administrator","token":"hidden"}');
    const { status, stdout, stderr } = run();
    expect({ status, stdout, stderr }).toEqual({
      status: 1,
      stdout: "",
      stderr: "the secret arn:secret has no password\n",
    });
  });
});

describe("create-users.sh", () => {
  it("runs the SQL as the master and stops at the first error", () => {
    writeFileSync(path.join(directory, "username"), "administrator");
    writeFileSync(path.join(directory, "password"), "it's $ecret \\n");
    stub("psql", 'printf "%s|" "$PGUSER" "$PGPASSWORD" "$@"');
    const written = execFileSync("sh", [path.join(__dirname, "create-users.sh")], {
      ...environment({ SQL: "/etc/demarc/users.sql" }),
      encoding: "utf8",
    });
    expect(written).toBe(
      "administrator|it's $ecret \\n|--no-psqlrc|--quiet|--set=ON_ERROR_STOP=1|--file=/etc/demarc/users.sql|",
    );
  });

  it("fails when psql does", () => {
    for (const file of ["username", "password"]) writeFileSync(path.join(directory, file), "x");
    stub("psql", "exit 3");
    const run = spawnSync("sh", [path.join(__dirname, "create-users.sh")], environment({ SQL: "x" }));
    expect(run.status).toBe(3);
  });
});
