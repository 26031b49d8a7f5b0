import { isKnownPart, type MessagePart } from '#schema/conversations/parts.ts'
import { GrowingMarkdown } from '#web/ui/markdown/growing-markdown.tsx'
import classes from './message.module.css'
import { Parts } from './parts.tsx'

/** The parts of an answer while it comes: only what grows is looked at again. */
export const ComingParts = ({ parts }: { readonly parts: readonly MessagePart[] }) => (
  <div className={classes.parts}>
    {parts.map((part, place) =>
      isKnownPart(part) && part.type === 'text' ? (
        // Parts have no identity but their place.
        // biome-ignore lint/suspicious/noArrayIndexKey: as above
        <GrowingMarkdown key={place} text={part.text} />
      ) : (
        // biome-ignore lint/suspicious/noArrayIndexKey: as above
        <Parts key={place} parts={[part]} />
      ),
    )}
  </div>
)
