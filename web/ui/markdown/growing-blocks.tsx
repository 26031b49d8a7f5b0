import { memo } from 'react'
import remend from 'remend'
import { blocksOf } from './blocks.ts'
import classes from './markdown.module.css'
import { RenderedMarkdown } from './rendered-markdown.tsx'

const Block = memo(RenderedMarkdown)

/** Only the last block is read again while the text grows; what is half written in it is shown as if it were whole. */
export const GrowingBlocks = ({ text }: { readonly text: string }) => {
  const blocks = blocksOf(text)
  return (
    <div className={classes.blocks}>
      {blocks.map((block, place) => (
        // A block has no identity but its place.
        // biome-ignore lint/suspicious/noArrayIndexKey: as above
        <Block key={place} text={place === blocks.length - 1 ? remend(block) : block} />
      ))}
    </div>
  )
}
