/** @import { TSESLint, TSESTree } from "@typescript-eslint/utils" */
import { literalText, nameOf } from "./syntax.mjs";

const VITEST_CALLS = new Set(["mock", "doMock", "unmock", "doUnmock", "importActual", "importMock"]);

/**
 * Calls back for every module that a file names: import, export from, import(), import types, require.resolve, vi.mock and
 * its kin. What names none that can be read is refused by `demarc/no-hidden-imports`.
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
    CallExpression: (node) => {
      if (namesModule(node.callee)) visitLiteral(node.arguments[0]);
    },
  };
}

/** Whether a call of it takes a module's name first. @param {TSESTree.Expression} callee */
export function namesModule(callee) {
  if (callee.type !== "MemberExpression") return false;
  const [object, method] = [nameOf(callee.object), nameOf(callee) ?? ""];
  return (
    (object === "require" && method === "resolve") ||
    (["vi", "vitest"].includes(object ?? "") && VITEST_CALLS.has(method))
  );
}
