import { commandOf } from "./command";

const DIGEST = "0".repeat(64);

it.each([
  ["environments --json", { kind: "environments", json: true }],
  [
    "environments --environment dev --affected tasks",
    { kind: "environments", json: false, environment: "dev", affected: "tasks" },
  ],
  ["tasks --base origin/main", { kind: "tasks", base: "origin/main", json: false }],
  ["tasks --environment dev --json", { kind: "tasks", environment: "dev", json: true }],
  ["checks --base origin/main", { kind: "checks", base: "origin/main" }],
  ["plan --base origin/main --out plans", { kind: "plan", base: "origin/main", out: "plans" }],
  ["comment plans more", { kind: "comment", folders: ["plans", "more"] }],
  ["apply --environment dev", { kind: "apply", environment: "dev" }],
  [`apply --environment dev --digest ${DIGEST}`, { kind: "apply", environment: "dev", digest: DIGEST }],
  ["drift", { kind: "drift" }],
])("takes %s", (line, command) => {
  expect(commandOf(line.split(" "))).toMatchObject(command);
});

it.each([
  ["plan", "required option '--base <ref>' not specified"],
  ["apply", "required option '--environment <name>' not specified"],
  ["apply --environment dev --digest latest", "It is the 64 digits that a deploy tells"],
  ["comment", "missing required argument 'folder'"],
])("refuses %s, and says why", (line, text) => {
  expect(() => commandOf(line.split(" "))).toThrow(text);
});
