/** @import { TSESTree } from "@typescript-eslint/utils" */
import { ESLintUtils } from "@typescript-eslint/utils";
import { EnvironmentName, typeOf } from "../environment-name.mjs";
import { literalText, nameOf, valueOf } from "../syntax.mjs";

const COMPARISONS = new Set(["===", "!==", "==", "!="]);
/** Methods of the name that look for a text in it. */
const SEARCHES = new Set(["startsWith", "endsWith", "includes", "indexOf", "match", "search", "localeCompare"]);
/** Methods of a list, set, map or regular expression that look for the name in it. */
const LOOKUPS = new Set(["includes", "indexOf", "has", "get", "test", "exec"]);
const TELLING_NAME = /^is_?(dev|development|staging|prod|production)(Environment)?$/i;

/** Environments differ by values, never by code that knows one of them. */
export const noEnvironmentBranch = ESLintUtils.RuleCreator.withoutDocs({
  meta: {
    type: "problem",
    schema: [{ type: "object", properties: { everyLookup: { type: "boolean" } }, additionalProperties: false }],
    messages: {
      branch:
        "This decides by an environment's name, so a copy of that environment would behave otherwise. Make the difference a value: of the environment, where teams must agree on it (packages/shared/src/environment), or else of the workspace's settings (src/settings).",
    },
  },
  defaultOptions: [{ everyLookup: false }],
  create(context, [{ everyLookup }]) {
    const { sourceCode } = context;
    const name = new EnvironmentName(sourceCode);

    /** @param {TSESTree.Node} node */
    const report = (node) => context.report({ node, messageId: "branch" });
    /** @param {TSESTree.Node} node */
    const resolved = (node) => valueOf(sourceCode, node);
    /** @param {TSESTree.Node} node */
    const isConstant = (node) =>
      literalText(resolved(node)) !== undefined || typeOf(sourceCode, node)?.isStringLiteral() === true;
    /** @param {TSESTree.Node} node */
    const namesEnvironments = (node) => isTable(resolved(node));

    // What asks for types is asked last: it takes most of the time.
    return {
      BinaryExpression(node) {
        const { left, right, operator } = node;
        const isComparison =
          COMPARISONS.has(operator) &&
          ((name.matches(left) && isConstant(right)) || (name.matches(right) && isConstant(left)));
        if (isComparison || (operator === "in" && namesEnvironments(right) && name.matches(left))) report(node);
      },
      SwitchStatement(node) {
        if (name.matches(node.discriminant) && node.cases.some(({ test }) => test && isConstant(test)))
          report(node.discriminant);
      },
      CallExpression(node) {
        if (node.callee.type !== "MemberExpression") return;
        const { object } = node.callee;
        const method = nameOf(node.callee) ?? "";
        const [argument] = node.arguments;
        if (argument === undefined) return;
        const searched = SEARCHES.has(method) && looksForName(resolved(argument)) && name.matches(object);
        if (searched || (LOOKUPS.has(method) && namesEnvironments(object) && name.matches(argument))) report(node);
      },
      MemberExpression(node) {
        if (!node.computed || !(everyLookup || namesEnvironments(node.object))) return;
        if (name.matches(node.property) && !name.matches(node.object)) report(node);
      },
      Identifier(node) {
        if (TELLING_NAME.test(node.name)) report(node);
      },
    };
  },
});

/** A regular expression, or a text with a letter in it: to look for a dash tells no environment from another. @param {TSESTree.Node} node */
function looksForName(node) {
  return (node.type === "Literal" && "regex" in node) || /[a-z0-9]/i.test(literalText(node) ?? "");
}

/** A list, set, map, object or regular expression that is written out in the code. @param {TSESTree.Node} node @returns {boolean} */
function isTable(node) {
  switch (node.type) {
    case "ArrayExpression":
      return node.elements.some((each) => each !== null && (literalText(each) !== undefined || isTable(each)));
    case "ObjectExpression":
      return node.properties.some((each) => each.type === "Property" && !each.computed);
    case "NewExpression":
      return node.arguments.some(isTable);
    case "Literal":
      return "regex" in node;
    default:
      return false;
  }
}
