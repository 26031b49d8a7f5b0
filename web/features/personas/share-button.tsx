import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { Share2 } from 'lucide-react'
import { useRight } from '#web/livestore/use-right.ts'

/** Leads to who may open the persona; not there for whom it was given without the right to share it on. */
export const ShareButton = ({ persona: { personaId } }: { readonly persona: { readonly personaId: string } }) => {
  if (useRight(personaId)?.canShare === false) return null
  return (
    <Button
      variant="default"
      leftSection={<Share2 size={16} aria-hidden />}
      renderRoot={(props) => <Link {...props} to="/p/$personaId/sharing" params={{ personaId }} />}
    >
      Share
    </Button>
  )
}
