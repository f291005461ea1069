/** @import { TSESLint, TSESTree } from "@typescript-eslint/utils" */
/** @import { Type } from "typescript" */
import ts from "typescript";
import { bare, definitionOf, nameOf } from "./syntax.mjs";

const ENVIRONMENT = /environment$/i;
const SCHEMA = "/packages/shared/src/environment/";
const ENVIRONMENT_NAME = /environment_?name$/i;

/**
 * Tells whether an expression is the name of an environment, or made from it: `environment.name`, `environmentName`,
 * `name.toLowerCase()` after `const { name } = environment`, `${environment.name}-a`.
 */
export class EnvironmentName {
  #sourceCode;

  /** @param {Readonly<TSESLint.SourceCode>} sourceCode */
  constructor(sourceCode) {
    this.#sourceCode = sourceCode;
  }

  /** @param {TSESTree.Node} expression @returns {boolean} */
  matches(expression) {
    const node = bare(expression);
    switch (node.type) {
      case "Identifier":
        return this.#isNamedSo(node) || this.#isDefinedSo(node);
      case "MemberExpression":
        return this.#isMember(node);
      case "CallExpression":
        return this.#isCall(node);
      case "TemplateLiteral":
        return node.expressions.some((each) => this.matches(each));
      case "BinaryExpression":
        return node.operator === "+" && (this.matches(node.left) || this.matches(node.right));
      default:
        return false;
    }
  }

  /** @param {TSESTree.MemberExpression} node */
  #isMember(node) {
    const name = nameOf(node);
    if (name === "name" && this.#isEnvironment(node.object)) return true;
    if (this.#isNamedSo(node)) return true;
    // A part of it, as in `environment.name.split("-")[0]`.
    return node.computed && this.matches(node.object);
  }

  /** @param {TSESTree.CallExpression} node */
  #isCall({ callee, arguments: [argument] }) {
    if (callee.type === "MemberExpression") return this.matches(callee.object);
    return nameOf(callee) === "String" && argument !== undefined && this.matches(argument);
  }

  /** `environmentName`; or `environment`, where its type says that it is a text. @param {TSESTree.Node} node */
  #isNamedSo(node) {
    const name = nameOf(node) ?? "";
    return ENVIRONMENT_NAME.test(name) || (ENVIRONMENT.test(name) && isText(typeOf(this.#sourceCode, node)));
  }

  /** @param {TSESTree.Identifier} identifier */
  #isDefinedSo(identifier) {
    const definition = definitionOf(this.#sourceCode, identifier);
    if (definition?.type === "Parameter") return this.#isDestructured(definition.name);
    if (definition?.node.type !== "VariableDeclarator") return false;
    const { id, init } = definition.node;
    if (id.type !== "Identifier") return this.#isDestructured(definition.name);
    return init !== null && this.matches(init);
  }

  /** `{ name }` of an environment. @param {TSESTree.Node} variable where it is bound */
  #isDestructured(variable) {
    const property = variable.parent?.type === "AssignmentPattern" ? variable.parent.parent : variable.parent;
    if (property?.type !== "Property" || nameOf(property.key) !== "name") return false;
    const pattern = property.parent;
    const holder = pattern.parent;
    if (holder.type === "VariableDeclarator" && holder.init) return this.#isEnvironment(holder.init);
    if (holder.type === "Property") return ENVIRONMENT.test(nameOf(holder.key) ?? "");
    return isEnvironmentType(typeOf(this.#sourceCode, pattern));
  }

  /** @param {TSESTree.Node} expression */
  #isEnvironment(expression) {
    const node = bare(expression);
    return ENVIRONMENT.test(nameOf(node) ?? "") || isEnvironmentType(typeOf(this.#sourceCode, node));
  }
}

/**
 * @param {Readonly<TSESLint.SourceCode>} sourceCode
 * @param {TSESTree.Node} node
 * @returns {Type | undefined} where the file is part of a TypeScript project
 */
export function typeOf({ parserServices }, node) {
  if (!parserServices?.program || !parserServices.esTreeNodeToTSNodeMap) return undefined;
  return parserServices.program.getTypeChecker().getTypeAtLocation(parserServices.esTreeNodeToTSNodeMap.get(node));
}

/**
 * By where its `name` is declared: what zod infers from a schema has no name of its own.
 *
 * @param {Type | undefined} type
 */
function isEnvironmentType(type) {
  const declarations = type?.getProperty("name")?.declarations ?? [];
  return declarations.some((declaration) => declaration.getSourceFile().fileName.includes(SCHEMA));
}

/** @param {Type | undefined} type @returns {boolean} */
function isText(type) {
  if (type === undefined) return false;
  if (type.isUnion()) return type.types.some(isText);
  return (type.flags & ts.TypeFlags.StringLike) !== 0;
}
