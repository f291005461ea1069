/**
 * @import { TSESLint, TSESTree } from "@typescript-eslint/utils"
 */

/** @param {TSESTree.Node} node @returns {string | undefined} the text, where the expression is a constant string */
export function literalText(node) {
  if (node.type === "Literal") return typeof node.value === "string" ? node.value : undefined;
  if (node.type !== "TemplateLiteral" || node.expressions.length > 0) return undefined;
  return node.quasis[0]?.value.cooked ?? undefined;
}

/** What stands inside of `x!`, `x as T`, `x satisfies T`, `a?.b`. @param {TSESTree.Node} node @returns {TSESTree.Node} */
export function bare(node) {
  switch (node.type) {
    case "TSNonNullExpression":
    case "TSAsExpression":
    case "TSSatisfiesExpression":
    case "ChainExpression":
      return bare(node.expression);
    default:
      return node;
  }
}

/** @param {TSESTree.Node} node @returns {string | undefined} name of the property that a member expression, key or identifier names */
export function nameOf(node) {
  if (node.type === "Identifier" || node.type === "PrivateIdentifier") return node.name;
  if (node.type !== "MemberExpression") return literalText(node);
  if (!node.computed) return nameOf(node.property);
  return literalText(node.property);
}

/**
 * Where a variable gets its value, if that is one place only.
 *
 * @param {TSESLint.SourceCode} sourceCode
 * @param {TSESTree.Identifier} identifier
 * @returns {TSESLint.Scope.Definition | undefined}
 */
export function definitionOf(sourceCode, identifier) {
  /** @type {TSESLint.Scope.Scope | null} */
  let scope = sourceCode.getScope(identifier);
  while (scope !== null) {
    const variable = scope.set.get(identifier.name);
    if (variable !== undefined) return variable.defs.length === 1 ? variable.defs[0] : undefined;
    scope = scope.upper;
  }
  return undefined;
}

/**
 * The expression that a constant stands for, or the expression itself.
 *
 * @param {TSESLint.SourceCode} sourceCode
 * @param {TSESTree.Node} expression
 * @returns {TSESTree.Node}
 */
export function valueOf(sourceCode, expression) {
  const node = bare(expression);
  if (node.type !== "Identifier") return node;
  const definition = definitionOf(sourceCode, node);
  if (definition?.node.type !== "VariableDeclarator" || definition.node.id.type !== "Identifier") return node;
  return definition.parent?.type === "VariableDeclaration" && definition.parent.kind === "const" && definition.node.init
    ? bare(definition.node.init)
    : node;
}
