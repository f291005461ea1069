import { stackTimes } from "./stack-times";

it("reads each stack's time from an up's summary, and nothing else", () => {
  const printed = `
dev is up, in 4 min 52 s:

  stack          resources  changes  time
  -------------  ---------  -------  ----------
  dev-network    25         25       17 s
  dev-data       17         17       1 min 35 s
  dev-dns        4          none

  app            team  ready   host names
  pets/petstore  pets  2 of 2  petstore.dev.example.com
`;
  expect(stackTimes(printed)).toEqual([
    { stack: "dev-network", time: "17 s" },
    { stack: "dev-data", time: "1 min 35 s" },
  ]);
});
