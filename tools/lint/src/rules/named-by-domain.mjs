import path from "node:path";
import { ESLintUtils } from "@typescript-eslint/utils";

/** `secrets-manager` is a name of AWS's, `manager` alone is nobody's. */
const MEANINGLESS = /^(utils?|helpers?|common|managers?|misc)$|-(utils?|helpers?)$/i;

/** A folder or file is named by its domain. */
export const namedByDomain = ESLintUtils.RuleCreator.withoutDocs({
  meta: {
    type: "suggestion",
    schema: [
      { type: "object", properties: { root: { type: "string" } }, required: ["root"], additionalProperties: false },
    ],
    messages: {
      meaningless:
        '"{{name}}" says nothing about what is in it. Name it by its domain: what it is about, as in "network" or "ownership".',
    },
  },
  defaultOptions: [{ root: "" }],
  create(context, [{ root }]) {
    const names = path
      .relative(root, context.filename)
      .split(path.sep)
      .map((segment) => segment.replace(/\..*$/, ""));
    return {
      Program(node) {
        for (const name of names.filter((segment) => MEANINGLESS.test(segment))) {
          context.report({ node, loc: { line: 1, column: 0 }, messageId: "meaningless", data: { name } });
        }
      },
    };
  },
});
