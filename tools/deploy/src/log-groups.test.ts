import { deleteReturned, type Search } from "./log-groups";

const NAME = "/aws/eks/dev-a/cluster";
const at = (name: string) => ({ name, region: "eu-west-1" });
const stack = { logGroups: [at(NAME), at("/demarc/dev-a/pods")] };

/** CloudWatch, where that group is there at the looks of these numbers unless it was deleted. */
function cloudWatch(atLooks: readonly number[]) {
  const deleted: string[] = [];
  let look = 0;
  const logGroups: Search["logGroups"] = {
    looks: [0, 0, 0],
    isBare: (name) => {
      if (name === NAME) look += 1;
      return Promise.resolve(name === NAME && atLooks.includes(look));
    },
    delete: (name) => {
      deleted.push(name);
      return Promise.resolve();
    },
  };
  return { logGroups, deleted, looks: () => look };
}

async function said(logGroups: Search["logGroups"], stacks: Parameters<typeof deleteReturned>[0] = [stack]) {
  const lines: string[] = [];
  await deleteReturned(stacks, {
    logGroups,
    say: (line) => lines.push(line),
  });
  return lines;
}

it("deletes a log group that AWS makes anew after a destroy, at whatever look, and no other", async () => {
  const aws = cloudWatch([2]);
  expect(await said(aws.logGroups)).toEqual([
    `Log group ${NAME} was made anew by AWS, for last records: it is deleted again.`,
  ]);
  expect(aws.deleted).toEqual([NAME]);
  expect(aws.looks()).toBe(3);
});

it("says nothing where none comes back, and asks for none where the stacks have none", async () => {
  expect(await said(cloudWatch([]).logGroups)).toEqual([]);
  const aws = cloudWatch([1]);
  expect(await said(aws.logGroups, [{ logGroups: [] }])).toEqual([]);
  expect(aws.looks()).toBe(0);
});

it("never fails: what it could not ask for is told, with the command, and forgotten where a later look could", async () => {
  const { logGroups } = cloudWatch([]);
  const away = { ...logGroups, isBare: () => Promise.reject(new Error("AccessDenied")) };
  expect(await said(away, [{ logGroups: [at(NAME)] }])).toEqual([
    `Log group ${NAME} may have been made anew by AWS, and could not be deleted (AccessDenied). Where it is there, delete it: aws logs delete-log-group --region eu-west-1 --log-group-name ${NAME}`,
  ]);
  let asked = 0;
  const later = { ...logGroups, isBare: () => (asked++ === 0 ? away.isBare() : Promise.resolve(false)) };
  expect(await said(later, [{ logGroups: [at(NAME)] }])).toEqual([]);
});
