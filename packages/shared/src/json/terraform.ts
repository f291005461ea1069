/**
 * A text in which Terraform finds nothing to fill in, but tokens: a literal "${" or "%{", as in a script or in a setting of somebody's,
 * stays what it is.
 */
export function terraformLiteral(text: string): string {
  return text.replace(/\$\{(?!TfToken\[)|%\{/g, (start) => `${start.charAt(0)}${start}`);
}
