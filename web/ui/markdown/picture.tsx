import { Button, Text } from '@mantine/core'
import { Image as ImageIcon } from 'lucide-react'
import { useState } from 'react'
import classes from './markdown.module.css'
import { safeImage } from './safe-url.ts'

interface PictureProps {
  readonly url: string
  readonly alt?: string | undefined
  /** Pixels, when known: the place is kept free before the picture is there. */
  readonly width?: number | undefined
  readonly height?: number | undefined
}

/** A picture. One on the web is fetched only when asked for: fetching tells its server who reads this, and when. */
export const Picture = ({ url, alt = '', width, height }: PictureProps) => {
  const [state, setState] = useState<'asked' | 'failed' | undefined>()
  const image = safeImage(url)
  const size = width && height ? { aspectRatio: `${width} / ${height}`, width, maxWidth: '100%' } : undefined
  if (image === undefined)
    return <Text span c="dimmed" size="sm">{`[picture: ${alt || 'its address cannot be shown'}]`}</Text>
  if (state === 'failed')
    return (
      <span className={classes.picture} style={size}>
        <Text span size="sm">
          The picture could not be loaded.
        </Text>
        <a href={image.url} target="_blank" rel="noopener noreferrer nofollow">
          Open it in a new tab
        </a>
      </span>
    )
  if (image.remote && state === undefined)
    return (
      <span className={classes.picture} style={size}>
        {alt !== '' && (
          <Text span size="sm">
            {alt}
          </Text>
        )}
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<ImageIcon size={14} />}
          onClick={() => setState('asked')}
        >
          Load picture from {new URL(image.url).hostname}
        </Button>
      </span>
    )
  return (
    <img
      className={classes.image}
      src={image.url}
      alt={alt}
      style={size}
      referrerPolicy="no-referrer"
      loading="lazy"
      decoding="async"
      onError={() => setState('failed')}
    />
  )
}
