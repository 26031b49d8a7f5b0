import { Lightbulb, Wrench } from 'lucide-react'
import { lazy, type ReactNode, Suspense } from 'react'
import { shownName } from '#schema/attachments/kinds.ts'
import { isKnownPart, type KnownPart, type MessagePart } from '#schema/conversations/parts.ts'
import { CodeBlock } from '#web/ui/markdown/code-block.tsx'
import { Markdown } from '#web/ui/markdown/markdown.tsx'
import { Picture } from '#web/ui/markdown/picture.tsx'
import classes from './message.module.css'

const AttachmentPart = lazy(() => import('./attachment-part.tsx').then((m) => ({ default: m.AttachmentPart })))

interface PartsProps {
  readonly parts: readonly MessagePart[]
  /** They still come. */
  readonly isGrowing?: boolean
}

export const Parts = ({ parts, isGrowing = false }: PartsProps) => (
  <div className={classes.parts}>
    {parts.map((part, place) => (
      // Parts have no identity but their place.
      // biome-ignore lint/suspicious/noArrayIndexKey: as above
      <Part key={place} part={part} isGrowing={isGrowing} />
    ))}
  </div>
)

const Part = ({ part, isGrowing }: PartProps<MessagePart>) =>
  isKnownPart(part) ? (
    <Known part={part} isGrowing={isGrowing} />
  ) : (
    <Folded title={`Unsupported part (${part.type})`} value={part} />
  )

interface PartProps<A> {
  readonly part: A
  readonly isGrowing: boolean
}

const Known = ({ part, isGrowing }: PartProps<KnownPart>) => {
  switch (part.type) {
    case 'text':
      return <Markdown text={part.text} isGrowing={isGrowing} />
    case 'code':
      return <CodeBlock code={part.code} language={part.language} filename={part.filename} />
    case 'image':
      return <Picture {...part} />
    case 'file':
      return (
        <Suspense fallback={<span className={classes.file}>{shownName(part.name ?? '')}</span>}>
          <AttachmentPart attachmentId={part.attachmentId} name={part.name} />
        </Suspense>
      )
    case 'reasoning':
      return <Folded title="Thought about it" value={part.text} icon={<Lightbulb size={14} aria-hidden />} />
    case 'toolCall':
      return <Folded title={`Used ${part.name}`} value={part.input} />
    case 'toolResult':
      return <Folded title="Result of a tool" value={part.output} />
  }
}

/** One line that opens to what is behind it, as it is. */
const Folded = ({ title, value, icon = <Wrench size={14} aria-hidden /> }: FoldedProps) => (
  <details className={classes.folded}>
    <summary>
      {icon} {title}
    </summary>
    <CodeBlock
      code={typeof value === 'string' ? value : (JSON.stringify(value, null, 2) ?? '')}
      language={typeof value === 'string' ? '' : 'json'}
    />
  </details>
)

interface FoldedProps {
  readonly title: string
  readonly value: unknown
  readonly icon?: ReactNode
}
