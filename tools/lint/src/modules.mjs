/** @import { TSESLint, TSESTree } from "@typescript-eslint/utils" */
import { literalText, nameOf } from "./syntax.mjs";

const JEST_CALLS = new Set(["mock", "doMock", "unmock", "dontMock", "requireActual", "requireMock"]);

/**
 * Calls back for every module that a file names, in whatever way: import, export from, import(), types, require, jest.mock.
 *
 * @param {(node: TSESTree.Node, module: string) => void} visit
 * @returns {TSESLint.RuleListener}
 */
export function modulesOf(visit) {
  /** @param {TSESTree.Node | null | undefined} node */
  const visitLiteral = (node) => {
    const module = node ? literalText(node) : undefined;
    if (node && module !== undefined) visit(node, module);
  };
  return {
    ImportDeclaration: ({ source }) => visitLiteral(source),
    ExportNamedDeclaration: ({ source }) => visitLiteral(source),
    ExportAllDeclaration: ({ source }) => visitLiteral(source),
    ImportExpression: ({ source }) => visitLiteral(source),
    TSImportType: ({ source }) => visitLiteral(source),
    TSExternalModuleReference: ({ expression }) => visitLiteral(expression),
    CallExpression: (node) => {
      if (namesModule(node.callee)) visitLiteral(node.arguments[0]);
    },
  };
}

/** @param {TSESTree.Expression} callee */
function namesModule(callee) {
  if (callee.type === "Identifier") return callee.name === "require";
  if (callee.type !== "MemberExpression") return false;
  const object = nameOf(callee.object);
  return (
    (object === "require" && nameOf(callee) === "resolve") ||
    (object === "jest" && JEST_CALLS.has(nameOf(callee) ?? ""))
  );
}
