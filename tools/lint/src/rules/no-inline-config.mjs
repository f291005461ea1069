import { ESLintUtils } from "@typescript-eslint/utils";

/** What the linters take for their own: a rule switched off or on again, and a rule's level. */
const SWITCH = /^\s*(eslint|oxlint)-(disable|enable|env)/;
const CONFIGURATION = /^\s*eslint\s/;

/**
 * A comment that configures ESLint has no effect (`noInlineConfig`): a team could argue the line between workspaces away in its own
 * folder. This rule makes an error of what ESLint only warns of, and of what oxlint would follow.
 */
export const noInlineConfig = ESLintUtils.RuleCreator.withoutDocs({
  meta: {
    type: "problem",
    schema: [],
    messages: {
      inline:
        "A comment cannot switch a rule off. Mend what the rule says, or write the exception and its reason into eslint.config.mjs or .oxlintrc.json, where both owners review it.",
    },
  },
  defaultOptions: [],
  create(context) {
    return {
      Program: () => {
        for (const { type, value, loc } of context.sourceCode.getAllComments()) {
          if (SWITCH.test(value) || (type === "Block" && CONFIGURATION.test(value))) {
            context.report({ loc, messageId: "inline" });
          }
        }
      },
    };
  },
});
