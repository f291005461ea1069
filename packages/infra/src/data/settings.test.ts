import { parse } from "@demarc/shared/environment";
import { leastDatabase } from "../testing/data";
import { problemsOf } from "../testing/problems";
import { dataSettings } from "./settings";

const read = (input: unknown) => parse("settings", dataSettings, input);
const problems = (input: unknown) => problemsOf(dataSettings, input);

describe("the settings of data", () => {
  it("need no word on the queue, and of the database its version and class", () => {
    expect(read({ database: leastDatabase })).toEqual({
      queue: {
        retentionSeconds: 345600,
        deadLetterRetentionSeconds: 1209600,
        maxReceiveCount: 5,
        visibilityTimeoutSeconds: 30,
      },
      database: {
        ...leastDatabase,
        name: "apps",
        storageGiB: 20,
        maxStorageGiB: 100,
        multiZone: true,
        backupDays: 7,
        deletionProtection: true,
        finalSnapshot: true,
        applyImmediately: true,
        logRetentionDays: 365,
      },
    });
    expect(problems({})).toEqual([expect.stringMatching(/^database: nothing is given/)]);
  });

  it.each([
    ["a minor version of PostgreSQL", { majorVersion: "17.4" }, /majorVersion: "17\.4" must be a major version/],
    ["a PostgreSQL that RDS has no more", { majorVersion: "10" }, /majorVersion: "10" .* is known here: 18, 17, /],
    [
      "a PostgreSQL that nobody has",
      { majorVersion: "99" },
      /majorVersion: "99" must be a major version .* known here/,
    ],
    [
      "a class that is none",
      { instanceClass: "m7g.large" },
      /instanceClass: "m7g\.large" must be an RDS instance class/,
    ],
    ["a name that PostgreSQL would quote", { name: "My Apps" }, /name: "My Apps" must be lower case/],
    ["a database with no backup", { backupDays: 0 }, /backupDays: 0 must be 1 to 35 days/],
    ["a disk below gp3's least", { storageGiB: 5 }, /storageGiB: 5 must be 20 to 65536 GiB/],
    ["half a GiB", { storageGiB: 20.5 }, /storageGiB: 20\.5 must be a whole number of GiB/],
    ["no room to grow", { storageGiB: 100 }, /storageGiB: 100 leaves no room to grow/],
    ["a window without a day", { maintenanceWindow: "18:00-19:00" }, /maintenanceWindow: "18:00-19:00" must be a time/],
    ["a day that is none", { maintenanceWindow: "son:18:00-son:19:00" }, /maintenanceWindow: .* must be a time/],
    ["an hour that is none", { maintenanceWindow: "sun:24:00-sun:24:30" }, /maintenanceWindow: .* must be a time/],
    ["29 minutes", { maintenanceWindow: "sun:18:00-sun:18:29" }, /maintenanceWindow: .* must be at least 30 minutes/],
    ["no time at all", { maintenanceWindow: "sun:18:00-sun:18:00" }, /maintenanceWindow: .* at least 30 minutes/],
    ["a yes", { multiZone: "yes" }, /multiZone: "yes" must be true or false/],
  ])("refuse %s", (_what, changes, message) => {
    expect(problems({ database: { ...leastDatabase, ...changes } })).toEqual([expect.stringMatching(message)]);
  });

  it("take a maintenance window that runs over the end of the week", () => {
    const database = { ...leastDatabase, maintenanceWindow: "sun:23:45-mon:00:15" };
    expect(problems({ database })).toEqual([]);
  });

  it.each([
    ["a retention that SQS has not", { retentionSeconds: 1 }, /retentionSeconds: 1 must be 60 to 1209600 seconds/],
    ["a message that is never handed out", { maxReceiveCount: 0 }, /maxReceiveCount: 0 must be 1 to 1000 receives/],
    [
      "half a day and more",
      { visibilityTimeoutSeconds: 50000 },
      /visibilityTimeoutSeconds: 50000 must be 0 to 43200 seconds/,
    ],
    [
      "dead letters that are gone at once: a message keeps its age",
      { retentionSeconds: 7200, deadLetterRetentionSeconds: 3600 },
      /retentionSeconds: 7200 must be less than deadLetterRetentionSeconds/,
    ],
  ])("refuse %s", (_what, queue, message) => {
    expect(problems({ queue, database: leastDatabase })).toEqual([expect.stringMatching(message)]);
  });
});
