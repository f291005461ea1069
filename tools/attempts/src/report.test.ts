import { attemptsIn, failures, report } from "./report";

const refused = { attempt: "a Service of type NodePort", refusedBy: "demarc-services", refused: true };
const letIn = { attempt: "another team's host", refusedBy: "demarc-ingresses", refused: false };

const line = (title: string, passed = true) => `${JSON.stringify({ title, passed })}\n`;

it.each([
  ["what no team may do: NodePort is refused by demarc-services", "what no team may do: NodePort", "demarc-services"],
  ["a token: a file, refused by the token review", "a token: a file", "the token review"],
  ["a Service while it is held: refused by the policies", "a Service while it is held", "the policies"],
])("takes a test for an attempt by its title: %s", (title, attempt, refusedBy) => {
  expect(attemptsIn(line(title) + line(title, false))).toEqual([
    { attempt, refusedBy, refused: true },
    { attempt, refusedBy, refused: false },
  ]);
});

it("refuses a title that does not say what was tried", () => {
  expect(() => attemptsIn(line("refused by a policy"))).toThrow('write "<attempt> is refused by <rule>"');
});

it("shows what was let in first, and counts", () => {
  expect(report([refused, letIn])).toEqual([
    "LET IN   demarc-ingresses  another team's host",
    "refused  demarc-services   a Service of type NodePort",
    "2 attempts, 1 let in",
  ]);
});

it("fails where something was let in, or too little was tried", () => {
  expect(failures([refused], 1)).toEqual([]);
  expect(failures([refused, letIn], 3)).toEqual([
    "let in: another team's host (demarc-ingresses)",
    "only 2 attempts were made, and at least 3 are known: was a step left out?",
  ]);
});
