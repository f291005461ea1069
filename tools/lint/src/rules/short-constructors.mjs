import { ESLintUtils } from "@typescript-eslint/utils";

const MAX_LINES = 40;

/** A stack's constructor reads like its table of contents. */
export const shortConstructors = ESLintUtils.RuleCreator.withoutDocs({
  meta: {
    type: "suggestion",
    schema: [],
    messages: {
      long: `The constructor has {{lines}} lines, ${String(MAX_LINES)} are allowed, blank ones and comments not counted. It hides a construct that wants a name.`,
    },
  },
  defaultOptions: [],
  create(context) {
    return {
      "MethodDefinition[kind='constructor']"(
        /** @type {import("@typescript-eslint/utils").TSESTree.MethodDefinition} */ node,
      ) {
        const tokens = context.sourceCode.getTokens(node);
        const lines = new Set(tokens.flatMap(({ loc }) => [loc.start.line, loc.end.line])).size;
        if (lines > MAX_LINES) context.report({ node: node.key, messageId: "long", data: { lines: String(lines) } });
      },
    };
  },
});
