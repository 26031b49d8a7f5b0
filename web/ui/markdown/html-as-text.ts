interface Node {
  type: string
  value?: string
  children?: Node[] | undefined
}

/** A remark plugin: HTML in Markdown is shown as it was written, neither obeyed nor lost. */
export const htmlAsText = () => (tree: Node) => textInto(tree, true)

const textInto = (node: Node, inBlocks: boolean) => {
  node.children = node.children?.map((child) => {
    if (child.type !== 'html') {
      textInto(child, blocks.has(child.type))
      return child
    }
    const text: Node = { type: 'text', value: child.value ?? '' }
    return inBlocks ? { type: 'paragraph', children: [text] } : text
  })
}

/** What holds paragraphs, rather than words. */
const blocks = new Set(['root', 'blockquote', 'listItem', 'footnoteDefinition'])
