import { App, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import fc from "fast-check";
import { chosenId } from "./chosen-id";

/** Words of JavaScript, ids of ours, and names that begin or end as another does. */
const WORDS = ["constructor", "toString", "__proto__", "hasOwnProperty", "backend", "aws", "default", "new", "class"];
const ROLES = ["team/platform", "team/platform-admin", "team--platform", "platform-admin", "admin-team/platform"];

it("lets people name their things as they like, beside ours and beside each other", () => {
  const name = fc.oneof(
    fc.constantFrom(...WORDS, ...ROLES),
    fc.stringMatching(/^([\w+=,.@-]{1,6}\/){0,2}[\w+=,.@-]{1,9}$/),
  );
  const chosen = fc.tuple(fc.constantFrom("role", "admin", "team", "app"), name);
  const different = { selector: ([kind, of]: readonly string[]) => `${kind ?? ""} ${of ?? ""}` };
  fc.assert(
    fc.property(fc.uniqueArray(chosen, different), (names) => {
      const stack = new TerraformStack(new App(), "stack");
      for (const ours of ["backend", "aws", "admin", "role"]) new Construct(stack, ours);
      const paths = names.map(([kind, of]) => new Construct(stack, chosenId(kind, of)).node.path);
      expect(new Set(paths).size).toBe(names.length);
    }),
  );
});
