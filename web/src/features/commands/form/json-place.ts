import type { SyntaxNode, Tree } from '@lezer/common';

/** Where the value of a JSON pointer stands in a text; for a member that is missing, the object that lacks it. */
export function placeOf(tree: Tree, text: string, pointer: string): { from: number; to: number } {
  let node = tree.topNode.firstChild;
  for (const step of pointer.split('/').slice(1)) {
    const next: SyntaxNode | null = node === null ? null : childOf(node, text, step);
    if (next === null) break;
    node = next;
  }
  if (node === null) return { from: 0, to: text.length };
  // A whole object in red says nothing: its first brace does.
  const isGroup = node.name === 'Object' || node.name === 'Array';
  return { from: node.from, to: isGroup ? node.from + 1 : node.to };
}

function childOf(node: SyntaxNode, text: string, step: string): SyntaxNode | null {
  if (node.name === 'Array') return valuesOf(node)[Number(step)] ?? null;
  for (const property of node.getChildren('Property')) {
    const name = property.getChild('PropertyName');
    if (name !== null && JSON.parse(text.slice(name.from, name.to)) === step) return property.lastChild;
  }
  return null;
}

const VALUES = new Set(['True', 'False', 'Null', 'Number', 'String', 'Object', 'Array']);

function valuesOf(array: SyntaxNode): SyntaxNode[] {
  const values: SyntaxNode[] = [];
  for (let child = array.firstChild; child !== null; child = child.nextSibling) {
    if (VALUES.has(child.name)) values.push(child);
  }
  return values;
}
