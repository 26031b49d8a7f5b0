import { Button, Group, Text, TextInput } from '@mantine/core'
import { Check, Copy } from 'lucide-react'
import { useState } from 'react'
import { type ShareLink, shareLink } from '#sealing/share-link.ts'
import { showRefusal } from '#web/ui/undo.tsx'
import classes from './shares.module.css'

export const LinkField = ({ link }: { readonly link: ShareLink }) => {
  const [copied, setCopied] = useState(false)
  const address = shareLink(location.origin, link)
  const copy = () =>
    navigator.clipboard.writeText(address).then(
      () => setCopied(true),
      () => showRefusal(new Error('The browser did not let us copy. Select the link and copy it by hand.')),
    )
  return (
    <div className={classes.link}>
      <Group gap="sm" wrap="nowrap">
        <TextInput
          flex={1}
          miw={0}
          size="xs"
          aria-label="Link to send"
          readOnly
          value={address}
          classNames={{ input: classes.address ?? '' }}
          onFocus={({ currentTarget }) => currentTarget.select()}
        />
        <Button
          size="xs"
          flex="none"
          leftSection={copied ? <Check size={16} aria-hidden /> : <Copy size={16} aria-hidden />}
          onClick={() => void copy()}
        >
          {copied ? 'Copied' : 'Copy link'}
        </Button>
      </Group>
      <Text size="xs" c="dimmed" mt="xs">
        Only this link opens it. Send it where only they can read it.
      </Text>
    </div>
  )
}
